/* exec.h - a program's first memory image. */
#ifndef EXEC_H
#define EXEC_H

#include "vm.h"

#include <format/archive.h>

/* Fill the empty address space `vm` with the program in `file` and its stack, and tell where it starts. Returns NULL, or what is wrong
 * (then `vm` may be half filled). */
const char *exec_load(struct vm *vm, const struct archive_file *file, va_t *entry, va_t *stack);

#endif
