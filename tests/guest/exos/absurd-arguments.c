/* Every system call with every absurd value in every argument: an error or nothing, never a kernel address, never a change that was not asked for. */

#include "kids.h"

static const uint64_t absurd[] = {
    0, 1, 63, 64, 0xffff, 0x10000, 0xfff, 0x7fffffff, 0x80000000, 0xffffffff, 1ul << 32, 1ul << 51, 1ul << 52, AEGIS_AREA, AEGIS_INFO, AEGIS_BINDINGS, AEGIS_BINDINGS_END, AEGIS_USER_TOP - 0x1000,
    AEGIS_USER_TOP, AEGIS_USER_TOP + 0xfff, NON_CANONICAL, 0x8000000000000fff, DIRECT_MAP_ADDRESS, 0xffff8000fee00000, KERNEL_ADDRESS, 0xffffffffffffe000, 0xfffffffffffff000, ~0ul,
    AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, 0, 0xffff), AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, 0xffffffff, 0xffff), AEGIS_CAP_RANGE(AEGIS_CAP_ENV, AEGIS_ALL, 0xffffffff, 1),
    AEGIS_CAP_RANGE(AEGIS_CAP_SLICE, AEGIS_ALL, 0xffffffff, 1), AEGIS_CAP_RANGE(255, 255, 0xffffffff, 0xffff),
};
enum { VALUES = sizeof absurd / sizeof absurd[0], ARGUMENTS = 5 };

static uint64_t second; /* rdx after the call */

static int64_t
call(uint64_t number, const uint64_t *a)
{
    register uint64_t r8 asm("r8") = a[3];
    register uint64_t r9 asm("r9") = a[4];
    uint64_t result = number, rdi = a[0], rsi = a[1], rdx = a[2];
    asm volatile("syscall" : "+a"(result), "+D"(rdi), "+S"(rsi), "+d"(rdx), "+r"(r8), "+r"(r9) : : "rcx", "r10", "r11", "memory");
    second = rdx;
    return result;
}

/* Those that do not return, the one that prints what it is given (bad-pointers has it), and the slow one. */
static bool
is_special(uint64_t number)
{
    return number == AEGIS_SYS_env_exit || number == AEGIS_SYS_slice_done || number == AEGIS_SYS_slice_idle || number == AEGIS_SYS_console_write || number == AEGIS_SYS_kernel_check;
}

/* No result looks like a kernel address: an error, or a small number. */
static bool
is_sane(int64_t result)
{
    return result >= -64 && result < 1 << 20;
}

static bool
attack(uint64_t number, const uint64_t *arguments)
{
    bool to_itself = number == AEGIS_SYS_yield && (uint32_t)arguments[0] == ME;
    return to_itself || is_sane(call(number, arguments));
}

int
main(void)
{
    check_begin("absurd-arguments");
    for (uint64_t number = 0; number < AEGIS_SYSCALL_COUNT; number++) {
        bool sane = true;
        for (int i = 0; i < VALUES && !is_special(number); i++) {
            for (int at = 0; at < ARGUMENTS; at++) {
                uint64_t arguments[ARGUMENTS] = {0};
                arguments[at] = absurd[i];
                sane &= attack(number, arguments);
                for (int other = 0; other < ARGUMENTS; other++)
                    arguments[other] = other == at ? absurd[i] : ~0ul;
                sane &= attack(number, arguments);
            }
            uint64_t same[ARGUMENTS] = {absurd[i], absurd[i], absurd[i], absurd[i], absurd[i]};
            sane &= attack(number, same);
        }
        check(sane, "a system call answers absurd arguments sanely");
    }
    for (uint64_t number = AEGIS_SYSCALL_COUNT; number; number <<= 1) {
        uint64_t none[ARGUMENTS] = {0};
        second = call(number, none) != -E_SYSCALL;
        if (second)
            check(false, "a number beyond the table is refused");
    }
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
