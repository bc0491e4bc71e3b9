/* console.h - text for people, and what they type. */
#ifndef EXOS_CONSOLE_H
#define EXOS_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Write all `n` bytes; they must be mapped. */
void exos_write(const void *bytes, size_t n);

void exos_puts(const char *text);
void exos_puthex(uint64_t value);

enum { EXOS_LINE_MAX = 1024 };

/* What has been typed: complete lines in [start, typed), and behind them the one that is still being typed. */
struct exos_console {
    uint32_t start, typed, end;
    uint32_t at_end; /* the end of input was typed behind the last line */
    char bytes[EXOS_LINE_MAX];
};

/* console_input.c. Take what the serial port has received into `console` and echo it: Backspace and Delete rub out, ^U the line, Return ends it, ^D ends the input, ^C
 * discards it all. Returns whether ^C was typed. The first is for who reads and takes no more than that needs, the second for who does not: what there is no room for is lost. */
bool exos_console_poll(struct exos_console *console);
bool exos_console_watch(struct exos_console *console);

/* Move up to n bytes of a complete line to `bytes`. Returns how many; 0 at the end of input; -EAGAIN: there is none. */
long exos_console_line(struct exos_console *console, char *bytes, size_t n);

#endif
