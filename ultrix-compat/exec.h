/* exec.h - a program's first memory image. */
#ifndef EXEC_H
#define EXEC_H

#include "vm.h"

#include <format/archive.h>
#include <machine/trapframe.h>

/* Take the memory for arguments; only while booting. */
void exec_init(void);

/* Make *vm an address space with the program in `file` and its stack, and tell with which registers it starts. Its one argument is its name. Returns NULL, or what
 * is wrong (then there is no address space). */
const char *exec_boot_program(struct vm **vm, const struct archive_file *file, struct trapframe *registers);

#endif
