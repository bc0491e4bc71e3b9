/* siphash.h - SipHash-2-4 of two 64-bit words (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012). A pure function. */
#ifndef SIPHASH_H
#define SIPHASH_H

#include <stdint.h>

/* The SipHash-2-4 of the 16 bytes of m0, m1 in little-endian order under `key`. */
uint64_t siphash24(const uint64_t key[2], uint64_t m0, uint64_t m1);

#endif
