/* ls.c - the names in the folders that it is given, or in the working folder, one a line, in alphabetical order. */

#include "text.h"

enum { SIZE = 16384, NAMES = 1024 };

static char names[SIZE];
static const char *name[NAMES];

static bool
before(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return (unsigned char)*a < (unsigned char)*b;
}

static void
insert(const char *one, unsigned n)
{
    for (; n > 0 && before(one, name[n - 1]); n--)
        name[n] = name[n - 1];
    name[n] = one;
}

static int
list(const char *program, const char *folder)
{
    unsigned n = 0;
    long bytes = port_list(folder, names, SIZE);
    if (bytes < 0)
        return text_complain(program, folder, bytes);
    for (const char *next = names; next < names + bytes && n < NAMES; next += text_length(next) + 1)
        insert(next, n++);
    for (unsigned i = 0; i < n; i++) {
        text_put(STDOUT, name[i]);
        text_put(STDOUT, "\n");
    }
    return 0;
}

int
main(int argc, char **argv)
{
    int failed = argc < 2 ? list("ls", ".") : 0;
    for (int i = 1; i < argc; i++)
        failed |= list("ls", argv[i]);
    return failed;
}
