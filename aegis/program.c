/* program.c - the boot archive's programs, one after the other; contract in program.h.
 *
 * A file whose name has a / in it is not started: it is there for programs to read.
 * Each starts on a machine as new: one environment, position 0 of the slice vector, all other pages free. Children are started by programs, not here.
 * A damaged archive or program is reported and counted as a failed program; the others run.
 */

#include "program.h"
#include "binding.h"
#include "info.h"
#include "invariant.h"
#include "page.h"
#include "slice.h"

#include <format/archive.h>
#include <machine/boot.h>
#include <format/elf.h>
#include <machine/panic.h>
#include <machine/print.h>
#include <machine/string.h>

enum { STATUS_NOT_STARTED = 127 };

static size_t archive_offset;
static u32 program_id; /* environment */
static u32 nfailures;
static u32 free_pages_before;

bool
program_is(const struct env *env)
{
    return env->used && env->id == program_id;
}

/* Take a page for `env`, bind it at `va`, and copy to it what of `segment`'s file contents belongs there. */
static bool
load_page(struct env *env, va_t va, const struct elf_segment *segment, u8 rights)
{
    pa_t pa = page_take_any(env_owner(env));
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

/* NULL with *loaded filled, or why the program cannot run. */
static const char *
load(const struct archive_file *file, struct env **loaded)
{
    struct elf_segment segment, stack = {AEGIS_STACK_TOP - AEGIS_STACK_PAGES * PAGE_SIZE, AEGIS_STACK_PAGES * PAGE_SIZE, 0, NULL, true, false};
    const char *error = elf_check(file->data, file->size, PAGE_SIZE, stack.start);
    if (error)
        return error;
    struct env *env = *loaded = env_create(file->name, 0);
    if (!env)
        return "no memory";
    bool complete = load_segment(env, &stack);
    for (u32 next = 0; complete && elf_next(file->data, &next, &segment);)
        complete = load_segment(env, &segment);
    if (complete)
        return NULL;
    env_destroy(env);
    return "out of memory, or more page tables than an environment may have";
}

static _Noreturn void
halt(void)
{
    report("halt %u", nfailures);
    machine_shutdown(nfailures != 0);
}

/* The archive's next file that is to be started: 1, or as archive_next. */
static int
next_program(struct archive_file *file)
{
    int found;
    do
        found = archive_next(boot_archive(), boot_header.archive_bytes, &archive_offset, file);
    while (found > 0 && strchr(file->name, '/'));
    return found;
}

/* Run the archive's next program that can be started; halt when there is none. */
static _Noreturn void
run_next(void)
{
    struct archive_file file;
    struct env *env;
    int found;
    while ((found = next_program(&file)) > 0) {
        free_pages_before = info->free_pages;
        page_search_again();
        const char *error = load(&file, &env);
        if (!error) {
            program_id = env->id;
            slice_run_first(env, elf_entry(file.data), AEGIS_STACK_TOP);
        }
        report("killed %s not started: %s", file.name, error);
        report("exit %s %d", file.name, STATUS_NOT_STARTED);
        nfailures++;
    }
    if (found < 0) {
        report("killed archive damaged at byte %lu: rebuild the image", archive_offset);
        nfailures++;
    }
    halt();
}

static void
destroy(struct env *env, void *context)
{
    (void)context;
    env_destroy(env);
}

_Noreturn void
program_end(u8 status)
{
    report("exit %s %u", env_by_id(program_id)->name, status);
    nfailures += status != 0;
    invariant_check();
    env_each(destroy, NULL);
    invariant_check();
    if (info->free_pages != free_pages_before)
        panic("pages were lost: %u free before the program, %u after it", free_pages_before, info->free_pages);
    run_next();
}

_Noreturn void
program_starve(void)
{
    current_id = program_id; /* who ran last may be dead */
    report("killed %s no slice is left that can run", env_by_id(program_id)->name);
    program_end(PROGRAM_STARVED);
}

/* Let everybody read the archive: it holds nothing but what will be run. What follows it in its last page was never written by this machine. */
static void
publish_archive(void)
{
    char *archive = (char *)boot_archive();
    u64 bytes = boot_header.archive_bytes;
    memset(archive + bytes, 0, -bytes & (PAGE_SIZE - 1));
    info_publish(&info->archive, paging_physical(archive), bytes);
    info->archive_bytes = info->archive.name ? bytes : 0;
}

_Noreturn void
program_run_all(void)
{
    publish_archive();
    binding_publish();
    run_next();
}
