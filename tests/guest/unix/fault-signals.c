/* Each exception becomes the signal that Linux makes of it, with code, address, vector and error. */

#include "attack.h"

#define HERE "lea 1f(%%rip), %%rdx\n\tmov %%rdx, fault_at(%%rip)\n\t"

uint64_t fault_at;

/* `code` raises `signal` with this si_code and si_addr, and its frame names `vector`. */
#define RAISES(code, argument, signal, si_code, si_addr, vector, promise)                                                              \
    do {                                                                                                                               \
        int signal_ = SIGNAL_OF(code, argument);                                                                                       \
        check(signal_ == (signal) && last_code == (si_code) && last_address == (uint64_t)(si_addr) && last_vector == (vector), promise); \
    } while (0)
#define HAS_ERROR(error, promise) check(last_error == (error), promise)

int
main(void)
{
    check_begin("fault-signals");
    catch_all();
    RAISES(HERE "xor %%ecx, %%ecx\n1: div %%ecx", 0, SIGFPE, FPE_INTDIV, fault_at, 0, "divide by zero");
    RAISES(HERE "1: ud2", 0, SIGILL, ILL_ILLOPN, fault_at, 6, "undefined instruction");
    RAISES("int3", 0, SIGTRAP, SI_KERNEL, 0, 3, "int3");
    RAISES("int $4", 0, SIGSEGV, SI_KERNEL, 0, 4, "int 4");
    RAISES(HERE "pushfq\n\torl $0x100, (%%rsp)\n\tpopfq\n\tnop\n1: nop", 0, SIGTRAP, TRAP_TRACE, fault_at, 1, "single step");
    RAISES("hlt", 0, SIGSEGV, SI_KERNEL, 0, 13, "privileged instruction");
    RAISES("mov (%%rdi), %%al", NON_CANONICAL, SIGSEGV, SI_KERNEL, 0, 13, "address that is not canonical");
    RAISES("mov (%%rdi), %%al", UNMAPPED, SIGSEGV, SEGV_MAPERR, UNMAPPED, 14, "read of an unmapped page");
    HAS_ERROR(4, "its error code: user, read");
    RAISES("mov %%al, (%%rdi)", UNMAPPED + 1, SIGSEGV, SEGV_MAPERR, UNMAPPED + 1, 14, "write to an unmapped page");
    HAS_ERROR(6, "its error code: user, write");
    RAISES("jmp *%%rdi", UNMAPPED, SIGSEGV, SEGV_MAPERR, UNMAPPED, 14, "jump to an unmapped page");
    HAS_ERROR(0x14, "its error code: user, fetch");
    RAISES("mov %%al, (%%rdi)", main, SIGSEGV, SEGV_ACCERR, main, 14, "write to a read-only page");
    HAS_ERROR(7, "its error code: user, write, present");
    RAISES("jmp *%%rdi", &fault_at, SIGSEGV, SEGV_ACCERR, &fault_at, 14, "jump to data");
    HAS_ERROR(0x15, "its error code: user, fetch, present");
    return check_end();
}
