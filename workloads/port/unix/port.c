/* port.c - what workloads need of a UNIX system; contract in port.h. */

#include "unix.h"

#include <port.h>

enum { PAGE_SIZE = 4096, STATUS_NO_MEMORY = 2 };

_Static_assert(offsetof(struct port_ucontext, pc) == 168, "PORT_FRAME_PC in dispatch.S");
_Static_assert(offsetof(struct port_ucontext, pc) == offsetof(struct unix_context, reg[REG_RIP]), "one structure, two names");
_Static_assert(offsetof(struct port_siginfo, address) == offsetof(struct unix_siginfo, address), "one structure, two names");

extern const char port_dispatch_handler[];

static const int signal_of[] = {
    [PORT_PROT] = SIGSEGV, [PORT_OVERFLOW] = SIGFPE, [PORT_UNALIGN] = SIGBUS, [PORT_UD2] = SIGILL,
};

/* The kernel may take fewer bytes than it is offered. */
void
port_write(const char *bytes, size_t n)
{
    while (n > 0) {
        long written = unix_write(1, bytes, n);
        if (written <= 0)
            return;
        bytes += written;
        n -= written;
    }
}

const char *
port_unsupported(enum port_cause cause)
{
    return cause == PORT_COPROC ? "UNIX gives an application no way to disable the floating-point unit" : NULL;
}

void *
port_protected_page(void)
{
    long page = unix_mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, 0);
    if (page < 0)
        unix_exit(STATUS_NO_MEMORY);
    *(volatile char *)page = 1; /* there, and not only allowed */
    if (unix_mprotect((void *)page, PAGE_SIZE, PROT_READ) < 0)
        unix_exit(STATUS_NO_MEMORY);
    return (void *)page;
}

void
port_catch(enum port_cause cause, void (*handler)(int, struct port_siginfo *, struct port_ucontext *))
{
    unix_catch_with(signal_of[cause], (void *)handler, SA_NODEFER, 0);
}

void
port_catch_dispatch(enum port_cause cause)
{
    unix_catch_with(signal_of[cause], (void *)port_dispatch_handler, SA_NODEFER, 0);
}
