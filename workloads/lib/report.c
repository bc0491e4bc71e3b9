/* report.c - wire-format lines from user level; contract in report.h. A line that would overflow is cut and so arrives damaged, never wrong. */

#include <port.h>
#include <report.h>

static char line[4096];
static size_t used;

static void
put(char c)
{
    if (used < sizeof line)
        line[used++] = c;
}

static void
put_base(uint64_t value, unsigned base)
{
    char digits[20];
    int n = 0;
    do
        digits[n++] = "0123456789abcdef"[value % base];
    while (value /= base);
    while (n > 0)
        put(digits[--n]);
}

void
report_text(const char *text)
{
    while (*text)
        put(*text++);
}

void
report_word(const char *word)
{
    put(' ');
    report_text(word);
}

void
report_digits(uint64_t value)
{
    put_base(value, 10);
}

void
report_number(uint64_t value)
{
    put(' ');
    put_base(value, 10);
}

void
report_address(const void *pointer)
{
    report_text(" 0x");
    put_base((uintptr_t)pointer, 16);
}

void
report_begin(const char *verb)
{
    used = 0;
    report_text("@exolab ");
    report_text(verb);
}

void
report_end(void)
{
    uint32_t a = 0, b = 0;
    for (size_t i = 0; i < used; i++) {
        a = (a + (uint8_t)line[i]) % 255;
        b = (b + a) % 255;
    }
    uint32_t sum = b << 8 | a;
    report_text(" #");
    for (int shift = 12; shift >= 0; shift -= 4)
        put("0123456789abcdef"[sum >> shift & 15]);
    put('\n');
    port_write(line, used);
}
