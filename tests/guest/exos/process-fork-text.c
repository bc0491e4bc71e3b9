/* A program that has written its own text and read-only data forks: the child has the bytes that its parent has, and not the file's. So has the child's child, and each writes its own. */

#include "attack.h"

#include <exos/fd.h>
#include <exos/process.h>
#include <exos/vm.h>

enum { RW = AEGIS_READ | AEGIS_WRITE, PAGE = AEGIS_PAGE_SIZE };

/* Two pages of text: mov $1, %eax; ret. */
extern uint8_t text_page[2 * PAGE];
asm(".text\n.balign 4096\ntext_page:\n\t.rept 2\n\tmov $1, %eax\n\tret\n\t.balign 4096, 0x90\n\t.endr\n");

static const volatile uint32_t __attribute__((aligned(PAGE))) constant[PAGE / 4] = {5};

static int
call(int page)
{
    return ((int (*)(void))(text_page + page * PAGE))();
}

static void
write_all(uint8_t value)
{
    exos_vm_protect(text_page + PAGE, 1, RW | AEGIS_EXECUTE);
    text_page[PAGE + 1] = value;
    exos_vm_protect((void *)constant, 1, RW);
    *(volatile uint32_t *)constant = value;
}

static bool
holds(uint32_t value)
{
    return call(0) == 1 && call(1) == (int)value && constant[0] == value;
}

static bool
child_is(int (*function)(void))
{
    int status = -1;
    long pid = exos_fork();
    if (pid == 0)
        exos_exit(function());
    return pid > 0 && exos_wait(pid, &status) == pid && status == 0;
}

static int
has_7(void)
{
    return !holds(7);
}

static int
has_7_and_writes_8(void)
{
    if (!holds(7) || !child_is(has_7))
        return 1;
    write_all(8);
    return !holds(8);
}

static int
nothing(void)
{
    return call(1) != 1 || constant[0] != 5;
}

/* In a process whose text is the session's, which has it from the file and keeps it. */
static int
executed(void)
{
    check(child_is(nothing), "a child has its parent's text");
    write_all(7);
    check(holds(7), "a program may write its text, once that is made writable");
    check(child_is(has_7), "its child has what was written");
    check(child_is(has_7_and_writes_8) && holds(7), "so has the child's child; and what a child writes is its own");
    exos_vm_protect(text_page + PAGE, 1, AEGIS_READ | AEGIS_EXECUTE);
    exos_vm_protect((void *)constant, 1, AEGIS_READ);
    check(child_is(has_7), "also when it may not be written any more");
    return check_failures;
}

int
main(int argc, char **argv)
{
    (void)argv;
    if (argc > 0)
        return executed();
    static const char *const again[] = {"process-fork-text", NULL};
    const void *image;
    size_t size;
    int status = -1;
    check_begin("process-fork-text");
    check(exos_file_image("/process-fork-text", &image, &size) == 0, "this program is a file too");
    long pid = exos_fork();
    if (pid == 0)
        exos_exit(-exos_exec(image, size, again));
    check(pid > 0 && exos_wait(pid, &status) == pid && status == 0, "executed, it ends well");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
