/* aegis.c - aegis/program.c, which starts the boot archive's programs, with one in the archive. Its environment, pages and bindings are this file's. */

#include "loaders.h"

#include <binding.h>
#include <info.h>
#include <invariant.h>
#include <page.h>
#include <program.h>
#include <slice.h>

#include <format/archive.h>
#include <machine/boot.h>
#include <setjmp.h>
#include <stdlib.h>

enum { STARTED = 1, HALTED };

#define HIGH (AEGIS_STACK_TOP - AEGIS_STACK_PAGES * PAGE_SIZE)

struct aegis_info info[1];
const struct boot_header boot_header = {.archive_bytes = PAGE_SIZE};
static char archive[PAGE_SIZE];
static struct archive_file file;
static bool taken;
static struct env env;
static struct loaded *result;
static jmp_buf back;

/* ---- what program.c stands on --------------------------------------------------------------------------------------------- */

const void *boot_archive(void) { return archive; }

int
archive_next(const void *at, size_t bytes, size_t *offset, struct archive_file *next)
{
    (void)at, (void)bytes, (void)offset;
    *next = file;
    bool one = !taken;
    taken = true;
    return one;
}

struct env *
env_create(const char *name, u32 creator)
{
    (void)name, (void)creator;
    return env.used ? NULL : (env = (struct env){.used = true}, &env);
}

/* All pages are its. */
void
env_destroy(struct env *one)
{
    memory_reset();
    one->used = false;
}

/* Zeroed, as the kernel's. */
pa_t
page_take_any(u16 owner)
{
    (void)owner;
    uint32_t page = memory_alloc(1);
    if (!page)
        return 0;
    __builtin_memset(memory_at(page), 0, PAGE);
    return memory_offset(page);
}

bool
binding_install(struct env *one, va_t va, pageno_t page, u8 rights)
{
    if (one != &env || va % PAGE || va >= AEGIS_STACK_TOP)
        abort();
    char *at = memory_at(memory_number((pa_t)page << PAGE_SHIFT));
    return va >= HIGH || (loaded_range(result, va, va + PAGE, rights) && loaded_page(result, va, at));
}

_Noreturn void
slice_run_first(struct env *one, va_t entry, va_t stack)
{
    if (one != &env || stack != AEGIS_STACK_TOP)
        abort();
    result->entry = entry;
    longjmp(back, STARTED);
}

_Noreturn void
machine_shutdown(u8 status)
{
    (void)status;
    longjmp(back, HALTED);
}

void page_search_again(void) {}
void binding_publish(void) {}
void info_publish(struct aegis_cap *cap, pa_t start, u64 bytes) { (void)cap, (void)start, (void)bytes; }
void report(const char *fmt, ...) { (void)fmt; }
_Noreturn void panic(const char *fmt, ...) { (void)fmt, abort(); }

/* Of a program's end, which is not reached. */
struct env *env_by_id(u64 id) { (void)id, abort(); }
void env_each(void (*visit)(struct env *one, void *context), void *context) { (void)visit, (void)context, abort(); }
void invariant_check(void) { abort(); }
struct env env_slot[ENV_MAX];
u32 current_id;

/* ---- one input ------------------------------------------------------------------------------------------------------------ */

static bool
load(const void *image, size_t size, struct loaded *loaded)
{
    file = (struct archive_file){"fuzz", image, size};
    taken = false;
    env.used = false;
    result = loaded;
    int how = setjmp(back);
    if (how == 0)
        program_run_all();
    if (how == HALTED && (env.used || memory_used() > 0))
        abort(); /* a program that is refused leaves nothing */
    return how == STARTED;
}

const struct loader aegis_loader = {"aegis/program.c", PAGE_SIZE, HIGH, load};
