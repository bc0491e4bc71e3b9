/* init.c - Linux's /init: runs each program that /exolab/order names, as a child, reports how it ended, and ends the emulation.
 *
 * What the kernels do in machine/ and main.c, done from user level: the wire format is docs/wire-format.md. Nothing is measured in this process: Linux
 * logs each fault of process 1 and so pays more for it. Invariant: whatever fails, the machine stops with a status other than success.
 */

#include <report.h>
#include <stdbool.h>
#include <unix.h>

enum { ORDER_MAX = 65536, NAME_MAX = 255, STATUS_NOT_STARTED = 127, STATUS_SIGNAL = 128 };
enum { TCSBRK = 0x5409, PORT_QEMU_EXIT = 0xf4 };
enum { REBOOT_MAGIC = 0xfee1dead, REBOOT_MAGIC2 = 0x28121969, REBOOT_POWER_OFF = 0x4321fedc };

#define FOLDER "/exolab/"

enum { NR_mknod = 133, NR_clock_gettime = 228, S_IFCHR = 0020000, CLOCK_MONOTONIC = 1, SECOND = 1000000000 };
#define DEVICE(major, minor) ((major) << 8 | (minor))

/* The ticks of `body` after `before`, on one CPU; the same three sequences as machine/tick.c. */
#define TICKS(before, body)                                                                          \
    ({                                                                                               \
        uint32_t ticks_;                                                                             \
        asm volatile(before "\n\trdtsc\n\tmov %%eax, %%esi\n\t" body "\n\trdtsc\n\tsub %%esi, %%eax" \
                     : "=a"(ticks_)                                                                  \
                     :                                                                               \
                     : "rcx", "rdx", "rsi", "cc");                                                   \
        ticks_;                                                                                      \
    })

