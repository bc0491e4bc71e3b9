/* fork, exec, pipe, descriptors and memory where there is nothing left, or where what is asked for makes no sense: each says so by the error that its header names, changes
 * nothing and keeps nothing. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/frame_table.h>
#include <exos/process.h>
#include <exos/vm.h>

enum { RW = AEGIS_READ | AEGIS_WRITE, PAGE = AEGIS_PAGE_SIZE, HELLO = 7, NEW = EXOS_O_RDWR | EXOS_O_CREAT | EXOS_O_TRUNC };

static const void *image;
static size_t size;

static bool
ends_with(long pid, int status)
{
    int got = -1;
    return pid > 0 && exos_wait(pid, &got) == pid && got == status << 8;
}

static long
run_hello(void)
{
    long pid = exos_fork();
    if (pid == 0)
        exos_exit(-exos_exec(image, size, NULL));
    return pid;
}

/* ---- senseless arguments --------------------------------------------------------------------------------------------------- */

static void
senseless_memory(void)
{
    char *p = (char *)exos_vm_map(2, RW);
    check(exos_vm_map_shared(0, RW) == -EINVAL && exos_vm_map_shared(1, 8) == -EINVAL, "share no page, or with unknown rights");
    check(exos_vm_map_shared(~0ul, RW) == -ENOMEM && exos_vm_map_shared(1ul << 52, RW) == -ENOMEM, "share more pages than can be counted in bytes");
    check(exos_vm_unmap(p + 1, 1) == -EINVAL && exos_vm_unmap(p, 0) == -EINVAL && exos_vm_unmap(p, 1ul << 52) == -EINVAL && exos_vm_unmap(NULL, 1) == -EINVAL, "unmap what is no page, none, too many");
    check(exos_vm_unmap((void *)(-(uintptr_t)PAGE), 2) == -EINVAL && exos_vm_protect((void *)(-(uintptr_t)PAGE), 2, RW) == -ENOMEM, "or a range that wraps around");
    check(exos_vm_protect(p, 1ul << 52, RW) == -EINVAL && exos_vm_protect(p, EXOS_TABLE_MAX - 1, RW) == -ENOMEM, "protect too many");
    check(exos_vm_alias(p + 8, 1, RW) == -EINVAL && exos_vm_alias(p, 0, RW) == -EINVAL && exos_vm_alias(p, 1, 8) == -EINVAL, "alias what is no page, none, with unknown rights");
    check(exos_vm_alias(p, 3, RW) == -ENOMEM && exos_vm_alias(p, ~0ul, RW) == -ENOMEM && exos_vm_alias((void *)0x123000, 1, RW) == -ENOMEM, "alias what is not mapped");
    check(exos_vm_unmap(p, 2) == 0, "all that was refused");
}

static void
senseless_descriptors(void)
{
    int fd[2];
    char byte = 'x';
    check(exos_fd_pipe(fd) == 0 && exos_fd_write(fd[1], "", 0) == 0 && exos_fd_read(fd[0], NULL, 0) == 0, "no bytes through a pipe: nothing, at once");
    check(exos_fd_write(fd[1], &byte, 1) == 1 && exos_fd_read(fd[0], &byte, ~0ul) == 1, "as many bytes as can be said: those that there are");
    check(exos_fd_close(fd[1]) == 0 && exos_fd_read(fd[0], &byte, 1) == 0 && exos_fd_close(fd[0]) == 0, "then the end");
    long file = exos_fd_open("/tmp/limits", NEW);
    check(exos_fd_write(file, "", 0) == 0 && exos_fd_read(file, &byte, ~0ul) == 0, "of an empty file, too");
    check(exos_fd_seek(file, -1, EXOS_SEEK_SET) == -EINVAL && exos_fd_seek(file, 0, 3) == -EINVAL && exos_fd_seek(file, 1l << 62, EXOS_SEEK_SET) == 1l << 62, "positions");
    check(exos_fd_write(file, &byte, 1) == -EFBIG && exos_fd_seek(file, 1l << 62, EXOS_SEEK_CUR) == -EINVAL, "too far to write, and over the end of all numbers");
    check(exos_fd_read(file, &byte, 1) == 0, "to read: nothing is there");
    check(exos_fd_close(file) == 0 && exos_fd_close(file) == -EBADF && exos_file_unlink("/tmp/limits") == 0, "closed once");
}

static void
senseless_processes(void)
{
    check(exos_wait(0, NULL) == -ECHILD && exos_wait(-2, NULL) == -ECHILD && exos_wait(1l << 40, NULL) == -ECHILD && exos_wait(exos_getpid(), NULL) == -ECHILD, "wait for nobody's child");
    check(exos_exec("", 0, NULL) == -ENOEXEC && exos_exec(image, size - size / 2, NULL) == -ENOEXEC, "execute nothing, or half a program");
}

/* ---- nothing left ---------------------------------------------------------------------------------------------------------- */

/* In a child: as many pipes as it can have, then a child of its own that goes on with no descriptor but the pipes' being held. Returns how many all of them got. */
static int
take_pipes(int depth, long *error)
{
    int fd[2], n = 0;
    long status;
    while ((status = exos_fd_pipe(fd)) == 0)
        n++;
    if (status == -EMFILE && depth > 0) {
        long pid = exos_fork();
        if (pid == 0) {
            for (int i = 3; i < EXOS_FDS; i++)
                exos_fd_close(i);
            exos_exit(take_pipes(depth - 1, error) | (*error == -ENFILE ? 128 : 0));
        }
        int ended = 0;
        exos_wait(pid, &ended);
        *error = ended & 128 << 8 ? -ENFILE : status;
        n += ended >> 8 & 127;
    } else
        *error = status;
    return n;
}

