/* console.c - the serial port as a terminal: lines are edited until they are complete, ^D ends a file, ^C interrupts; contract in device.h.
 *
 * There is no interrupt for what is typed: who waits for a line, or for a child and does not leave SIGINT to its default, looks each hundredth of a second. What the program writes goes out as it is.
 */

#include "abi.h"
#include "device.h"
#include "errors.h"
#include "file.h"
#include "process.h"
#include "time.h"
#include "transfer.h"
#include "user.h"
#include "wait.h"

#include <machine/print.h>
#include <machine/serial.h>
#include <machine/string.h>

enum { LINE_SIZE = 1024, LOOK_EVERY = TIME_HZ / 100, CHUNK = 2048 /* Linux's terminals take as much at a time */ };
enum { INTERRUPT = 3, END_OF_FILE = 4, BACKSPACE = 8, KILL_LINE = 21, DELETE = 127 };

/* What has been typed: complete lines in [read, ready), and behind them the one that is still being typed. */
static struct {
    char text[LINE_SIZE];
    u32 read, ready, typed;
    bool at_end; /* ^D was typed behind the last line */
} line;

static void
echo(const char *text)
{
    serial_write(text, strlen(text));
}

static void
rub_out(void)
{
    if (line.typed > line.ready) {
        line.typed--;
        echo("\b \b");
    }
}

/* What readers have taken goes, when room is needed. The last place is for the end of a line. */
static void
add(char c)
{
    const char visible[] = {c, 0};
    if (line.typed == LINE_SIZE && line.read > 0) {
        memmove(line.text, line.text + line.read, line.typed - line.read);
        line.typed -= line.read;
        line.ready -= line.read;
        line.read = 0;
    }
    if (line.typed == LINE_SIZE || (c != '\n' && line.typed == LINE_SIZE - 1))
        return;
    line.text[line.typed++] = c;
    echo(c == '\n' ? "\r\n" : visible);
}

/* Nothing of what was typed is input any more, and all processes, which are of one group, have the signal. */
static void
interrupt(void)
{
    line.read = line.ready = line.typed = 0;
    line.at_end = false;
    echo("^C");
    signal_send_all(SIGINT);
}

static void
type(char c)
{
    if (c == INTERRUPT)
        interrupt();
    if (c == INTERRUPT || line.at_end)
        return;
    switch (c) {
    case '\r':
    case '\n':
        add('\n');
        line.ready = line.typed;
        return;
    case END_OF_FILE:
        line.at_end = line.ready == line.typed;
        line.ready = line.typed;
        return;
    case BACKSPACE:
    case DELETE: rub_out(); return;
    case KILL_LINE:
        while (line.typed > line.ready)
            rub_out();
        return;
    default: add(c);
    }
}

static bool
has_input(void)
{
    return line.read < line.ready || line.at_end;
}

/* Until there is a line: 0, or -EINTR, -EAGAIN. Takes no more from the serial port than that needs. */
static long
wait_for_line(const struct file *file)
{
    struct wait_queue nobody_wakes = {NULL, NULL};
    for (int c;;) {
        while (!has_input() && (c = serial_read()) >= 0)
            type(c);
        if (has_input())
            return 0;
        if (file->flags & O_NONBLOCK)
            return -EAGAIN;
        if (wait_until(&nobody_wakes, time_now() + LOOK_EVERY) == -EINTR)
            return -EINTR;
    }
}

/* ^C may stand behind what nobody reads: all that has come is taken, and lost if there is no room. */
long
console_wait(struct wait_queue *queue)
{
    long result = -ETIMEDOUT;
    if (current->signals.action[SIGINT].handler == SIG_DFL)
        return wait_on(queue);
    for (int c; result == -ETIMEDOUT; result = wait_until(queue, time_now() + LOOK_EVERY))
        while ((c = serial_read()) >= 0)
            type(c);
    return result;
}

/* How many bytes of the first line. */
static u32
first_line(void)
{
    u32 end = line.read;
    while (end < line.ready && line.text[end++] != '\n')
        ;
    return end - line.read;
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
    u32 left = first_line(), n = left < transfer->left ? left : transfer->left;
    if (n == 0)
        line.at_end = false;
    if (transfer_to_user(transfer, line.text + line.read, n) < 0)
        return -EFAULT;
    line.read += n;
    if (line.read == line.typed)
        line.read = line.ready = line.typed = 0;
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
        .input = ICRNL, .output = 0, .control = B115200 | CS8 | CREAD, .local = ISIG | ICANON | ECHO | ECHOE | ECHOK,
        .characters = {[VINTR] = INTERRUPT, [VEOF] = END_OF_FILE, [VERASE] = DELETE, [VKILL] = KILL_LINE, [VMIN] = 1},
    };
    static const struct winsize size;
    switch (request) {
    case TCGETS: return user_write(argument, &settings, sizeof settings);
    case TIOCGWINSZ: return user_write(argument, &size, sizeof size);
    case TCSBRK: serial_drain(); return 0;
    default: return -ENOTTY;
    }
}
