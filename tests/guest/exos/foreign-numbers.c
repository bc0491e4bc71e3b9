/* foreign-numbers.c - a system call's number is all 64 bits of rax: none but Aegis's own reaches a call of it, whatever its low bits say. */

#include "kids.h"

uint64_t arrived, number_tried;
extern const char arrives[];
asm(".text\narrives:\n\tmov %rax, arrived(%rip)\n\tjmp kid_home\n");

int
main(void)
{
    check_begin("foreign-numbers");
    bool foreign = true, refused = true;
    AEGIS_AREA_POINTER->foreign_pc = (uint32_t)(uintptr_t)arrives;
    for (uint64_t low = 0; low < AEGIS_SYSCALL_COUNT + 40; low++)
        for (unsigned bit = 6; bit <= 64; bit++) {
            number_tried = bit < 64 ? low | 1ul << bit : ~low;
            arrived = 0;
            foreign &= kid_transfer(number_tried, 0) == 0 && arrived == number_tried;
        }
    for (uint64_t low = AEGIS_SYSCALL_COUNT; low < 64; low++)
        foreign &= kid_transfer(low, 0) == 0;
    check(foreign, "each other number is the environment's own");
    AEGIS_AREA_POINTER->foreign_pc = 0;
    for (unsigned bit = 6; bit < 64; bit++)
        refused &= kid_transfer(AEGIS_SYS_env_exit | 1ul << bit, 0) == -E_SYSCALL;
    check(refused && kid_transfer(~0ul, 0) == -E_SYSCALL && kid_transfer(1ul << 63, 0) == -E_SYSCALL, "and an error where it has no handler");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
