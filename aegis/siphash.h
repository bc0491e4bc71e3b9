/* siphash.h - SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012) of a message of 15 bytes: a word and seven bytes more.
 *
 * Fifteen, since the last block has room for seven beside the length: eight rounds, about 125 instructions; sixteen bytes would cost ten rounds.
 * Inline, because every capability check is one of these. Pure functions.
 */
#ifndef SIPHASH_H
#define SIPHASH_H

#include <stdint.h>

struct siphash_state {
    uint64_t v0, v1, v2, v3;
};

static inline uint64_t
siphash_rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

__attribute__((always_inline)) static inline void
siphash_round(struct siphash_state *s)
{
    s->v0 += s->v1;
    s->v2 += s->v3;
    s->v1 = siphash_rotate(s->v1, 13) ^ s->v0;
    s->v3 = siphash_rotate(s->v3, 16) ^ s->v2;
    s->v0 = siphash_rotate(s->v0, 32);
    s->v2 += s->v1;
    s->v0 += s->v3;
    s->v1 = siphash_rotate(s->v1, 17) ^ s->v2;
    s->v3 = siphash_rotate(s->v3, 21) ^ s->v0;
    s->v2 = siphash_rotate(s->v2, 32);
}

__attribute__((always_inline)) static inline void
siphash_absorb(struct siphash_state *s, uint64_t word)
{
    s->v3 ^= word;
    siphash_round(s);
    siphash_round(s);
    s->v0 ^= word;
}

/* The state that a key makes: mixed once, for all messages under that key. */
static inline struct siphash_state
siphash_start(const uint64_t key[2])
{
    return (struct siphash_state){
        key[0] ^ 0x736f6d6570736575,
        key[1] ^ 0x646f72616e646f6d,
        key[0] ^ 0x6c7967656e657261,
        key[1] ^ 0x7465646279746573,
    };
}

/* The SipHash-2-4, under the key that `start` was made from, of the 8 bytes of `word` and the 7 bytes of `rest`, in little-endian order. `rest` is below 2^56.
 * 126 instructions: 8 rounds of 14, and 14 around them. */
__attribute__((always_inline)) static inline uint64_t
siphash24(const struct siphash_state *start, uint64_t word, uint64_t rest)
{
    struct siphash_state s = *start;
    siphash_absorb(&s, word);
    siphash_absorb(&s, rest | (uint64_t)15 << 56); /* the last block ends in the length */
    s.v2 ^= 0xff;
    siphash_round(&s);
    siphash_round(&s);
    siphash_round(&s);
    siphash_round(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

#endif
