/* random.h - numbers that look random and are the same in every run (Marsaglia's xorshift, "Xorshift RNGs", 2003: 13, 17, 5). */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

enum { RANDOM_SEED = 2463534242 };

static inline uint32_t
random_next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

/* 0 to n-1. The upper bits: the lower ones of a xorshift are the poorer. */
static inline uint32_t
random_below(uint32_t *state, uint32_t n)
{
    return (uint64_t)random_next(state) * n >> 32;
}

#endif
