/* print.h - text to the serial port: free text with print(), wire-format lines with report(). */
#ifndef MACHINE_PRINT_H
#define MACHINE_PRINT_H

#include <stdarg.h>

#include <machine/types.h>

/* Formats: %s %c %d %u %x (int), %ld %lu %lx (long), %%. Returns the bytes written, at most size - 1; always ends in 0. */
size_t format(char *buffer, size_t size, const char *fmt, va_list args);

__attribute__((format(printf, 1, 2))) void print(const char *fmt, ...);

/* One line of docs/wire-format.md: "@exolab <text> #<checksum>". `fmt` is the text, from the verb on. A program's unfinished line is ended first. */
__attribute__((format(printf, 1, 2))) void report(const char *fmt, ...);

/* Send what a program prints. A line of it that begins as one that only a kernel may report is spoilt by a `!` behind its verb, however the program divides it:
 * it is damaged for who reads it. */
void print_for_program(char *bytes, size_t n);

#endif
