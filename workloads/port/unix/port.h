/* port.h - what workloads need of a UNIX system: ultrix-compat and Linux, by Linux's x86-64 numbers and structures; no C library.
 * The counterpart for ExOS is workloads/port/exos/port.h; both define the same names. */
#ifndef PORT_H
#define PORT_H

#include <posix.h>
#include <stddef.h>
#include <stdint.h>

/* Inside the region, in front of `syscall`: registers that rdtsc overwrites. 39 = getpid. */
#define PORT_SYSCALL_PREFIX "mov $39, %eax"
#define PORT_SYSCALL_STACK_PREFIX PORT_SYSCALL_PREFIX
#define port_syscall_stack_unsupported "a UNIX system call always uses a kernel stack: see syscall (getpid)"

/* Write all bytes to standard output. */
void port_write(const char *bytes, size_t n);

/* Causes of exceptions, by the paper's names (Table 5). */
enum port_cause { PORT_PROT, PORT_OVERFLOW, PORT_COPROC, PORT_UNALIGN, PORT_UD2 };

/* Why this system cannot deliver `cause` to an application at all; NULL if it can. */
const char *port_unsupported(enum port_cause cause);

/* A page that may be read and not written; ends the program if there is none. */
void *port_protected_page(void);

/* struct ucontext as the kernel lays it out (Linux arch/x86/include/uapi/asm/sigcontext.h): only the program counter is named. */
struct port_ucontext {
    uint64_t flags, link, stack[3];
    uint64_t gregs_before_pc[16];
    uint64_t pc;
};

/* siginfo_t of a signal that a fault raised. */
struct port_siginfo {
    int signo, error, code, padding;
    uint64_t address;
};

#define PORT_HANDLER(name, frame) \
    static void name(int signal_ __attribute__((unused)), struct port_siginfo *info_ __attribute__((unused)), struct port_ucontext *frame __attribute__((unused)))
#define PORT_FRAME_PC(frame) (frame)->pc
#define PORT_FRAME_ADDRESS(frame) info_->address /* what the fault was about */

/* Install a C handler for `cause`. */
void port_catch(enum port_cause cause, void (*handler)(int, struct port_siginfo *, struct port_ucontext *));

/* Install the dispatch handler: its first instruction, at port_dispatch_end, is rdtsc; it stores the low half in port_dispatch_ticks,
 * sets port_dispatch_taken to 1 and continues at port_dispatch_resume. */
void port_catch_dispatch(enum port_cause cause);
extern const char port_dispatch_end[];
extern uint32_t port_dispatch_ticks, port_dispatch_taken;
extern const char *port_dispatch_resume;

#endif
