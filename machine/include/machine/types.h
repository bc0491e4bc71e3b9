/* types.h - the integer names used everywhere in the kernels. */
#ifndef MACHINE_TYPES_H
#define MACHINE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

typedef u64 pa_t;     /* physical address */
typedef u64 va_t;     /* virtual address */
typedef u32 pageno_t; /* physical page number: pa_t >> PAGE_SHIFT */

#endif
