/* interrupt-gates.c - all 256 software interrupts: breakpoint (and overflow, where there is such a thing) are the program's own, the others are general protection, and no gate is entered. */

#include "attack.h"

#define CODE 0x50100000ul

int
main(void)
{
    check_begin("interrupt-gates");
    struct aegis_cap cap;
    catch_all();
    check(exos_page_map((void *)CODE, AEGIS_READ | AEGIS_WRITE, &cap) == 0, "a page for code");
    volatile uint8_t *code = (volatile uint8_t *)CODE;
    unsigned refused = 0, own = 0;
    bool named = true;
    for (unsigned n = 0; n < 256; n++) {
        exos_page_protect((void *)CODE, AEGIS_READ | AEGIS_WRITE, &cap);
        code[0] = 0xcd; /* int n */
        code[1] = n;
        code[2] = 0xff; /* jmp *%rax: back */
        code[3] = 0xe0;
        exos_page_protect((void *)CODE, AEGIS_READ | AEGIS_EXECUTE, &cap);
        int cause = CAUSE_OF("jmp *%%rdi", CODE);
        if (cause == AEGIS_PROTECTION) {
            refused++;
            named &= last_error == (n << 3 | 2) || last_error == (n << 4 | 2); /* the gate, of the IDT: not entered. QEMU 7.2 counts it in 16 bytes */
        } else
            own += (n == 3 && cause == AEGIS_BREAKPOINT) || (n == 4 && cause == AEGIS_OVERFLOW);
    }
    check(refused + own == 256 && own >= 1 && own <= 2, "each is refused, or the program's own");
    check(named, "and refused before its gate was entered");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
