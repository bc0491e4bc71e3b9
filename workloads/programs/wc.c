/* wc.c - lines, words and bytes of the files that it is given, or of standard input. */

#include "text.h"

static char buffer[4096];

static void
put_number(uint64_t value)
{
    char digits[TEXT_DIGITS];
    text_put(STDOUT, text_number(digits, value));
    text_put(STDOUT, " ");
}

static long
count(int fd, const char *name)
{
    uint64_t lines = 0, words = 0, bytes = 0;
    bool inside = false;
    long n;
    while ((n = port_read(fd, buffer, sizeof buffer)) > 0)
        for (long i = 0; i < n; i++, bytes++) {
            bool blank = buffer[i] == ' ' || (buffer[i] >= '\t' && buffer[i] <= '\r');
            lines += buffer[i] == '\n';
            words += !blank && !inside;
            inside = !blank;
        }
    if (n < 0)
        return n;
    put_number(lines);
    put_number(words);
    put_number(bytes);
    text_put(STDOUT, name ? name : "");
    text_put(STDOUT, "\n");
    return 0;
}

int
main(int argc, char **argv)
{
    (void)argc;
    return text_each_file(argv, count);
}
