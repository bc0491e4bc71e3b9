/* sh.c - the shell: reads lines, runs programs, in pipelines and with redirections. What a line means is sh/parse.c's business.
 *
 * A name without / is a program of /bin. Each command of a pipeline is a process; the status is the last one's: what it exits with, or 128 + the signal that ended it;
 * 127 for a name that there is not, 126 for what cannot be executed, 2 for a line that is not understood.
 */

#include "sh/parse.h"
#include "text.h"

enum { PATH_SIZE = 256, STATUS_LINE = 2, STATUS_NOT_EXECUTABLE = 126, STATUS_NOT_FOUND = 127, STATUS_SIGNAL = 128 };
enum { NO_FILE = 2, INTERRUPTED_CALL = 4, NO_NAME = 36, END_OF_INPUT = -1, TOO_LONG = -2, DISCARDED = -3 };

#define PROMPT "$ "

static int status; /* of the last pipeline */
static volatile bool interrupted; /* by ^C, since the last line */

static int me;                    /* the shell's pid */

/* ^C ends the programs that run, also those that are not executed yet, and not the shell. */
static void
interrupt(int signal)
{
    if (port_getpid() != me)
        port_exit(STATUS_SIGNAL + signal);
    interrupted = true;
}

static void
complain(const char *what, const char *why)
{
    text_put(STDERR, "sh: ");
    text_put(STDERR, what);
    text_put(STDERR, ": ");
    text_put(STDERR, why);
    text_put(STDERR, "\n");
}

/* ---- built-in commands ---------------------------------------------------------------------------------------------------- */

/* exit [STATUS] */
static _Noreturn void
run_exit(char **argv)
{
    int value = argv[1] ? 0 : status;
    for (const char *digit = argv[1]; digit && *digit >= '0' && *digit <= '9'; digit++)
        value = (value * 10 + *digit - '0') & 255;
    port_exit(value);
}

/* cd [FOLDER] */
static int
run_cd(char **argv)
{
    long error = port_chdir(argv[1] ? argv[1] : "/");
    if (error < 0)
        complain(argv[1], text_error(error));
    return error < 0;
}

static int
run_pwd(void)
{
    char path[PATH_SIZE];
    long error = port_getcwd(path, sizeof path);
    if (error < 0)
        complain("pwd", text_error(error));
    return error < 0 || !text_put(STDOUT, path) || !text_put(STDOUT, "\n");
}

static int
run_help(void)
{
    static const char text[] = "COMMAND ARGUMENT...   run a program of /bin (ls /bin lists them), or one by its path\n"
                               "A | B                 the output of A is the input of B, and so on\n"
                               "< FILE  > FILE  >> FILE   input from, output to a new file, output to the end of a file\n"
                               "A ; B   A && B   A || B   B after A; only if A succeeded; only if it failed\n"
                               "'...' \"...\" \\x $?   as it is; the same, but for \\ and $?; one character as it is; the last status\n"
                               "cd [FOLDER], pwd, exit [STATUS], help   are the shell's own. Backspace and ^U edit a line, ^C ends what runs, ^D the input.\n";
    return text_put(STDOUT, text) ? 0 : 1;
}

/* ---- in a child ----------------------------------------------------------------------------------------------------------- */

static void
redirect(const struct sh_redirection *redirection)
{
    static const int flags[] = {
        [SH_FROM] = PORT_O_RDONLY, [SH_TO] = PORT_O_WRONLY | PORT_O_CREAT | PORT_O_TRUNC, [SH_APPEND] = PORT_O_WRONLY | PORT_O_CREAT | PORT_O_APPEND,
    };
    long fd = port_open(redirection->path, flags[redirection->kind], 0666);
    if (fd < 0) {
        complain(redirection->path, text_error(fd));
        port_exit(1);
    }
    port_dup2(fd, redirection->kind == SH_FROM ? STDIN : STDOUT);
    port_close(fd);
}

