/* execve: what the new program finds (arguments, environment, descriptors, signals, memory) and what it does not; errors that leave the old program as it was.
 *
 * The program that is executed is this one again, with a word that says what to look at.
 */

#include "attack.h"
#include "calls.h"

#include <posix.h>

#define SELF "/exolab/process-exec"

extern uint64_t *unix_first_stack;

static char written = 'o'; /* 'o' in every new image */

static bool
same(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

/* ---- what the new program looks at; 0: all is well ----------------------------------------------------------------------- */

static int
look_at_arguments(int argc, char **argv)
{
    char **environment = argv + argc + 1;
    return !(argc == 4 && same(argv[2], "") && same(argv[3], "last one") && !argv[4] && same(environment[0], "A=1") && same(environment[1], "B=") && !environment[2]);
}

static int
look_at_descriptors(int argc, char **argv)
{
    char byte = 0;
    (void)argc, (void)argv;
    bool good = CALL(read, 10, &byte, 1) == 1 && byte == 'd' && CALL(read, 11, &byte, 1) == -EBADF && CALL(fcntl, 0, F_GETFD) == 0;
    char folder[10];
    return !(good && CALL(getcwd, folder, sizeof folder) == 5 && equal(folder, "/tmp", 5));
}

static int
look_at_signals(int argc, char **argv)
{
    struct unix_sigaction action;
    uint64_t mask = 0, pending = 0;
    (void)argc, (void)argv;
    bool good = CALL(rt_sigaction, SIGUSR1, 0, &action, 8) == 0 && action.handler == SIG_DFL;
    good &= CALL(rt_sigaction, SIGUSR2, 0, &action, 8) == 0 && action.handler == SIG_IGN;
    CALL(rt_sigprocmask, SIG_BLOCK, 0, &mask, 8);
    CALL(rt_sigpending, &pending, 8);
    return !(good && mask == 1ul << (SIGTERM - 1) && pending == mask);
}

static int
look_at_memory(int argc, char **argv)
{
    (void)argc, (void)argv;
    catch_all();
    uint64_t fp[64];
    asm volatile("fxsave64 %0" : "=m"(*(char(*)[512])((uint64_t)(fp + 1) & ~15ul)));
    bool good = written == 'o' && signal_of_read(UNMAPPED) == SIGSEGV;
    uint64_t xmm0;
    asm volatile("movq %%xmm0, %0" : "=r"(xmm0));
    return !(good && xmm0 == 0);
}

static int
look_at_nothing(int argc, char **argv)
{
    return !(argc == 1 && same(argv[0], "") && !argv[1]);
}

/* ---- what is executed ---------------------------------------------------------------------------------------------------- */

static const char *const no_environment[] = {NULL};

static int
execute(const char *const argv[], const char *const environment[])
{
    long pid = CALL(fork);
    if (pid == 0) {
        long error = CALL(execve, SELF, argv, environment);
        unix_exit(-error);
    }
    return status_of(pid);
}

static void
check_program(void)
{
    const char *const arguments[] = {SELF, "arguments", "", "last one", NULL}, *const environment[] = {"A=1", "B=", NULL};
    check(execute(arguments, environment) == 0, "its arguments and environment");
    int pipe[2];
    const char *const descriptors[] = {SELF, "descriptors", NULL};
    CALL(pipe, pipe);
    CALL(write, pipe[1], "data", 4);
    CALL(dup2, pipe[0], 10), CALL(dup3, pipe[0], 11, O_CLOEXEC);
    CALL(chdir, "/tmp");
    check(execute(descriptors, no_environment) == 0, "the descriptors but for those to be closed, and the working folder");
    CALL(chdir, "/");
    check(CALL(read, 11, &(char){0}, 1) == 1, "which its parent still has");
    for (int i = 3; i < 12; i++)
        CALL(close, i);
    const char *const memory[] = {SELF, "memory", NULL};
    written = 'w';
    unix_mmap((void *)UNMAPPED, PAGE, PROT_READ | PROT_WRITE, MAP_FIXED);
    asm volatile("pcmpeqd %%xmm0, %%xmm0" : : : "memory");
    check(execute(memory, no_environment) == 0, "fresh memory and registers");
    const char *const signals[] = {SELF, "signals", NULL};
    uint64_t mask = 1ul << (SIGTERM - 1);
    unix_catch(SIGUSR1, saw_signal);
    unix_catch_with(SIGUSR2, SIG_IGN, 0, 0);
    long pid = CALL(fork);
    if (pid == 0) {
        CALL(rt_sigprocmask, SIG_SETMASK, &mask, 0, 8);
        CALL(kill, port_getpid(), SIGTERM);
        unix_exit(-CALL(execve, SELF, signals, no_environment));
    }
    check(status_of(pid) == 0, "signals: caught ones are not, ignored ones are, the mask and what is pending stay");
}

static void
check_errors(void)
{
    static char *many[40000];
    static char long_string[200000];
    const char *const argv[] = {"x", NULL};
    check(CALL(execve, "/tmp/none", argv, no_environment) == -ENOENT && CALL(execve, "/tmp", argv, no_environment) == -EACCES && CALL(execve, "", argv, no_environment) == -ENOENT, "no such program");
    check(CALL(execve, "/bin/true/x", argv, no_environment) == -ENOTDIR && CALL(execve, BAD, argv, no_environment) == -EFAULT, "no path");
    check(CALL(execve, "/bin/true", BAD, no_environment) == -EFAULT && CALL(execve, "/bin/true", argv, KERNEL_ADDRESS) == -EFAULT, "lists that cannot be read");
    const char *const bad_string[] = {"x", BAD, NULL};
    check(CALL(execve, "/bin/true", bad_string, no_environment) == -EFAULT && CALL(execve, "/bin/true", argv, bad_string) == -EFAULT, "strings that cannot be read");
    for (int i = 0; i < 39999; i++)
        many[i] = long_string;
    memset(long_string, 'x', sizeof long_string - 1);
    const char *const too_long[] = {"x", long_string, NULL};
    check(CALL(execve, "/bin/true", too_long, no_environment) == -E2BIG && CALL(execve, "/bin/true", many, no_environment) == -E2BIG, "more than can be told");
    long fd = CALL(open, "/tmp/not-executable", O_CREAT | O_WRONLY, 0644);
    CALL(write, fd, "text", 4);
    CALL(close, fd);
    check(CALL(execve, "/tmp/not-executable", argv, no_environment) == -EACCES && CALL(chmod, "/tmp/not-executable", 0755) == 0, "no permission");
    check(CALL(execve, "/tmp/not-executable", argv, no_environment) == -ENOEXEC && CALL(unlink, "/tmp/not-executable") == 0, "no program");
    check(CALL(execve, "/dev/null", argv, no_environment) == -EACCES, "a device");
}

/* The first program of a boot, or one that execute() has started. */
int
main(int argc, char **argv)
{
    static const struct {
        const char *word;
        int (*look)(int argc, char **argv);
    } row[] = {{"arguments", look_at_arguments}, {"descriptors", look_at_descriptors}, {"signals", look_at_signals}, {"memory", look_at_memory}};
    for (size_t i = 0; argc > 1 && i < sizeof row / sizeof row[0]; i++)
        if (same(argv[1], row[i].word))
            return row[i].look(argc, argv);
    if (argc == 1 && same(argv[0], ""))
        return look_at_nothing(argc, argv);
    check_begin("process-exec");
    check_program();
    check(execute(NULL, NULL) == 0, "no arguments at all: one that is empty, as on Linux");
    check_errors();
    return check_end();
}
