/* options.c - the command line's part for this layer; contract in machine/options.h. */

#include <machine/boot.h>
#include <machine/options.h>
#include <machine/string.h>

static const char wall[] = "clock=wall";

enum { LENGTH = sizeof wall - 1 };

bool
options_wall_clock(void)
{
    const char *line = boot_header.command_line;
    return memcmp(line, wall, LENGTH) == 0 && (line[LENGTH] == 0 || line[LENGTH] == ' ');
}

const char *
options_of_kernel(void)
{
    const char *line = boot_header.command_line;
    if (!options_wall_clock())
        return line;
    return line[LENGTH] ? line + LENGTH + 1 : "";
}
