/* report.h - wire-format lines from user level (docs/wire-format.md), built word by word; needs only port_write(). */
#ifndef REPORT_H
#define REPORT_H

#include <stdint.h>

void report_begin(const char *verb);
void report_text(const char *text);   /* as it is */
void report_word(const char *word);   /* a space, then the word */
void report_number(uint64_t value);   /* a space, then decimal */
void report_digits(uint64_t value);   /* decimal, no space */
void report_address(const void *pointer); /* a space, then 0x hexadecimal */
void report_end(void);                /* checksum and newline; sends the line in one write */

#endif
