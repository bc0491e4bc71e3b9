/* pass.h - what one pass of the stand-in compiler does: each byte depends on all before it, as in a real one. */
#ifndef PASS_H
#define PASS_H

#include <stddef.h>
#include <stdint.h>

enum { PASS_COUNT = 3 };

/* `state` is the number of the pass at the beginning. */
static inline void
pass_bytes(uint32_t *state, uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        *state = *state * 31 + bytes[i];
        bytes[i] ^= *state >> 8;
    }
}

#endif
