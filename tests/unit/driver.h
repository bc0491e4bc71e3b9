/* driver.h - a driver reads one input, of exactly its size, so that one byte too far is a sanitizer report. */
#ifndef DRIVER_H
#define DRIVER_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All of standard input in a block of exactly *size bytes. */
static inline void *
read_input(size_t *size)
{
    static char buffer[1 << 20];
    *size = fread(buffer, 1, sizeof buffer, stdin);
    void *exact = malloc(*size ? *size : 1);
    memcpy(exact, buffer, *size);
    return exact;
}

#endif
