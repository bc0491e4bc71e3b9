/* Ring 3 can neither read, write nor execute the kernel's memory, a device's, or what is only for reading. */

#include "attack.h"

static const uint64_t kernels[] = {KERNEL_ADDRESS, DIRECT_MAP_ADDRESS, 0xffff800000000000, 0xffff8000fee00000, 0xffffffff80000000};

int
main(void)
{
    check_begin("foreign-memory");
    catch_all();
    bool read = true, written = true, executed = true;
    for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++) {
        read &= CAUSE_OF("mov (%%rdi), %%al", kernels[i]) == AEGIS_PAGE;
        written &= CAUSE_OF("movb $0, (%%rdi)", kernels[i]) == AEGIS_PAGE;
        executed &= CAUSE_OF("jmp *%%rdi", kernels[i]) == AEGIS_PAGE;
    }
    check(read, "reading kernel memory faults");
    check(written, "writing kernel memory faults");
    check(executed, "executing kernel memory faults");
    check(CAUSE_OF("mov (%%rdi), %%al", NON_CANONICAL) == AEGIS_PROTECTION, "a non-canonical address is a protection exception");
    check(CAUSE_OF("jmp *%%rdi", NON_CANONICAL) == AEGIS_PROTECTION, "so is a jump to one");
    check(CAUSE_OF("movb $0, (%%rdi)", AEGIS_INFO) == AEGIS_PAGE, "the information page is read-only");
    check(CAUSE_OF("movb $0, (%%rdi)", AEGIS_OWNERS) == AEGIS_PAGE, "the owner table is read-only");
    check(CAUSE_OF("jmp *%%rdi", AEGIS_OWNERS) == AEGIS_PAGE, "the owner table is not code");
    check(CAUSE_OF("movb $0, (%%rdi)", main) == AEGIS_PAGE, "program text is read-only");
    check(CAUSE_OF("jmp *%%rdi", AEGIS_AREA) == AEGIS_PAGE, "the area is not code");
    check(AEGIS_INFO_POINTER->version == AEGIS_VERSION, "the information page can be read");
    return check_end();
}
