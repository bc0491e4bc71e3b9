/* process.h - the process: an address space, signals, and a kernel stack for its system calls and exceptions. */
#ifndef PROCESS_H
#define PROCESS_H

#include "signal.h"
#include "vm.h"

#include <format/archive.h>

struct process {
    u32 pid;
    const char *name;
    struct vm vm;
    struct signals signals;
    int status; /* once it has ended: 0 to 255 */
};

/* The process that runs. */
extern struct process *const current;

/* Prepare the kernel stack and the memory that every process uses; only while booting, before page_init(). */
void process_init(void);

/* Run the program in `file` as a new process to its end and report that. Returns its status; all that it had is free again. */
int process_run(const struct archive_file *file);

/* End the current process with `status`. */
_Noreturn void process_exit(int status);

/* End the current process as if by a signal, and report why: the cause, the instruction, the address it used (0: none). */
_Noreturn void process_kill(u32 signal, const char *cause, va_t rip, va_t address);

#endif
