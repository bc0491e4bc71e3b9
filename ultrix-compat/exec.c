/* exec.c - a program's first memory image, and execve; contract in exec.h. Its segments are copied, its bss and the rest of the stack are demand-zero.
 *
 * The stack as the program finds it (System V ABI, AMD64 supplement, 3.4.1):
 *
 *      USER_TOP - 8      0
 *                        strings: the program's path, the arguments, the environment
 *                        16 bytes for AT_RANDOM
 *                        auxiliary vector, ending in AT_NULL
 *                        addresses of the environment's strings, 0
 *                        addresses of the arguments, 0
 *      rsp, 16-aligned   argc
 */

#include "exec.h"
#include "abi.h"
#include "errors.h"
#include "file.h"
#include "process.h"
#include "schedule.h"
#include "syscall.h"
#include "tree.h"
#include "user.h"

#include <format/elf.h>
#include <machine/descriptors.h>
#include <machine/memory.h>
#include <machine/string.h>
#include <machine/x86.h>

enum { PHDR_SIZE = 56, CLOCK_TICKS = 100, RANDOM_SIZE = 16 };
enum { STRING_PAGES = 32, STRINGS_SIZE = STRING_PAGES * PAGE_SIZE, WORD_PAGES = 8, WORDS = WORD_PAGES * PAGE_SIZE / 8, AUX_WORDS = 2 * 15 };

/* What the new program is told, collected here before its address space exists. One at a time: the kernel is not preempted, and nothing waits in between. */
static struct {
    char *strings; /* STRINGS_SIZE bytes: the path first */
    size_t used;
    u64 *word; /* argc, offsets of the arguments in `strings`, end, those of the environment, end; then the auxiliary vector */
    u32 nwords, argc;
} told;

#define END_OF_LIST (~0ul)

void
exec_init(void)
{
    told.strings = paging_direct(memory_take(STRING_PAGES));
    told.word = paging_direct(memory_take(WORD_PAGES));
}

/* ---- what the program is told ------------------------------------------------------------------------------------------- */

static void
begin_to_tell(const char *path, size_t length)
{
    memcpy(told.strings, path, length + 1);
    told.used = length + 1;
    told.nwords = 1;
}

static void
tell_own_string(const char *string)
{
    size_t size = strlen(string) + 1;
    told.word[told.nwords++] = told.used;
    memcpy(told.strings + told.used, string, size);
    told.used += size;
}

static void
end_list(void)
{
    told.word[told.nwords++] = END_OF_LIST;
}

/* The strings whose addresses are in user memory at `list`, up to a 0; NULL is an empty list. Returns 0, -EFAULT, -E2BIG. */
static long
tell_user_strings(va_t list)
{
    for (va_t string; list; list += sizeof string) {
        if (user_read(&string, list, sizeof string) < 0)
            return -EFAULT;
        if (!string)
            break;
        if (told.nwords + AUX_WORDS + 2 >= WORDS)
            return -E2BIG;
        long length = user_read_string(told.strings + told.used, string, STRINGS_SIZE - told.used);
        if (length < 0)
            return length == -EFAULT ? -EFAULT : -E2BIG;
        told.word[told.nwords++] = told.used;
        told.used += length + 1;
    }
    end_list();
    return 0;
}

static long
tell_arguments(va_t argv, va_t envp)
{
    long error = tell_user_strings(argv);
    if (error < 0)
        return error;
    if (told.nwords == 2) { /* no arguments: as Linux since 5.18, one that is empty, for programs that take argv[0] for granted */
        told.nwords = 1;
        if (told.used == STRINGS_SIZE)
            return -E2BIG;
        tell_own_string("");
        end_list();
    }
    told.argc = told.nwords - 2;
    return tell_user_strings(envp);
}

/* ---- the image ---------------------------------------------------------------------------------------------------------- */

/* Copy to `vm`, whose regions allow it. False: out of memory. */
static bool
copy_in(struct vm *vm, va_t to, const void *from, size_t n)
{
    while (n > 0) {
        size_t offset = to & (PAGE_SIZE - 1), part = PAGE_SIZE - offset < n ? PAGE_SIZE - offset : n;
        char *page = vm_page(vm, to);
        if (!page)
            return false;
        memcpy(page + offset, from, part);
        to += part, from = (const char *)from + part, n -= part;
    }
    return true;
}

static bool
load_segment(struct vm *vm, const struct elf_segment *s)
{
    va_t first = s->start & ~(PAGE_SIZE - 1ul), end = (s->start + s->memory_size + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1ul);
    if (end > vm->break_start)
        vm->break_start = vm->break_end = end;
    return vm_map(vm, first, end, PROT_READ | (s->writable ? PROT_WRITE : 0) | (s->executable ? PROT_EXEC : 0), false) &&
           copy_in(vm, s->start, s->data, s->file_size);
}

