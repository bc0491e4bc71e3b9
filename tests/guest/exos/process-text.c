/* What may not be written of a program is there once for all processes that execute it: executing takes no new pages, nobody's writes reach the others, and it goes when memory is short. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/frame_table.h>
#include <exos/process.h>
#include <exos/text.h>
#include <exos/vm.h>

enum { RW = AEGIS_READ | AEGIS_WRITE, HELLO = 7, OFTEN = 200, BAD = 99 };

static const void *image;
static size_t size;

static long
run(const char *const argv[])
{
    long pid = exos_fork();
    if (pid == 0)
        exos_exit(-exos_exec(image, size, argv));
    return pid;
}

static bool
ends_with(long pid, int status)
{
    int got = -1;
    return pid > 0 && exos_wait(pid, &got) == pid && got == status << 8;
}

static uint32_t
pages_in_use(void)
{
    return AEGIS_INFO_POINTER->page_count - AEGIS_INFO_POINTER->free_pages;
}

static void
taken_once(void)
{
    check(exos_file_image("/bin/hello", &image, &size) == 0 && exos_head->ntexts == 0, "no program has been executed yet");
    for (int i = 0; i < 3; i++)
        check(ends_with(run(NULL), HELLO), "a program is executed");
    uint32_t before = pages_in_use(), texts = exos_head->ntexts;
    bool good = true;
    for (int i = 0; i < OFTEN; i++)
        good &= ends_with(run(NULL), HELLO);
    check(good && texts == 1 && exos_head->ntexts == 1, "and 200 times more, with one text");
    check(pages_in_use() == before, "which takes no page from the kernel");
}

/* Executed: change a constant of this program's own text, as its next process would see it. */
static const volatile uint32_t constant = 5;

static int
executed(void)
{
    void *page = (void *)((uintptr_t)&constant & -4096ul);
    if (constant != 5)
        return BAD;
    if (exos_vm_protect(page, 1, RW) < 0)
        return BAD + 1;
    *(volatile uint32_t *)&constant = 6;
    return constant;
}

static void
written_apart(void)
{
    static const char *const argv[] = {"process-text", NULL};
    check(exos_file_image("/process-text", &image, &size) == 0, "this program is a file too");
    check(ends_with(run(argv), 6) && ends_with(run(argv), 6), "what one process writes to its text, the next does not see");
}

static void
given_up(void)
{
    exos_session_lock();
    check(exos_text_drop_all() && exos_head->ntexts == 0 && !exos_text_drop_all(), "all texts are given up");
    exos_session_unlock();
    exos_file_image("/bin/hello", &image, &size);
    check(ends_with(run(NULL), HELLO) && exos_head->ntexts == 1, "and made anew");
}

int
main(int argc, char **argv)
{
    (void)argv;
    if (argc > 0)
        return executed();
    check_begin("process-text");
    taken_once();
    written_apart();
    given_up();
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