static bool
has_slash(const char *name)
{
    while (*name && *name != '/')
        name++;
    return *name;
}

/* Where a command's program is: its name, or that in /bin. False: the path would be too long. */
static bool
find(const char *name, char path[PATH_SIZE])
{
    size_t n = 0;
    for (const char *folder = has_slash(name) ? "" : "/bin/"; *folder; folder++)
        path[n++] = *folder;
    for (; *name && n < PATH_SIZE - 1; name++)
        path[n++] = *name;
    path[n] = 0;
    return !*name;
}

static _Noreturn void
execute(char **argv)
{
    char path[PATH_SIZE];
    if (text_equal(argv[0], "exit"))
        run_exit(argv);
    if (text_equal(argv[0], "help"))
        port_exit(run_help());
    if (text_equal(argv[0], "cd"))
        port_exit(run_cd(argv));
    if (text_equal(argv[0], "pwd"))
        port_exit(run_pwd());
    long error = find(argv[0], path) ? port_exec(path, (const char *const *)argv) : -NO_NAME;
    bool missing = error == -NO_FILE;
    complain(argv[0], missing && !has_slash(argv[0]) ? "there is no such program; ls /bin lists those that there are" : text_error(error));
    port_exit(missing ? STATUS_NOT_FOUND : STATUS_NOT_EXECUTABLE);
}

static _Noreturn void
run_command(const struct sh_command *command)
{
    port_signal(PORT_SIGINT, NULL);
    for (size_t i = 0; i < command->nredirections; i++)
        redirect(&command->redirection[i]);
    if (!command->argv[0])
        port_exit(0);
    execute(command->argv);
}

/* ---- pipelines ------------------------------------------------------------------------------------------------------------ */

struct stage {
    long pid;
    int input, next_input; /* descriptors; the second, -1 for the last stage, is the other end of its output */
    int output;
};

static void
move(int from, int to)
{
    if (from == to)
        return;
    port_dup2(from, to);
    port_close(from);
}

/* Open what connects a stage with the next, and start it. Returns 0 or an error: then nothing is open or runs of it. */
static long
start(struct stage *stage, const struct sh_command *command, bool last)
{
    int fd[2] = {-1, STDOUT};
    long error = last ? 0 : port_pipe(fd);
    if (error < 0)
        return error;
    stage->next_input = fd[0];
    stage->output = fd[1];
    stage->pid = port_fork();
    if (stage->pid == 0) {
        if (!last)
            port_close(stage->next_input);
        move(stage->input, STDIN);
        move(stage->output, STDOUT);
        run_command(command);
    }
    if (!last)
        port_close(stage->output);
    if (stage->pid < 0 && !last)
        port_close(stage->next_input);
    return stage->pid < 0 ? stage->pid : 0;
}

/* Who writes to a pipe that nobody reads any more ends without a word, and so does who is interrupted by ^C. */
static void
tell_signal(const char *name, int signal)
{
    static const char *const what[] = {
        [PORT_SIGINT] = "interrupted", [4] = "illegal instruction", [7] = "bus error", [8] = "arithmetic error", [PORT_SIGKILL] = "killed", [11] = "segmentation fault", [PORT_SIGTERM] = "terminated",
    };
    if (signal != PORT_SIGPIPE && !(signal == PORT_SIGINT && interrupted))
        complain(name, signal <= PORT_SIGTERM && what[signal] ? what[signal] : "ended by a signal");
}

/* Wait for one stage. Returns its status. */
static int
finish(const struct stage *stage, const struct sh_command *command)
{
    int ended = 0, signal;
    long pid;
    while ((pid = port_wait(stage->pid, &ended)) == -INTERRUPTED_CALL)
        ;
    if (pid < 0)
        return 1;
    signal = ended & 0x7f;
    if (signal)
        tell_signal(command->argv[0] ? command->argv[0] : "", signal);
    return signal ? STATUS_SIGNAL + signal : ended >> 8 & 255;
}

