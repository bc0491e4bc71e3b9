/* process.h - the process: an address space, files, signal actions, and threads; its parent and its children. */
#ifndef PROCESS_H
#define PROCESS_H

#include "signal.h"
#include "thread.h"
#include "vm.h"

#include <format/archive.h>

enum { PROCESSES = THREADS, FIRST_PARENT = 1 /* the number of who is every orphan's parent */ };

struct files;

struct process {
    u32 pid;
    struct vm *vm;
    struct thread *lender; /* of a child of vfork: whose memory this is, and who waits until it is given back; else NULL */
    struct files *files;
    struct process_signals signals;
    struct thread *threads; /* none: it has ended and its parent has not waited for it */
    u32 nthreads;
    struct process *parent;                   /* NULL: nobody will wait for it */
    struct process *children;                 /* the youngest first */
    struct process *older, *younger;          /* of the same parent */
    struct process *next, *previous, *next_in_bucket; /* in the table of all */
    struct wait_queue child_ended, continued; /* in which its own threads wait */
    bool ending, zombie, stopped;
    bool has_stopped, has_continued; /* and its parent has not been told by wait4 */
    u32 stop_signal;
    int status; /* once it is ending: as wait4 tells it */
};

/* The process that runs; NULL: the idle thread. */
extern struct process *current;

/* Take memory for the table; only while booting, before page_init(). */
void process_init(void);

/* Run the program in `file` as a new process to its end, and all its descendants, and report that. Returns its status; all that they had is free again. */
int process_run(const struct archive_file *file);

/* A new process, in the table, without memory, files or threads; its parent is the current one, whose signal actions it has. NULL: too many. process_forget: the reverse. */
struct process *process_new(void);
void process_forget(struct process *process);

/* Put a new process into the table, under this number. */
void process_enter(struct process *process, u32 pid);

/* A number that no process or thread has. */
u32 process_new_id(void);

/* By its number, or NULL; all in turn, beginning and ending with NULL; how many. Those that have ended count until they are waited for. */
struct process *process_find(u32 pid);
struct process *process_next(const struct process *process);
u32 process_count(void);

/* Of a child of vfork, when it has other memory or none: its parent goes on. Else nothing. */
void process_give_back_memory(struct process *process);

/* exit.c: end the current process with a status as wait4 tells it. */
_Noreturn void process_exit(int status);

/* End the current process as if by a signal, and report why if it is the boot program: the cause, the instruction, the address it used (0: none). */
_Noreturn void process_kill(u32 signal, const char *cause, va_t rip, va_t address);

/* End the current thread, and with the last one its process. */
_Noreturn void thread_end(void);

/* All threads but the current one end. Returns when they have. */
void process_end_other_threads(void);

/* The current process stops, by this signal; one that is stopped goes on because of SIGCONT. Its parent learns it. process_continue: it goes on, and nobody is told. */
void process_stop(u32 signal);
void process_continue_openly(struct process *process);

/* Of a process that is `stopped`, no thread goes back to ring 3 before process_continue, or its end: each waits here on its way. */
void process_wait_while_stopped(void);
void process_continue(struct process *process);

/* A boot program all of whose processes wait for each other is killed. */
void process_end_deadlock(void);

/* The process that boot started has ended with this status: so do all others. */
bool process_is_boot_program(const struct process *process);
void process_boot_program_ended(int status);
const char *process_boot_name(void);

/* Would this signal do nothing? */
bool process_ignores_signal(const struct process *process, u32 number);

#endif
