/* syscall.h - the system calls. Each finds its arguments in the caller's registers (rdi, rsi, rdx, r10, r8, r9) and returns a value or -ERROR. */
#ifndef SYSCALL_H
#define SYSCALL_H

#include <machine/trapframe.h>

#define SYSCALL(number, name, function) long function(struct trapframe *t);
#include "syscalls.def"
#undef SYSCALL

/* Their numbers. */
enum {
#define SYSCALL(number, name, function) SYS_##name = number,
#include "syscalls.def"
#undef SYSCALL
};

/* What a trapframe says of a system call where it says the vector of an exception; `error` is then its number. */
enum { SYSCALL_VECTOR = 256 };

/* Let ring 3 use `syscall`. */
void syscall_init(void);

/* From syscall_entry.S: carry out the call in `t`, put its result there, and deliver a signal that it caused. */
void syscall_dispatch(struct trapframe *t);

#endif
