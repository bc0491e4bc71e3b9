/* lrpc.h - calling a procedure of another environment, by protected control transfer (Tables 8 and 12).
 *
 * exos_lrpc does not trust the server: the caller's callee-saved registers and its stack pointer are kept in its own memory, and nobody but the server called can end the call,
 * and only while there is one. exos_tlrpc trusts it to leave these registers as they were, and keeps nothing.
 * Registers go along: what is in them the server can see.
 *
 * Both convey    rsi, rdx, r10, r8, rbx    the arguments          r9    the caller's id, by its own word (struct aegis_area's `caller` is the kernel's)
 * and the server answers by a pct_sync to r9, with the result in rsi.
 *
 * While a call is away this environment's slice is too. Who yields to this environment meanwhile finds that it gives the processor on.
 */
#ifndef EXOS_LRPC_H
#define EXOS_LRPC_H

#include <stdint.h>

enum { EXOS_LRPC_EAGAIN = 11, EXOS_LRPC_ESRCH = 3 };

/* Once before the first exos_lrpc: this environment is entered by transfers as lrpc.h says. */
void exos_lrpc_init(void);

/* Call the procedure that environment `server` exports. Returns its result; -EXOS_LRPC_ESRCH if there is no such environment or it exports nothing,
 * -EXOS_LRPC_EAGAIN if it is in the middle of another call. */
long exos_lrpc(uint32_t server, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e);

/* From now on exos_tlrpc calls `server`, and nobody else may enter this environment. exos_lrpc_init ends that. */
void exos_tlrpc_bind(uint32_t server);
long exos_tlrpc(uint32_t ignored, uint64_t a, uint64_t b, uint64_t c, uint64_t d);

/* A procedure to be called from elsewhere, and by whom, on the kernel's word. It decides whether that one may. */
typedef long exos_procedure_t(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint32_t caller);

/* Be a server: let `procedure` be called by everybody, one call at a time, on a stack of 8 KiB. Who calls during another call, which can only be when a slice has ended
 * in its middle, gets -EXOS_LRPC_EAGAIN. The calling program has ended with this; all that is left of it is the procedure, which may not use exos_lrpc
 * nor anything that waits. */
_Noreturn void exos_lrpc_serve(exos_procedure_t *procedure);

/* The smallest server: not C, no stack, one procedure, no check. It adds 1 to exos_lrpc_count and returns that. Set as an environment's pct_sync_pc. */
extern const char exos_lrpc_counter[];
extern uint32_t exos_lrpc_count;

#endif