/* From offsets to addresses, and the auxiliary vector behind them. */
static void
finish_words(const void *image, va_t strings, va_t random)
{
    const u64 aux[AUX_WORDS] = {
        AT_PHDR,   elf_headers(image), AT_PHENT, PHDR_SIZE, AT_PHNUM, elf_header_count(image), AT_PAGESZ, PAGE_SIZE, AT_ENTRY,  elf_entry(image),
        AT_UID,    0,                  AT_EUID,  0,         AT_GID,   0,                       AT_EGID,   0,         AT_SECURE, 0,
        AT_CLKTCK, CLOCK_TICKS,        AT_RANDOM, random,   AT_EXECFN, strings,                AT_NULL,   0,         AT_NULL,   0,
    };
    told.word[0] = told.argc;
    for (u32 i = 1; i < told.nwords; i++)
        told.word[i] = told.word[i] == END_OF_LIST ? 0 : strings + told.word[i];
    memcpy(&told.word[told.nwords], aux, sizeof aux);
    told.nwords += AUX_WORDS;
}

/* Returns the stack pointer, 0 if there is no memory. The bytes for AT_RANDOM are always the same: runs can be repeated. */
static va_t
load_stack(struct vm *vm, const void *image)
{
    static const char random[RANDOM_SIZE] = "always the same";
    va_t strings = USER_TOP - sizeof(u64) - told.used, random_at = (strings - RANDOM_SIZE) & ~15ul;
    finish_words(image, strings, random_at);
    size_t size = told.nwords * sizeof(u64);
    va_t stack = (random_at - size) & ~15ul;
    bool good = vm_map(vm, USER_TOP - VM_STACK_SIZE, USER_TOP, PROT_READ | PROT_WRITE, false) && copy_in(vm, strings, told.strings, told.used) &&
                copy_in(vm, random_at, random, sizeof random) && copy_in(vm, stack, told.word, size);
    return good ? stack : 0;
}

/* `vm` is empty. Returns NULL, or what is wrong. */
static const char *
load_into(struct vm *vm, const void *image, struct trapframe *registers)
{
    struct elf_segment segment;
    for (u32 next = 0; elf_next(image, &next, &segment);)
        if (!load_segment(vm, &segment))
            return "out of memory, or too many segments";
    va_t stack = load_stack(vm, image);
    *registers = (struct trapframe){
        .rip = elf_entry(image), .cs = SELECTOR_USER_CODE, .rflags = RFLAGS_FIXED | RFLAGS_IF, .rsp = stack, .ss = SELECTOR_USER_DATA,
    };
    return stack ? NULL : "out of memory";
}

/* *vm becomes a new one. */
static const char *
load(struct vm **vm, const void *image, struct trapframe *registers)
{
    *vm = vm_create();
    const char *error = *vm ? load_into(*vm, image, registers) : "out of memory";
    if (*vm && error)
        vm_release(*vm);
    return error;
}

static const char *
check(const void *image, size_t size)
{
    return elf_check(image, size, VM_LOW, USER_TOP - VM_STACK_SIZE);
}

const char *
exec_boot_program(struct vm **vm, const struct archive_file *file, struct trapframe *registers)
{
    size_t length = strlen(file->name);
    const char *error = check(file->data, file->size);
    if (error)
        return error;
    if (length >= PATH_SIZE)
        return "its name is too long";
    begin_to_tell(file->name, length);
    tell_own_string(file->name);
    end_list();
    end_list();
    told.argc = 1;
    return load(vm, file->data, registers);
}

/* ---- execve ------------------------------------------------------------------------------------------------------------- */

/* Nothing can fail any more: the old program is gone, the caller is the new one's only thread. */
static void
become(struct vm *vm)
{
    process_end_other_threads();
    schedule_stand_on(paging_physical(vm->pml4));
    vm_release(current->vm);
    current->vm = vm;
    process_give_back_memory(current);
    current_thread->tid = current->pid;
    current_thread->clear_tid = 0;
    thread_clear_registers();
    signal_exec();
    files_exec(current->files);
}

/* The program in a file, as load(). -ENOEXEC, -ENOMEM. */
static long
load_file(struct vm **vm, struct contents *contents, struct trapframe *registers)
{
    if (contents->size == 0)
        return -ENOEXEC;
    const void *image = contents_map(contents);
    if (!image)
        return -ENOMEM;
    long error = check(image, contents->size) ? -ENOEXEC : load(vm, image, registers) ? -ENOMEM : 0;
    contents_unmap(contents);
    return error;
}

/* execve(path, argv, envp): the process goes on as the program in that file. Returns only on an error: -EFAULT, -ENAMETOOLONG, -ENOENT, -ENOTDIR, -EACCES (no regular file,
 * or not to be executed), -ENOEXEC (not a static program for this machine), -E2BIG (the strings are longer than 128 KiB, or there are more than about 4000), -ENOMEM
 * (also: a file larger than 32 MiB that does not come from the boot archive). */
long
sys_execve(struct trapframe *t)
{
    static char path[PATH_SIZE];
    struct trapframe registers;
    struct node *node;
    struct vm *vm;
    long length = user_read_string(path, t->rdi, sizeof path);
    if (length < 0)
        return length;
    begin_to_tell(path, length);
    long error = tell_arguments(t->rsi, t->rdx);
    if (error < 0)
        return error;
    error = tree_find_existing(current->files->working_folder, path, &node);
    if (error < 0)
        return error;
    if (!S_ISREG(node->mode) || !(node->mode & S_EXECUTE_ANY))
        return -EACCES;
    error = load_file(&vm, &node->contents, &registers);
    if (error < 0)
        return error;
    become(vm);
    *t = registers;
    return 0;
}
