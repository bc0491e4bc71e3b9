/* archive.c - reads the boot archive; contract in format/archive.h. */

#include <format/archive.h>
#include <stdbool.h>

enum { HEADER = 110, FIELD_MODE = 1, FIELD_FILESIZE = 6, FIELD_NAMESIZE = 11 };
enum { MODE_TYPE = 0170000, MODE_REGULAR = 0100000 };

#define TRAILER "TRAILER!!!"

/* Field `n` of 8 hexadecimal digits behind the 6-byte magic; -1 if it is not hexadecimal. */
static long
field(const char *header, int n)
{
    long value = 0;
    for (const char *c = header + 6 + 8 * n, *end = c + 8; c < end; c++) {
        int digit = *c >= '0' && *c <= '9' ? *c - '0' : (*c | 32) >= 'a' && (*c | 32) <= 'f' ? (*c | 32) - 'a' + 10 : -1;
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* Do the `n` bytes at `bytes` begin with `text`? */
static bool
begins(const char *bytes, size_t n, const char *text)
{
    for (; *text; text++, bytes++, n--)
        if (n == 0 || *bytes != *text)
            return false;
    return true;
}

static size_t
round4(size_t n)
{
    return (n + 3) & ~(size_t)3;
}

int
archive_next(const void *archive, size_t bytes, size_t *offset, struct archive_file *file)
{
    while (*offset < bytes) {
        const char *header = (const char *)archive + *offset;
        size_t left = bytes - *offset;
        if (left < HEADER || !begins(header, left, "070701"))
            return -1;
        long mode = field(header, FIELD_MODE), size = field(header, FIELD_FILESIZE), namesize = field(header, FIELD_NAMESIZE);
        if (mode < 0 || size < 0 || namesize < 1)
            return -1;
        size_t data = round4(HEADER + namesize), next = data + round4(size); /* fields are 32 bits: no overflow */
        if (data > left || data + size > left || header[HEADER + namesize - 1] != 0)
            return -1;
        if (namesize == sizeof TRAILER && begins(header + HEADER, namesize, TRAILER))
            return 0;
        *offset = next < left ? *offset + next : bytes;
        if ((mode & MODE_TYPE) == MODE_REGULAR) {
            *file = (struct archive_file){header + HEADER, header + data, size};
            return 1;
        }
    }
    return 0;
}
