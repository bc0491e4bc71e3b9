/* Another program in the same process: from the boot archive, with arguments; and files that are none. This program executes itself too, to see what it gets. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/frame_table.h>
#include <exos/process.h>
#include <exos/vm.h>
#include <format/archive.h>

enum { RW = AEGIS_READ | AEGIS_WRITE, HELLO = 7 };

#define ARCHIVE 0x1000000000ul

static const char *image;
static size_t size;
static volatile uint64_t zeros[2000], ones[3] = {1, 1, 1};

static bool
equal(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

/* The file `name` of the boot archive, which is everybody's to read. */
static bool
find(const char *name)
{
    struct archive_file file;
    size_t at = 0;
    while (archive_next((void *)ARCHIVE, AEGIS_INFO_POINTER->archive_bytes, &at, &file) == 1)
        if (equal(file.name, name)) {
            image = file.data;
            size = file.size;
            return true;
        }
    return false;
}

static bool
bind_archive(void)
{
    const volatile struct aegis_cap *cap = &AEGIS_INFO_POINTER->archive;
    return sys_page_bind(ARCHIVE | AEGIS_READ, cap->name, cap->check) == 0;
}

static bool
bind_archive_page(uint64_t offset)
{
    const volatile struct aegis_cap *cap = &AEGIS_INFO_POINTER->archive;
    uint64_t name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_READ, (uint32_t)cap->name + offset / AEGIS_PAGE_SIZE, 1);
    struct aegis_result one = sys_cap_attenuate(cap->name, cap->check, name);
    return one.status == 0 && sys_page_bind((ARCHIVE + offset) & -(uint64_t)AEGIS_PAGE_SIZE, name, one.value) == 0;
}

/* A child has not got it yet, and its bindings may be evicted: all of it at once is more than the cache may hold. */
static void
missing(struct exos_frame *frame)
{
    if (frame->error & 1 || frame->address - ARCHIVE > AEGIS_INFO_POINTER->archive_bytes || !bind_archive_page(frame->address - ARCHIVE))
        exos_uncaught(AEGIS_PAGE, frame);
}

static bool
ends_with(long pid, int status)
{
    int got = -1;
    return pid > 0 && exos_wait(pid, &got) == pid && got == status << 8;
}

static long
run(const char *const argv[])
{
    long pid = exos_fork();
    if (pid == 0)
        exos_exit(-exos_exec(image, size, argv));
    return pid;
}

/* What this program does when it is executed: looks whether it is as new. */
static int
executed(int argc, char **argv)
{
    uint64_t sum = 0;
    for (int i = 0; i < 2000; i++)
        sum |= zeros[i];
    bool good = sum == 0 && ones[0] + ones[1] + ones[2] == 3 && argc == 3 && equal(argv[1], "one") && equal(argv[2], "") && argv[3] == NULL;
    good &= exos_wait(-1, NULL) == -ECHILD && exos_vm_dirty((void *)EXOS_HEAP) == -ENOMEM;
    volatile uint64_t *heap = (void *)exos_vm_map(3, RW);
    heap[0] = heap[1024] = 1;
    long pid = exos_fork(); /* an executed program is a process like any other */
    if (pid == 0)
        exos_exit(heap[0] + heap[1024] == 2 ? 9 : 1);
    return good && ends_with(pid, 9) ? 5 : 1;
}

static void
put(char *at, int bytes, uint64_t value)
{
    for (; bytes-- > 0; value >>= 8)
        *at++ = value;
}

/* A copy of the file with one field of it changed. */
static long
exec_with(unsigned offset, int bytes, uint64_t value)
{
    char *copy = (char *)exos_vm_map((size + 4095) / 4096, RW);
    for (size_t i = 0; i < size; i++)
        copy[i] = image[i];
    put(copy + offset, bytes, value);
    long status = exos_exec(copy, size, NULL);
    exos_vm_unmap(copy, (size + 4095) / 4096);
    return status;
}

