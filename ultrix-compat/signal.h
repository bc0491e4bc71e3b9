/* signal.h - signals: what a process wants done about them, who sends them, how a handler is entered and left.
 *
 * A signal is pending for a process or for one thread of it, each number at most once. Besides, a thread may have one that is forced: raised by its own last
 * instruction, and delivered before any other, whatever is blocked.
 */
#ifndef SIGNAL_H
#define SIGNAL_H

#include "abi.h"

#include <machine/trapframe.h>

struct process;
struct thread;

/* What siginfo says besides the number: the address of a fault, or the sender's pid; and a child's status. */
struct signal_info {
    u64 address;
    u32 code, status;
};

struct signals_pending {
    sigset_t set;
    struct signal_info info[SIGNALS + 1]; /* by number; 0 is not used */
};

struct process_signals {
    struct sigaction action[SIGNALS + 1];
    struct signals_pending pending;
};

struct thread_signals {
    sigset_t blocked, saved; /* rt_sigsuspend: `saved` comes back when a handler returns, or at once */
    bool suspended;
    va_t stack; /* for handlers that ask for it (SA_ONSTACK) */
    u64 stack_size; /* 0: none */
    va_t cr2; /* address of the last page fault that became a signal */
    struct {
        u32 number; /* 0: none */
        struct signal_info info;
        const char *cause; /* for the message, if it kills */
    } forced;
    struct signals_pending pending;
};

/* Make `number` pending, as if the current process had sent it; signal_send_info: with what siginfo shall say. Ignored ones are dropped. */
void signal_send(struct process *process, u32 number);
void signal_send_info(struct process *process, u32 number, const struct signal_info *info);
void signal_send_thread(struct thread *thread, u32 number, const struct signal_info *info);

/* The same for every process, from the kernel. */
void signal_send_all(u32 number);

/* Force `number` on the current thread. One that is blocked or ignored kills instead of returning to the same exception for ever. */
void signal_force(u32 number, u32 code, va_t address, const char *cause);

/* Set thread_attention (thread.h) for the current thread: after a change of its mask or of what is pending. */
void signal_notice(void);

/* Is there a signal for this thread that it does not block? */
bool signal_waits(const struct thread *thread);

/* Is SIGKILL among them? */
bool signal_kills(const struct thread *thread);

/* Act on all that waits before returning to ring 3 with `t`: end, or change `t` so that handlers run. */
void signal_deliver(struct trapframe *t);

/* Block exactly `set` in the current thread, as far as signals can be blocked. */
void signal_block(sigset_t set);

/* A new program begins: handlers are the old one's; what was ignored stays so. */
void signal_exec(void);

/* signal_stack.c, of a thread that has a stack for handlers: where the frame of one with these flags begins (*top, below which it grows), and at which address it must
 * end; and what sigaltstack says of that stack while rsp is this. */
void signal_choose_stack(va_t rsp, u64 action_flags, va_t *top, va_t *bottom);
struct signal_stack signal_stack_now(va_t rsp);

/* Make *stack the current thread's stack for handlers, rsp being this. 0; -EINVAL (no such flags), -ENOMEM (too small), -EPERM (it is stood on). */
long signal_set_stack(const struct signal_stack *stack, va_t rsp);

/* signal_frame.c: build the frame for a handler on the user's stack, with the mask that comes back, and make `t` enter it. False, `t` unchanged, if that cannot be. */
bool signal_frame_push(struct trapframe *t, const struct sigaction *action, u32 number, const struct signal_info *info, sigset_t mask);

#define SIGNAL_BIT(number) (1ul << ((number)-1))
#define SIGNALS_THAT_STOP (SIGNAL_BIT(SIGSTOP) | SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU))
#define SIGNALS_UNBLOCKABLE (SIGNAL_BIT(SIGKILL) | SIGNAL_BIT(SIGSTOP))

#endif
