/* console.c - the serial port as a terminal: lines are edited until they are complete, ^D ends a file; contract in device.h.
 *
 * There is no interrupt for what is typed: who waits for a line looks each hundredth of a second. What the program writes goes out as it is.
 */

#include "abi.h"
#include "device.h"
#include "errors.h"
#include "file.h"
#include "time.h"
#include "transfer.h"
#include "user.h"
#include "wait.h"

#include <machine/print.h>
#include <machine/serial.h>
#include <machine/string.h>

enum { LINE_SIZE = 256, LOOK_EVERY = TIME_HZ / 100, CHUNK = 2048 /* Linux's terminals take as much at a time */ };
enum { END_OF_FILE = 4, BACKSPACE = 8, KILL_LINE = 21, DELETE = 127 };

static struct {
    char text[LINE_SIZE];
    u32 length, read; /* bytes of it typed, and taken by readers */
    bool complete;
} line;

static void
echo(const char *text)
{
    serial_write(text, strlen(text));
}

static void
type(char c)
{
    const char visible[] = {c, 0};
    switch (c) {
    case '\r':
    case '\n':
        line.text[line.length++] = '\n';
        line.complete = true;
        echo("\r\n");
        return;
    case END_OF_FILE: line.complete = true; return;
    case BACKSPACE:
    case DELETE:
        if (line.length > 0) {
            line.length--;
            echo("\b \b");
        }
        return;
    case KILL_LINE:
        while (line.length > 0)
            type(BACKSPACE);
        return;
    default:
        if (line.length < LINE_SIZE - 1) {
            line.text[line.length++] = c;
            echo(visible);
        }
    }
}

/* Until a line is complete: 0, or -EINTR, -EAGAIN. */
static long
wait_for_line(const struct file *file)
{
    struct wait_queue nobody_wakes = {NULL, NULL};
    for (int c;;) {
        while (!line.complete && (c = serial_read()) >= 0)
            type(c);
        if (line.complete)
            return 0;
        if (file->flags & O_NONBLOCK)
            return -EAGAIN;
        if (wait_until(&nobody_wakes, time_now() + LOOK_EVERY) == -EINTR)
            return -EINTR;
    }
}

/* A line at most; a line that ^D ended without a byte is the end of the file. */
long
console_read(struct file *file, struct transfer *transfer)
{
    if (transfer->left == 0)
        return 0;
    long error = wait_for_line(file);
    if (error < 0)
        return error;
    u32 left = line.length - line.read, n = left < transfer->left ? left : transfer->left;
    if (transfer_to_user(transfer, line.text + line.read, n) < 0)
        return -EFAULT;
    line.read += n;
    if (line.read == line.length) {
        line.length = line.read = 0;
        line.complete = false;
    }
    return n;
}

long
console_write(struct file *file, struct transfer *transfer)
{
    static char chunk[CHUNK];
    long done = 0;
    (void)file;
    for (size_t n; transfer->left > 0; done += n) {
        n = transfer->left < sizeof chunk ? transfer->left : sizeof chunk;
        if (transfer_from_user(transfer, chunk, n) < 0)
            return done ? done : -EFAULT;
        print_for_program(chunk, n);
    }
    return done;
}

/* What a program asks to know whether it talks to a person, and how large the screen is (0: unknown). The settings are always these. */
long
console_control(u32 request, va_t argument)
{
    static const struct termios settings = {
        .input = ICRNL, .output = 0, .control = B115200 | CS8 | CREAD, .local = ICANON | ECHO | ECHOE | ECHOK,
        .characters = {[VEOF] = END_OF_FILE, [VERASE] = DELETE, [VKILL] = KILL_LINE, [VMIN] = 1},
    };
    static const struct winsize size;
    switch (request) {
    case TCGETS: return user_write(argument, &settings, sizeof settings);
    case TIOCGWINSZ: return user_write(argument, &size, sizeof size);
    case TCSBRK: serial_drain(); return 0;
    default: return -ENOTTY;
    }
}
