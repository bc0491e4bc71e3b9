/* port.h - what workloads need of ExOS on Aegis. The counterpart for UNIX systems is workloads/port/unix/port.h; both define the same names. */
#ifndef PORT_H
#define PORT_H

#include <exos/exception.h>
#include <posix.h>
#include <stddef.h>
#include <stdint.h>

/* Inside the region, in front of `syscall`: registers that rdtsc overwrites. Numbers: aegis/syscalls.def, checked in port.c. */
#define PORT_SYSCALL_PREFIX "mov $0, %eax"
#define PORT_SYSCALL_STACK_PREFIX "mov $1, %eax"
#define port_syscall_stack_unsupported ((const char *)NULL)

/* Write all bytes to the console. */
void port_write(const char *bytes, size_t n);

/* Causes of exceptions, by the paper's names (Table 5). */
enum port_cause {
    PORT_PROT = AEGIS_PAGE,
    PORT_OVERFLOW = AEGIS_DIVIDE,
    PORT_COPROC = AEGIS_FPU,
    PORT_UNALIGN = AEGIS_ALIGNMENT,
    PORT_UD2 = AEGIS_OPCODE,
};

/* Why this system cannot deliver `cause` to an application at all; NULL if it can. */
const char *port_unsupported(enum port_cause cause);

/* A page that may be read and not written; ends the program if there is none. */
void *port_protected_page(void);

#define PORT_HANDLER(name, frame) static void name(struct exos_frame *frame)
#define PORT_FRAME_PC(frame) (frame)->rip
#define PORT_FRAME_ADDRESS(frame) (frame)->address

/* Install a C handler for `cause`. */
void port_catch(enum port_cause cause, exos_handler_t *handler);

/* Install the dispatch handler: its first instruction, at port_dispatch_end, is rdtsc; it stores the low half in port_dispatch_ticks,
 * sets port_dispatch_taken to 1 and continues at port_dispatch_resume. */
void port_catch_dispatch(enum port_cause cause);
extern const char port_dispatch_end[];
extern uint32_t port_dispatch_ticks, port_dispatch_taken;
extern const char *port_dispatch_resume;

#endif
