/* copy.h - moving bytes a word at a time: each iteration of a string instruction counts as an instruction. */
#ifndef EXOS_COPY_H
#define EXOS_COPY_H

#include <stddef.h>
#include <stdint.h>

enum { EXOS_TOUCH_STEP = 4096 };

static inline void
exos_copy(void *to, const void *from, size_t n)
{
    size_t words = n / 8, rest = n % 8;
    asm volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(words) : : "memory");
    asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(rest) : : "memory");
}

static inline void
exos_zero(void *to, size_t n)
{
    size_t words = n / 8, rest = n % 8;
    asm volatile("rep stosq" : "+D"(to), "+c"(words) : "a"(0ul) : "memory");
    asm volatile("rep stosb" : "+D"(to), "+c"(rest) : "a"(0ul) : "memory");
}

/* Have the page faults of n bytes now, before a lock is taken: a bad pointer ends the process here. */
static inline void
exos_touch(const void *bytes, size_t n)
{
    for (const volatile char *at = bytes, *end = at + n; at < end; at = (const volatile char *)(((uintptr_t)at | (EXOS_TOUCH_STEP - 1)) + 1))
        (void)*at;
}

/* The same for bytes that will be written; leaves them as they are, also if somebody else writes them meanwhile. */
static inline void
exos_touch_to_write(void *bytes, size_t n)
{
    for (char *at = bytes, *end = at + n; at < end; at = (char *)(((uintptr_t)at | (EXOS_TOUCH_STEP - 1)) + 1))
        asm volatile("lock orb $0, %0" : "+m"(*at));
}

#endif
