/* text.h - what little the programs here need of a C library: text to a descriptor, and errors in words. */
#ifndef TEXT_H
#define TEXT_H

#include <port.h>
#include <stdbool.h>

enum { STDIN, STDOUT, STDERR };

static inline size_t
text_length(const char *text)
{
    size_t n = 0;
    while (text[n])
        n++;
    return n;
}

static inline bool
text_equal(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

/* Write all `n` bytes. False after an error. */
static inline bool
text_write(int fd, const void *bytes, size_t n)
{
    const char *next = bytes;
    for (long written; n > 0; n -= written, next += written)
        if ((written = port_write_fd(fd, next, n)) <= 0)
            return false;
    return true;
}

static inline bool text_put(int fd, const char *text) { return text_write(fd, text, text_length(text)); }

/* `value` in decimal at the end of `digits`; where it begins. */
enum { TEXT_DIGITS = 21 };

static inline char *
text_number(char digits[TEXT_DIGITS], uint64_t value)
{
    char *at = digits + TEXT_DIGITS - 1;
    *at = 0;
    do
        *--at = '0' + value % 10;
    while (value /= 10);
    return at;
}

/* What an error of posix.h's calls (or 0 - it) means. */
static inline const char *
text_error(long error)
{
    switch (error < 0 ? -error : error) {
    case 2: return "no such file";
    case 7: return "too many arguments";
    case 8: return "not an executable file";
    case 9: return "not open for that";
    case 11: return "no more processes";
    case 12: return "out of memory";
    case 13: return "permission denied";
    case 16: return "in use";
    case 17: return "there is one already";
    case 20: return "not a folder";
    case 21: return "is a folder";
    case 22: return "invalid";
    case 23: return "too many open files in the system";
    case 24: return "too many open files";
    case 27: return "file too large";
    case 28: return "no space left";
    case 30: return "read-only file";
    case 32: return "nobody reads the pipe";
    case 36: return "name too long";
    case 39: return "not empty";
    case 38: return "not possible on this system";
    default: return "failed";
    }
}

/* "PROGRAM: WHAT: why" to standard error. Returns 1, an exit status. */
static inline int
text_complain(const char *program, const char *what, long error)
{
    text_put(STDERR, program);
    text_put(STDERR, ": ");
    text_put(STDERR, what);
    text_put(STDERR, ": ");
    text_put(STDERR, text_error(error));
    text_put(STDERR, "\n");
    return 1;
}

/* For each file named in argv, or for standard input if there is none: open it, call `use`, close it. Returns how many failed, as an exit status. */
static inline int
text_each_file(char **argv, long (*use)(int fd, const char *name))
{
    int failed = 0;
    long error = argv[1] ? 0 : use(STDIN, NULL);
    if (error < 0)
        return text_complain(argv[0], "standard input", error);
    for (char **name = argv + 1; *name; name++) {
        long fd = port_open(*name, PORT_O_RDONLY, 0);
        error = fd < 0 ? fd : use(fd, *name);
        if (error < 0)
            failed = text_complain(argv[0], *name, error);
        if (fd >= 0)
            port_close(fd);
    }
    return failed;
}

#endif
