/* build.c - what a build does to a system: 33 source files, each through a pipeline of three passes into an object, and a linker that reads all objects.
 *
 * 100 processes, started as a shell would: fork, pipe, dup2, open, exec. The passes are workloads/programs/pass.c; what they do to a byte is in pass.h, so that the
 * result can be checked without them.
 */

#include "../programs/pass.h"
#include "program.h"

#include <port.h>
#include <random.h>

enum { SOURCES = 33, SOURCE_SIZE = 4096, LAST_NAME = 20, STATUS_NO_EXEC = 127, STATUS_NO_FILE = 126, PASS_PIPES = PASS_COUNT - 1 };

#define PROGRAM "/bin/pass"
#define RESULT "/tmp/program"

static char source_name[SOURCES][LAST_NAME], object_name[SOURCES][LAST_NAME];
static uint8_t text[SOURCE_SIZE], found[SOURCE_SIZE];
static bool ran, wrong; /* build_run has run; it or its result was not right */

/* `folder_and_letter` and two digits. */
static void
make_name(char *name, const char *folder_and_letter, int number)
{
    while (*folder_and_letter)
        *name++ = *folder_and_letter++;
    *name++ = '0' + number / 10;
    *name++ = '0' + number % 10;
    *name = 0;
}

static void
make_text(int source)
{
    uint32_t state = RANDOM_SEED + source;
    for (int i = 0; i < SOURCE_SIZE; i++)
        text[i] = ' ' + random_below(&state, '~' - ' ');
}

static bool
write_source(int source)
{
    make_text(source);
    int fd = port_open(source_name[source], PORT_O_WRONLY | PORT_O_CREAT | PORT_O_TRUNC, 0644);
    bool good = fd >= 0 && port_write_fd(fd, text, SOURCE_SIZE) == SOURCE_SIZE;
    port_close(fd);
    return good;
}

static const char *
unsupported(void)
{
    bool good = true;
    for (int i = 0; i < SOURCES; i++) {
        make_name(source_name[i], "/tmp/source", i);
        make_name(object_name[i], "/tmp/object", i);
        good &= write_source(i);
    }
    return good ? NULL : "this system has no files to write to";
}

/* In a child: descriptor `to` becomes the file, or the child ends. */
static void
redirect(const char *path, int flags, int to)
{
    int fd = port_open(path, flags, 0644);
    if (fd < 0)
        port_exit(STATUS_NO_FILE);
    port_dup2(fd, to);
    port_close(fd);
}

static _Noreturn void
execute(const char *const argv[])
{
    port_exec(PROGRAM, argv);
    port_exit(STATUS_NO_EXEC);
}

static _Noreturn void
run_pass(int pass, int source, const int in[2], const int out[2])
{
    const char number[] = {'0' + pass, 0};
    const char *const argv[] = {"pass", number, NULL};
    if (in) {
        port_dup2(in[0], 0);
        port_close(in[0]);
    } else
        redirect(source_name[source], PORT_O_RDONLY, 0);
    if (out) {
        port_dup2(out[1], 1);
        port_close(out[0]);
        port_close(out[1]);
    } else
        redirect(object_name[source], PORT_O_WRONLY | PORT_O_CREAT | PORT_O_TRUNC, 1);
    execute(argv);
}

static void
wait_for(int children)
{
    for (int status; children > 0; children--)
        wrong |= port_wait(-1, &status) < 0 || status != 0;
}

/* pass 0 < source | pass 1 | pass 2 > object */
static void
compile(int source)
{
    int before[2], behind[2];
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        if (pass < PASS_PIPES)
            wrong |= port_pipe(behind) < 0;
        if (port_fork() == 0)
            run_pass(pass, source, pass > 0 ? before : NULL, pass < PASS_PIPES ? behind : NULL);
        if (pass > 0)
            port_close(before[0]);
        if (pass < PASS_PIPES)
            port_close(behind[1]);
        before[0] = behind[0];
    }
    wait_for(PASS_COUNT);
}

static void
link_objects(void)
{
    const char *argv[SOURCES + 3] = {"pass", "link"};
    for (int i = 0; i < SOURCES; i++)
        argv[i + 2] = object_name[i];
    if (port_fork() == 0) {
        redirect(RESULT, PORT_O_WRONLY | PORT_O_CREAT | PORT_O_TRUNC, 1);
        execute(argv);
    }
    wait_for(1);
}

void
build_run(void)
{
    for (int i = 0; i < SOURCES; i++)
        compile(i);
    link_objects();
    ran = true;
}

static bool
equal(int fd)
{
    bool same = port_read(fd, found, SOURCE_SIZE) == SOURCE_SIZE;
    for (int i = 0; i < SOURCE_SIZE; i++)
        same &= found[i] == text[i];
    return same;
}

/* The linked file is all sources, each after its three passes. */
static bool
linked_is_right(void)
{
    int fd = port_open(RESULT, PORT_O_RDONLY, 0);
    bool good = fd >= 0;
    for (int source = 0; good && source < SOURCES; source++) {
        make_text(source);
        for (int pass = 0; pass < PASS_COUNT; pass++) {
            uint32_t state = pass;
            pass_bytes(&state, text, SOURCE_SIZE);
        }
        good = equal(fd);
    }
    good = good && port_read(fd, found, 1) == 0;
    port_close(fd);
    return good;
}

/* Look at what the last run made, then remove it. */
void
build_prepare(void)
{
    wrong |= ran && !linked_is_right();
    ran = false;
    port_unlink(RESULT);
    for (int i = 0; i < SOURCES; i++)
        port_unlink(object_name[i]);
}

static bool
result_is_right(void)
{
    wrong |= ran && !linked_is_right();
    return !wrong;
}

const struct program build_program = {unsupported, result_is_right};
