/* console.h - text for people. */
#ifndef EXOS_CONSOLE_H
#define EXOS_CONSOLE_H

#include <stddef.h>
#include <stdint.h>

/* Write all `n` bytes; they must be mapped. */
void exos_write(const void *bytes, size_t n);

void exos_puts(const char *text);
void exos_puthex(uint64_t value);

#endif
