/* console_input.c - lines from a terminal; contract in exos/console.h. What a UNIX kernel's terminal driver does in its plainest mode: bytes become lines here. */

#include <exos/console.h>
#include <exos/errno.h>
#include <exos/syscall.h>
#include <stdbool.h>

enum { INTERRUPT = 'C' - '@', END_OF_INPUT = 'D' - '@', RUB_OUT_LINE = 'U' - '@', BACKSPACE = '\b', RETURN = '\r', DELETE = 127 };

static void
rub_out(struct exos_console *console)
{
    if (console->end > console->typed) {
        console->end--;
        exos_puts("\b \b");
    }
}

/* Room for one more byte? What has been read is moved out of the way first. */
static bool
make_room(struct exos_console *console)
{
    if (console->end < EXOS_LINE_MAX)
        return true;
    if (console->start == 0)
        return false;
    for (uint32_t i = console->start; i < console->end; i++)
        console->bytes[i - console->start] = console->bytes[i];
    console->end -= console->start;
    console->typed -= console->start;
    console->start = 0;
    return true;
}

/* The last place is for the end of the line, so that a line that is too long can still be ended. */
static void
add(struct exos_console *console, char byte)
{
    if (!make_room(console) || (byte != '\n' && console->end == EXOS_LINE_MAX - 1))
        return;
    console->bytes[console->end++] = byte;
    exos_write(&byte, 1);
    if (byte == '\n')
        console->typed = console->end;
}

/* What was typed so far is no input any more. */
static void
discard(struct exos_console *console)
{
    console->start = console->typed = console->end = console->at_end = 0;
    exos_puts("^C");
}

/* True: it is ^C. Behind the end of input nothing else counts until that has been read. */
static bool
take(struct exos_console *console, char byte)
{
    if (byte == INTERRUPT)
        discard(console);
    else if (console->at_end)
        return false;
    else if (byte == RETURN || byte == '\n')
        add(console, '\n');
    else if (byte == BACKSPACE || byte == DELETE)
        rub_out(console);
    else if (byte == RUB_OUT_LINE)
        while (console->end > console->typed)
            rub_out(console);
    else if (byte == END_OF_INPUT) {
        console->at_end = console->end == console->typed;
        console->typed = console->end;
    } else if (byte == '\t' || (unsigned char)byte >= ' ')
        add(console, byte);
    return byte == INTERRUPT;
}

/* Not further than a reader needs: what follows stays in the serial port. */
bool
exos_console_poll(struct exos_console *console)
{
    long byte;
    bool interrupted = false;
    while (!interrupted && console->start == console->typed && !console->at_end && (byte = sys_console_read()) >= 0)
        interrupted = take(console, byte);
    return interrupted;
}

/* All that there is: ^C may stand behind it. */
bool
exos_console_watch(struct exos_console *console)
{
    long byte;
    bool interrupted = false;
    while (!interrupted && (byte = sys_console_read()) >= 0)
        interrupted = take(console, byte);
    return interrupted;
}

long
exos_console_line(struct exos_console *console, char *bytes, size_t n)
{
    size_t taken = 0;
    if (console->start == console->typed) {
        if (!console->at_end)
            return -EAGAIN;
        console->at_end = 0;
        return 0;
    }
    while (taken < n && console->start < console->typed) {
        bytes[taken++] = console->bytes[console->start++];
        if (bytes[taken - 1] == '\n')
            break;
    }
    if (console->start == console->end)
        console->start = console->typed = console->end = 0;
    return taken;
}