static void
no_pipes(void)
{
    long error = 0;
    int n = 0, status = 0;
    long pid = exos_fork();
    if (pid == 0) {
        n = take_pipes(3, &error);
        exos_exit(n == EXOS_PIPES && error == -ENFILE);
    }
    check(exos_wait(pid, &status) == pid && status == 1 << 8, "no pipe is left in the session: -ENFILE");
    int fd[2];
    check(exos_fd_pipe(fd) == 0 && exos_fd_close(fd[0]) == 0 && exos_fd_close(fd[1]) == 0, "with their processes they are there again");
}

/* Every position of the slice vector that nobody has. */
static void
no_slices(void)
{
    static struct aegis_result taken[AEGIS_SLICES];
    for (uint32_t i = 0; i < AEGIS_SLICES; i++)
        if ((taken[i].status = AEGIS_INFO_POINTER->slices[i].owner ? -1 : 0) == 0)
            taken[i] = sys_slice_alloc(i);
    long first = exos_fork();
    if (first == 0)
        exos_exit(1);
    check(first == -EAGAIN && exos_wait(-1, NULL) == -ECHILD, "no slice is left to fork: -EAGAIN, and there is no child");
    for (uint32_t i = 0; i < AEGIS_SLICES; i++)
        if (taken[i].status >= 0)
            sys_slice_free(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, i), taken[i].value);
    check(ends_with(run_hello(), HELLO), "when there are some again, it can be");
}

/* Regions of the heap that are not neighbours. */
static void
no_regions(void)
{
    static void *region[EXOS_REGIONS + 1];
    int n = 0;
    long last = 0;
    while (n <= EXOS_REGIONS && (last = exos_vm_map(3, RW)) > 0)
        region[n++] = (void *)last;
    check(last == -ENOMEM && exos_vm_map_shared(1, RW) == -ENOMEM && exos_vm_alias(region[0], 1, RW) == -ENOMEM, "no region is left: -ENOMEM");
    check(exos_vm_unmap((char *)region[0] + PAGE, 1) == -ENOMEM, "not even to cut one in two");
    for (int i = 0; i < n; i++)
        if (exos_vm_unmap(region[i], 3) < 0)
            check(false, "each is as it was");
}

/* Take frames until there are none, in ever smaller pieces. */
static int
take_memory(void *piece[EXOS_REGIONS], size_t npages[EXOS_REGIONS])
{
    int n = 0;
    for (size_t want = 16384; want > 0 && n < EXOS_REGIONS - 2;) {
        long va = exos_vm_map_shared(want, RW);
        if (va < 0) {
            want /= 2;
            continue;
        }
        piece[n] = (void *)va;
        npages[n++] = want;
    }
    return n;
}

static void
no_memory(void)
{
    static void *piece[EXOS_REGIONS];
    static size_t npages[EXOS_REGIONS];
    static char bytes[3 * PAGE];
    long file = exos_fd_open("/tmp/full", NEW);
    char *untouched = (char *)exos_vm_map(2, RW);
    int n = take_memory(piece, npages);
    check(exos_vm_map_shared(1, RW) == -ENOMEM, "no memory is left");
    check(exos_fork() == -ENOMEM && exos_wait(-1, NULL) == -ECHILD, "to fork: -ENOMEM, and there is no child");
    check(exos_exec(image, size, NULL) == -ENOMEM, "to execute: -ENOMEM");
    long written, writes = 0;
    while ((written = exos_fd_write(file, bytes, sizeof bytes)) > 0)
        writes++;
    check(written == -ENOSPC && writes < 100, "to write to a file: -ENOSPC, soon");
    check(exos_vm_alias(untouched, 2, RW) == -ENOMEM, "to alias pages that were never touched: -ENOMEM");
    for (int i = 0; i < n; i++)
        exos_vm_unmap(piece[i], npages[i]);
    check(exos_fd_write(file, bytes, sizeof bytes) == sizeof bytes && exos_fd_close(file) == 0 && exos_file_unlink("/tmp/full") == 0, "and all can be done when it is given back");
    untouched[PAGE] = 1;
    check(untouched[0] == 0 && exos_vm_unmap(untouched, 2) == 0 && ends_with(run_hello(), HELLO), "as before");
}

/* Frames that are in use: the pages of all environments but those of the session's region, which come when they are needed and stay. (So do the kernel's page tables of an
 * environment; that it gets all back in the end, the kernel checks itself.) */
static uint32_t
frames_in_use(void)
{
    uint32_t n = 0;
    exos_frame_trim();
    for (uint32_t page = 0; page < AEGIS_INFO_POINTER->page_count; page++)
        n += AEGIS_OWNERS_POINTER[page] >= AEGIS_OWNER_ENV;
    return n - exos_head->npages;
}

static void
little(void)
{
    senseless_memory();
    senseless_descriptors();
    senseless_processes();
    no_pipes();
    no_slices();
    no_regions();
}

int
main(void)
{
    check_begin("process-limits");
    check(exos_file_image("/bin/hello", &image, &size) == 0, "there is a program to execute");
    little();
    uint32_t frames = frames_in_use(), environments = AEGIS_INFO_POINTER->environments;
    little();
    no_memory();
    check(frames_in_use() == frames && AEGIS_INFO_POINTER->environments == environments, "no page is lost, and no environment");
    check(exos_files->console.refs == 1 + 3, "no descriptor is left open");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
