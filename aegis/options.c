/* options.c - the kernel's command line; contract in options.h. The only option so far: the size of the cache of bindings. */

#include "options.h"
#include "binding.h"

#include <machine/panic.h>
#include <machine/string.h>

enum { LEAST_BINDINGS = 64, DIGITS_MAX = 5 };

/* The number that `text` is, all of it; ~0 if it is none. */
static u32
number(const char *text)
{
    size_t n = strlen(text);
    u32 value = 0;
    if (n == 0 || n > DIGITS_MAX)
        return ~0u;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return ~0u;
        value = value * 10 + (*text - '0');
    }
    return value;
}

u32
options_bindings(const char *line)
{
    static const char name[] = "bindings=";
    if (line[0] == 0)
        return BINDING_LIMIT_DEFAULT;
    u32 bound = memcmp(line, name, sizeof name - 1) == 0 ? number(line + sizeof name - 1) : ~0u;
    if (bound != 0 && (bound < LEAST_BINDINGS || bound > BINDING_LIMIT_MAX || (bound & (bound - 1))))
        panic("command line: %s: give bindings=N, N a power of two from %u to %u, or 0 for no bound", line, LEAST_BINDINGS, BINDING_LIMIT_MAX);
    return bound;
}