static int
run_pipeline(const struct sh_pipeline *pipeline)
{
    static struct stage stage[SH_COMMANDS];
    size_t nstarted = 0;
    int input = STDIN, result = 0;
    long error = 0;
    for (; nstarted < pipeline->ncommands; nstarted++) {
        stage[nstarted].input = input;
        error = start(&stage[nstarted], &pipeline->command[nstarted], nstarted == pipeline->ncommands - 1);
        if (input != STDIN)
            port_close(input);
        if (error < 0)
            break;
        input = stage[nstarted].next_input;
    }
    for (size_t i = 0; i < nstarted; i++)
        result = finish(&stage[i], &pipeline->command[i]);
    if (error < 0) {
        const char *name = pipeline->command[nstarted].argv[0];
        complain(name ? name : "sh", text_error(error));
        return 1;
    }
    return result;
}

/* ---- lines ---------------------------------------------------------------------------------------------------------------- */

/* In the shell itself is done what changes it. */
static int
run(const struct sh_pipeline *pipeline)
{
    char **argv = pipeline->command[0].argv;
    bool alone = pipeline->ncommands == 1 && argv[0];
    if (alone && text_equal(argv[0], "exit"))
        run_exit(argv);
    return alone && text_equal(argv[0], "cd") ? run_cd(argv) : run_pipeline(pipeline);
}

/* Nothing is run of a line that has a mistake somewhere. */
static const char *
check(const char *line)
{
    static struct sh_pipeline pipeline;
    const char *error;
    do
        error = sh_parse(&line, 0, &pipeline);
    while (!error && pipeline.next != SH_END);
    return error;
}

/* The rest of a line is not run when ^C has ended a part of it. */
static void
run_line(const char *line)
{
    static struct sh_pipeline pipeline;
    const char *error = check(line);
    if (error) {
        complain("not understood", error);
        status = STATUS_LINE;
        return;
    }
    bool skip = false;
    do {
        sh_parse(&line, status, &pipeline);
        if (pipeline.ncommands > 0 && !skip)
            status = run(&pipeline);
        skip = pipeline.next == SH_AND ? status != 0 : pipeline.next == SH_OR && status == 0;
    } while (pipeline.next != SH_END && !(interrupted && status == STATUS_SIGNAL + PORT_SIGINT));
    if (interrupted && status == STATUS_SIGNAL + PORT_SIGINT)
        text_put(STDERR, "\n"); /* behind the terminal's ^C */
}

/* A line without its newline, byte by byte: what is behind it in a pipe is for the programs that it starts. Returns its length, END_OF_INPUT, TOO_LONG, or
 * DISCARDED: ^C was typed in it. */
static long
read_line(char line[SH_LINE_MAX])
{
    long n = 0, got;
    char c;
    while ((got = port_read(STDIN, &c, 1)) == 1) {
        if (c == '\n' || c == 0) {
            line[n < SH_LINE_MAX ? n : 0] = 0;
            return n < SH_LINE_MAX ? n : TOO_LONG;
        }
        if (n < SH_LINE_MAX)
            line[n++] = c;
    }
    if (got == -INTERRUPTED_CALL)
        return DISCARDED;
    line[n < SH_LINE_MAX ? n : 0] = 0;
    return n == 0 ? END_OF_INPUT : n < SH_LINE_MAX ? n : TOO_LONG;
}

int
main(void)
{
    static char line[SH_LINE_MAX];
    me = port_getpid();
    port_signal(PORT_SIGINT, interrupt);
    for (;;) {
        text_put(STDERR, PROMPT);
        long n = read_line(line);
        if (n == END_OF_INPUT)
            break;
        interrupted = false;
        if (n == DISCARDED)
            text_put(STDERR, "\n");
        else if (n == TOO_LONG)
            complain("not understood", "the line is too long");
        else
            run_line(line);
    }
    text_put(STDERR, "\n");
    return status;
}
