/* What is not mapped for the program cannot be read, written or executed, and the signal says what was wrong. */

#include "attack.h"

static const uint64_t kernel[] = {KERNEL_ADDRESS, DIRECT_MAP_ADDRESS, 0xffff800000000000, 0xffff8000fee00000, 0xffffffffffffffff, 0xffffffffff600000 - 4096};
static const uint64_t odd[] = {NON_CANONICAL, 0x8000000000000fff, 0xffff7fffffffffff};

static bool
refused(uint64_t address, int vector)
{
    return signal_of_read(address) == SIGSEGV && last_vector == (uint64_t)vector && signal_of_write(address) == SIGSEGV && last_vector == (uint64_t)vector &&
           signal_of_jump(address) == SIGSEGV;
}

int
main(void)
{
    bool all = true, none_told = true;
    check_begin("foreign-memory");
    catch_all();
    for (size_t i = 0; i < sizeof kernel / sizeof kernel[0]; i++) {
        all &= refused(kernel[i], 14);
        signal_of_read(kernel[i]);
        none_told &= last_address == kernel[i] && last_error == 5;
    }
    check(all, "the kernel's half: read, write, jump");
    check(none_told, "its faults all look alike, mapped or not");
    all = true;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        all &= refused(odd[i], 13);
    check(all, "addresses that are not canonical: #GP");
    check(refused(0, 14) && refused(8, 14) && refused(0xfff0, 14), "null pointers");
    check(refused(UNMAPPED, 14) && last_code == SEGV_MAPERR && last_address == UNMAPPED, "an unmapped page: SEGV_MAPERR with its address");
    check(refused(USER_TOP, 14), "the page behind the last");
    check(signal_of_write((uint64_t)main) == SIGSEGV && last_code == SEGV_ACCERR, "the program's own code is read-only: SEGV_ACCERR");
    check(signal_of_jump((uint64_t)&attack_resume) == SIGSEGV && last_code == SEGV_ACCERR, "its data cannot be executed");
    return check_end();
}
