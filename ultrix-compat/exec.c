/* exec.c - a program's first memory image; contract in exec.h. Its segments are copied, its bss and the rest of the stack are demand-zero.
 *
 * The stack as the program finds it (System V ABI, AMD64 supplement, 3.4.1):
 *
 *      USER_TOP - 8      0
 *                        the program's name, 0-terminated
 *                        auxiliary vector, ending in AT_NULL
 *                        0                         no environment
 *                        0
 *                        address of the name       argv[0]
 *      rsp, 16-aligned   1                         argc
 */

#include "exec.h"
#include "abi.h"

#include <format/elf.h>
#include <machine/string.h>

enum { NAME_MAX = 255, PHDR_SIZE = 56 };

struct first_words {
    u64 argc, argv[2], envp[1];
    struct {
        u64 type, value;
    } aux[12];
} __attribute__((aligned(16)));

/* Copy to the page at `va` what of the segment's file contents belongs there. */
static bool
load_page(struct vm *vm, va_t va, const struct elf_segment *s)
{
    va_t file_end = s->start + s->file_size;
    va_t from = va > s->start ? va : s->start, to = va + PAGE_SIZE < file_end ? va + PAGE_SIZE : file_end;
    char *page = vm_page(vm, va);
    if (page)
        memcpy(page + (from - va), (const char *)s->data + (from - s->start), to - from);
    return page != NULL;
}

static bool
load_segment(struct vm *vm, const struct elf_segment *s)
{
    va_t first = s->start & ~(PAGE_SIZE - 1ul), end = (s->start + s->memory_size + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1ul);
    if (!vm_map(vm, first, end, PROT_READ | (s->writable ? PROT_WRITE : 0) | (s->executable ? PROT_EXEC : 0)))
        return false;
    for (va_t va = first; va < s->start + s->file_size; va += PAGE_SIZE)
        if (!load_page(vm, va, s))
            return false;
    return true;
}

/* Returns the stack pointer, 0 if there is no memory. */
static va_t
load_stack(struct vm *vm, const struct archive_file *file)
{
    size_t name_size = strlen(file->name) + 1;
    va_t last = USER_TOP - PAGE_SIZE, name = USER_TOP - sizeof(u64) - name_size, stack = (name - sizeof(struct first_words)) & ~15ul;
    if (!vm_map(vm, USER_TOP - VM_STACK_SIZE, USER_TOP, PROT_READ | PROT_WRITE))
        return 0;
    char *page = vm_page(vm, last);
    if (!page)
        return 0;
    memcpy(page + (name - last), file->name, name_size);
    struct first_words words = {
        .argc = 1,
        .argv = {name},
        .aux = {{AT_PHDR, elf_headers(file->data)},
                {AT_PHENT, PHDR_SIZE},
                {AT_PHNUM, elf_header_count(file->data)},
                {AT_PAGESZ, PAGE_SIZE},
                {AT_ENTRY, elf_entry(file->data)},
                {AT_UID, 0},
                {AT_EUID, 0},
                {AT_GID, 0},
                {AT_EGID, 0},
                {AT_SECURE, 0},
                {AT_EXECFN, name},
                {AT_NULL, 0}},
    };
    memcpy(page + (stack - last), &words, sizeof words);
    return stack;
}

const char *
exec_load(struct vm *vm, const struct archive_file *file, va_t *entry, va_t *stack)
{
    const char *error = elf_check(file->data, file->size, VM_LOW, USER_TOP - VM_STACK_SIZE);
    if (error)
        return error;
    if (strlen(file->name) > NAME_MAX)
        return "its name is longer than 255 bytes";
    struct elf_segment segment;
    for (u32 next = 0; elf_next(file->data, &next, &segment);)
        if (!load_segment(vm, &segment))
            return "out of memory, or too many segments";
    *entry = elf_entry(file->data);
    *stack = load_stack(vm, file);
    return *stack ? NULL : "out of memory";
}