static void
hostile_files(void)
{
    enum { HEADER = 64, TYPE = 16, ENTRY = 24, PHOFF = 32, PHENTSIZE = 54, PHNUM = 56, P_TYPE = 0, P_OFFSET = 8, P_VADDR = 16, P_FILESZ = 32, P_MEMSZ = 40, SECOND = HEADER + 56 };
    const struct {
        const char *what;
        unsigned offset, bytes;
        uint64_t value;
    } change[] = {
        {"not an ELF file", 0, 4, 0},
        {"a shared object", TYPE, 2, 3},
        {"an entry outside", ENTRY, 8, 0x10},
        {"an entry in the kernel", ENTRY, 8, 0xffffffff80000000},
        {"program headers behind the end", PHOFF, 8, ~0ul},
        {"program headers of another size", PHENTSIZE, 2, 32},
        {"no program header", PHNUM, 2, 0},
        {"too many", PHNUM, 2, 0xffff},
        {"dynamically linked", HEADER + P_TYPE, 4, 3},
        {"a segment behind the end", HEADER + P_OFFSET, 8, ~0ul},
        {"a segment whose size overflows", HEADER + P_MEMSZ, 8, ~0ul},
        {"a segment larger in the file", HEADER + P_FILESZ, 8, ~0ul},
        {"a segment of the kernel's", HEADER + P_VADDR, 8, 0xffff800000000000},
        {"a segment over the area", HEADER + P_VADDR, 8, AEGIS_AREA},
        {"a segment over the session's pages", HEADER + P_VADDR, 8, EXOS_SESSION_HEAD},
        {"overlapping segments", SECOND + P_VADDR, 8, 0x400000},
    };
    for (size_t i = 0; i < sizeof change / sizeof change[0]; i++)
        check(exec_with(change[i].offset, change[i].bytes, change[i].value) == -ENOEXEC, change[i].what);
    for (size_t cut = 0; cut < 300; cut += 7)
        if (exos_exec(image, cut, NULL) != -ENOEXEC)
            check(false, "a truncated file");
    check(exos_exec(image, 0, NULL) == -ENOEXEC, "an empty file");
    check(exec_with(SECOND + 3 * 56 + P_MEMSZ - 56, 8, 0x60000000) == -ENOMEM, "a segment larger than memory: -ENOMEM");
}

static void
arguments(void)
{
    static const char *many[200];
    static char text[4000];
    for (int i = 0; i < 199; i++)
        many[i] = "x";
    check(exos_exec(image, size, many) == -E2BIG, "too many arguments: -E2BIG");
    for (int i = 0; i < 3999; i++)
        text[i] = 'a';
    many[0] = text;
    many[1] = NULL;
    check(exos_exec(image, size, many) == -E2BIG, "too long ones: -E2BIG");
}

int
main(int argc, char **argv)
{
    static const char *const three[] = {"process-exec", "one", "", NULL};
    if (argc > 0)
        return executed(argc, argv);
    check_begin("process-exec");
    exos_catch(AEGIS_PAGE, missing);
    check(bind_archive() && find("bin/hello"), "the boot archive has bin/hello");
    check(ends_with(run(NULL), HELLO), "a child executes it, and it exits as it should");
    uint32_t free_pages = 0, environments = 0;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 20; i++)
            if (!ends_with(run(NULL), HELLO))
                check(false, "and again");
        find("process-exec");
        zeros[0] = ones[0] = 5;
        check(ends_with(run(three), 5), "executed, this program finds its data as new, its arguments, no child and no heap; it forks");
        hostile_files();
        arguments();
        find("bin/hello");
        exos_frame_trim();
        if (round == 2)
            check(AEGIS_INFO_POINTER->free_pages == free_pages && AEGIS_INFO_POINTER->environments == environments, "nothing is left behind");
        free_pages = AEGIS_INFO_POINTER->free_pages;
        environments = AEGIS_INFO_POINTER->environments;
    }
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