static uint64_t
ticks_now(void)
{
    uint32_t low, high;
    asm volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

static uint64_t
nanoseconds_now(void)
{
    uint64_t time[2] = {0, 0};
    unix_call(NR_clock_gettime, CLOCK_MONOTONIC, (uint64_t)time, 0, 0, 0, 0);
    return time[0] * SECOND + time[1];
}

/* Ticks need not be instructions, says the command line: how long is one? */
static void
report_clock(void)
{
    uint64_t first = nanoseconds_now(), start = ticks_now(), now, ticks;
    do {
        now = nanoseconds_now();
        ticks = ticks_now() - start;
    } while (now - first < SECOND / 100);
    report_begin("clock");
    report_number(ticks);
    report_number(now - first);
    report_end();
}

/* Linux's command line ends so (harness/emulators/qemu.py). */
static bool
wall_clock(void)
{
    static const char last[] = "exolab.clock=wall\n";
    static char line[ORDER_MAX];
    long fd = unix_call(NR_open, (uint64_t)"/proc/cmdline", 0, 0, 0, 0, 0);
    long n = unix_call(NR_read, fd, (uint64_t)line, sizeof line, 0, 0, 0);
    unix_call(NR_close, fd, 0, 0, 0, 0, 0);
    for (size_t i = 1; i < sizeof last; i++)
        if (n < (long)i || line[n - i] != last[sizeof last - 1 - i])
            return false;
    return true;
}

static void
report_tick(void)
{
    uint32_t empty = TICKS("", "");
    uint32_t nops = TICKS("", ".rept 100\n\tnop\n\t.endr");
    uint32_t loop = TICKS("mov $1000, %%ecx", "1: dec %%ecx\n\tjnz 1b");
    report_begin("tick");
    report_number(empty);
    report_number(nops);
    report_number(loop);
    report_end();
}

static void
report_status(const char *verb, const char *name, const char *text, int number)
{
    report_begin(verb);
    report_word(name);
    report_text(text);
    report_number(number);
    report_end();
}

static _Noreturn void
shut_down(int status)
{
    unix_call(NR_ioctl, 1, TCSBRK, 1, 0, 0, 0); /* tcdrain */
    if (unix_call(NR_iopl, 3, 0, 0, 0, 0, 0) == 0)
        asm volatile("outb %0, %1" : : "a"((uint8_t)status), "d"((uint16_t)PORT_QEMU_EXIT));
    unix_call(NR_reboot, REBOOT_MAGIC, REBOOT_MAGIC2, REBOOT_POWER_OFF, 0, 0, 0);
    unix_exit(1); /* the kernel panics */
}

/* What our kernels have without being asked: a place for files, devices, and (Linux alone) /proc, through which it tells which pages are dirty. Whoever needs what
 * could not be made will say so. */
static void
make_folders(void)
{
    unix_call(NR_mkdir, (uint64_t)"/tmp", 01777, 0, 0, 0, 0);
    unix_call(NR_mkdir, (uint64_t)"/proc", 0555, 0, 0, 0, 0);
    unix_call(NR_mknod, (uint64_t)"/dev/null", S_IFCHR | 0666, DEVICE(1, 3), 0, 0, 0);
    unix_call(NR_mknod, (uint64_t)"/dev/zero", S_IFCHR | 0666, DEVICE(1, 5), 0, 0, 0);
    unix_call(NR_mknod, (uint64_t)"/dev/full", S_IFCHR | 0666, DEVICE(1, 7), 0, 0, 0);
    unix_call(NR_mount, (uint64_t)"proc", (uint64_t)"/proc", (uint64_t)"proc", 0, 0, 0);
}

/* The list of names, one a line, 0-terminated. */
static char *
read_order(void)
{
    static char text[ORDER_MAX];
    long fd = unix_call(NR_open, (uint64_t)FOLDER "order", 0, 0, 0, 0, 0);
    long n = fd < 0 ? fd : unix_call(NR_read, fd, (uint64_t)text, sizeof text - 1, 0, 0, 0);
    unix_call(NR_close, fd, 0, 0, 0, 0, 0); /* programs begin with 0, 1 and 2 alone */
    if (n < 0) {
        report_status("panic", "init cannot read " FOLDER "order, error", "", -n);
        shut_down(1);
    }
    return text;
}

static _Noreturn void
execute(const char *name)
{
    char path[sizeof FOLDER + NAME_MAX] = FOLDER;
    const char *argv[] = {name, NULL}, *envp[] = {NULL};
    for (size_t i = 0; i < NAME_MAX && name[i]; i++)
        path[sizeof FOLDER - 1 + i] = name[i];
    long error = unix_call(NR_execve, (uint64_t)path, (uint64_t)argv, (uint64_t)envp, 0, 0, 0);
    report_status("killed", name, " not started: execve error", -error);
    unix_exit(STATUS_NOT_STARTED);
}

/* Run one program. Returns its status as a shell would see it. */
static int
run(const char *name)
{
    int status = 0;
    long child = unix_call(NR_fork, 0, 0, 0, 0, 0, 0);
    if (child == 0)
        execute(name);
    if (child < 0) {
        report_status("killed", name, " not started: fork error", -child);
        return STATUS_NOT_STARTED;
    }
    unix_call(NR_wait4, child, (uint64_t)&status, 0, 0, 0, 0);
    int signal = status & 0x7f;
    if (signal)
        report_status("killed", name, " signal", signal);
    return signal ? STATUS_SIGNAL + signal : status >> 8 & 0xff;
}

int
main(void)
{
    report_begin("boot 1 linux");
    report_end();
    make_folders();
    if (wall_clock())
        report_clock();
    else
        report_tick();
    int failures = 0;
    for (char *name = read_order(), *end; *name; name = end + 1) {
        for (end = name; *end && *end != '\n'; end++)
            ;
        bool last = !*end;
        *end = 0;
        int status = run(name);
        report_status("exit", name, "", status);
        failures += status != 0;
        if (last)
            break;
    }
    report_begin("halt");
    report_number(failures);
    report_end();
    shut_down(failures != 0);
}
