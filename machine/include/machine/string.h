/* string.h - memory and string primitives. gcc may call the mem* functions by itself.
 *
 * memcpy and memset use `rep movsq`/`stosq`: one guest instruction moves 8 bytes whatever the CPU model (docs/method.md).
 */
#ifndef MACHINE_STRING_H
#define MACHINE_STRING_H

#include <machine/types.h>

void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);
size_t strlen(const char *s);

/* The first `c` in `s`, or NULL. */
char *strchr(const char *s, int c);

#endif
