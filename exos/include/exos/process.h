/* process.h - UNIX's processes, as a library makes them of environments: fork, exec, exit, wait, signals. Policy at user level; Aegis knows none of it.
 *
 * A process is a record in the session's memory (session.h), an environment, a position of the slice vector, and a page table of its own (table.h). All results are 0 or
 * more, or a negated error of exos/errno.h.
 */
#ifndef EXOS_PROCESS_H
#define EXOS_PROCESS_H

#define EXOS_SELF_TARGET 1536
#define EXOS_SELF_RSP 1544
#define EXOS_SELF_ARGC 1552
#define EXOS_SELF_ARGV 1560
#define EXOS_SELF_INTERRUPTED 1568
#define EXOS_SELF_WAKER 1576
#define EXOS_SELF_IDLE 1580
#define EXOS_SELF_PENDING 1584
#define EXOS_SELF_BLOCKED 1588
#define EXOS_SELF_HELD 1592
#define EXOS_SELF_ENTRIES 1596

#ifndef __ASSEMBLER__
#include <exos/session.h>
#include <exos/table.h>

enum { EXOS_PROCESSES = AEGIS_ENVS, EXOS_CALLS = 48, EXOS_RUNS = 16, EXOS_REGIONS = 64, EXOS_SIGNALS = 32, EXOS_PINNED = 5, EXOS_POOL = 4 /* a pipeline's */ };

/* A system call that crossing.S makes; the results replace the number and the third argument. */
struct exos_call {
    uint64_t number, argument[3];
};

/* Pages side by side in memory and in the address space, bound by one call and never evicted: the program's text and what its handlers read. */
struct exos_run {
    uint64_t where; /* page address + rights */
    struct aegis_cap cap;
};

struct exos_region {
    uintptr_t start;
    size_t npages;
};

struct exos_process {
    /* The assembly files know these by their offsets (below). */
    struct exos_call call[EXOS_CALLS]; /* up to the first with number EXOS_CALLS_END */
    uint64_t target;                   /* where crossing.S goes then; 0: it is the end of this process, and the environment waits for another */
    uint64_t rsp, argc, argv;          /* loaded there */
    uint64_t interrupted;              /* where a signal handler returns to */
    uint32_t waker;                    /* id of the environment that is given the processor when this one has ended */
    uint32_t idle;                     /* 1: the environment has no program, and waits in crossing.S */
    uint32_t pending, blocked;         /* signals that have not been delivered, and those that wait: bit n - 1 for signal n */
    uint32_t held;                     /* not 0: signals wait */
    uint32_t entries[33];              /* of the area: pc[32] and armed, for a child */

    uint32_t lock_depth;               /* how often this process has taken the session's lock */
    uint32_t env;                      /* id */
    struct aegis_cap env_cap;
    struct aegis_cap pinned;           /* EXOS_PINNED pages side by side: this environment's exception stack and state, wherever a program has them */
    uint32_t slot, status;             /* as wait4's */
    uint64_t position, slice_check;    /* of the slice vector; AEGIS_SLICES: none of its own */
    struct exos_table *table, *old_table; /* old: of the program before exec, until the new one gives it back */
    uintptr_t cow_end;                 /* from here on no page is copied on write: a fault on one that is bound is not vm.h's business */
    uint32_t which_table;
    uint32_t handled;                  /* signal handlers that have run */
    uint32_t nruns, nregions;
    struct exos_run run[EXOS_RUNS];
    uintptr_t program_start, program_end;
    void (*handler[EXOS_SIGNALS])(int);
    struct exos_region region[EXOS_REGIONS]; /* of the heap, ascending */
};

#define EXOS_CALLS_END (~0ul)

_Static_assert(offsetof(struct exos_process, target) == EXOS_SELF_TARGET && offsetof(struct exos_process, interrupted) == EXOS_SELF_INTERRUPTED &&
                   offsetof(struct exos_process, held) == EXOS_SELF_HELD && offsetof(struct exos_process, entries) == EXOS_SELF_ENTRIES, "for assembly");
_Static_assert(sizeof(struct exos_process) <= AEGIS_PAGE_SIZE, "session.h leaves a page for each");

/* This process's record, and that of slot `i`: a pid modulo EXOS_PROCESSES. */
#define exos_self ((struct exos_process *)EXOS_SELF)
#define exos_process(i) ((struct exos_process *)(EXOS_SESSION_PROCESSES + (i) % EXOS_PROCESSES * AEGIS_PAGE_SIZE))

/* The two places for the page table of slot `i`. */
#define exos_table_of(i, which) ((struct exos_table *)(EXOS_SESSION_TABLES + ((i) % EXOS_PROCESSES * 2 + (which)) * EXOS_TABLE_SIZE))

/* Make a copy of this process: its memory is copied on write, but for what is mapped shared. Returns the child's pid, in the child 0; -EAGAIN (no process, environment or
 * slice is left) or -ENOMEM: then nothing has changed. */
long exos_fork(void);

/* End this process with `status` (0 to 255): it is a zombie until its parent waits, its children are the first process's. Of the first process: the end of the session. */
_Noreturn void exos_exit(int status);

/* Wait until the child `pid`, or any if that is -1, has ended; *status, if not NULL, is as wait4's. Returns its pid, or -ECHILD. Other processes run meanwhile, and signal handlers,
 * which do not end it. Who has said what SIGINT is to do looks for ^C meanwhile (exos_fd_watch). */
long exos_wait(long pid, int *status);

/* Run the ELF executable in the `size` bytes at `image` instead of this program, in this process, with copies of the strings of argv (ended by NULL).
 * Returns only errors: -ENOEXEC, -ENOMEM, -E2BIG. */
long exos_exec(const void *image, size_t size, const char *const argv[]);

int exos_getpid(void);
int exos_getppid(void);

/* Let somebody else run. */
void exos_process_yield(void);

/* Signals, Linux's numbers: SIGKILL, SIGTERM, SIGCHLD ... A handler runs in the receiver when its next slice starts, or when it leaves a call of this library, on its stack. */
enum { SIGHUP = 1, SIGINT = 2, SIGQUIT = 3, SIGILL = 4, SIGTRAP = 5, SIGABRT = 6, SIGBUS = 7, SIGFPE = 8, SIGKILL = 9, SIGUSR1 = 10, SIGSEGV = 11, SIGUSR2 = 12, SIGPIPE = 13, SIGALRM = 14,
       SIGTERM = 15, SIGCHLD = 17, SIGCONT = 18, SIGSTOP = 19 };

#define EXOS_SIG_DEFAULT ((void (*)(int))0)
#define EXOS_SIG_IGNORE ((void (*)(int))1)

/* SIGSTOP: the process stands still where it would have run a handler, with nothing of the session locked, until SIGCONT or SIGKILL; other signals wait. Its parent is not told,
 * and exos_wait waits on. What it was doing with a pipe at that moment is not finished: the others at that pipe wait, too.
 *
 * Send `signal` (0: only look whether there is such a process) to `pid`. Returns 0, -ESRCH, -EINVAL. */
long exos_kill(long pid, int signal);

/* What is to happen when `signal` arrives. Returns 0 or -EINVAL (no such signal; SIGKILL and SIGSTOP cannot be caught). */
long exos_signal(int signal, void (*handler)(int));

/* End this process as by `signal`, for uncaught exceptions. Does nothing without a session. */
void exos_process_die(int signal);

/* Deliver what is pending and not blocked. Called where the lock is given back. */
void exos_signal_deliver(void);

#endif
#endif
