/* load.c - makes one environment of each program in the boot archive: the only programs that the kernel starts.
 *
 * A damaged archive or program is reported and counted as a failed program; the others run.
 */

#include "load.h"
#include "binding.h"
#include "env.h"

#include <machine/archive.h>
#include <machine/boot.h>
#include <machine/elf.h>
#include <machine/print.h>
#include <machine/string.h>

enum { STATUS_NOT_STARTED = 127 };

/* Take a page for `env`, bind it at `va`, and copy to it what of `segment`'s file contents belongs there. */
static bool
load_page(struct env *env, va_t va, const struct elf_segment *segment, u8 rights)
{
    pa_t pa = page_take_any(env->id);
    if (!pa || !binding_install(env, va, pa >> PAGE_SHIFT, rights))
        return false;
    va_t file_end = segment->start + segment->file_size;
    va_t from = va > segment->start ? va : segment->start, to = va + PAGE_SIZE < file_end ? va + PAGE_SIZE : file_end;
    if (from < to)
        memcpy((char *)paging_direct(pa) + (from - va), (const char *)segment->data + (from - segment->start), to - from);
    return true;
}

static bool
load_segment(struct env *env, const struct elf_segment *segment)
{
    u8 rights = AEGIS_READ | (segment->writable ? AEGIS_WRITE : 0) | (segment->executable ? AEGIS_EXECUTE : 0);
    va_t first = segment->start & ~(va_t)(PAGE_SIZE - 1);
    for (va_t va = first; va < segment->start + segment->memory_size; va += PAGE_SIZE)
        if (!load_page(env, va, segment, rights))
            return false;
    return true;
}

/* NULL, or why the program cannot run. */
static const char *
load_program(const struct archive_file *file)
{
    struct elf_segment segment, stack = {AEGIS_STACK_TOP - AEGIS_STACK_PAGES * PAGE_SIZE, AEGIS_STACK_PAGES * PAGE_SIZE, 0, NULL, true, false};
    const char *error = elf_check(file->data, file->size, PAGE_SIZE, stack.start);
    if (error)
        return error;
    struct env *env = env_create(file->name);
    if (!env)
        return "no environment left, or no memory";
    env->entry = elf_entry(file->data);
    env->stack = AEGIS_STACK_TOP;
    bool loaded = load_segment(env, &stack);
    for (u32 next = 0; loaded && elf_next(file->data, &next, &segment);)
        loaded = load_segment(env, &segment);
    if (loaded)
        return NULL;
    env_destroy(env);
    return "out of memory, or more page tables than an environment may have";
}

void
load_all(void)
{
    struct archive_file file;
    size_t offset = 0;
    int found;
    while ((found = archive_next(boot_archive(), boot_header.archive_bytes, &offset, &file)) > 0) {
        const char *error = load_program(&file);
        if (!error)
            continue;
        report("killed %s not started: %s", file.name, error);
        report("exit %s %d", file.name, STATUS_NOT_STARTED);
        env_count_failure();
    }
    if (found < 0) {
        report("killed archive damaged at byte %lu: rebuild the image", offset);
        env_count_failure();
    }
}
