/* env-image.c - exos/env_image.c, which gives a file to an environment of its own. The calls of Aegis that it makes are this file's. */

#include "loaders.h"

#include <exos/env_image.h>
#include <exos/memory.h>
#include <exos/syscall.h>

#include <stdlib.h>
#include <sys/mman.h>

enum { ENV = 65 };

#define WINDOW 0x6fd00000ul /* where env_image.c fills pages */
#define STACK (AEGIS_STACK_TOP - AEGIS_STACK_PAGES * PAGE)

static struct aegis_area area;
static struct loaded *result;
static uint32_t window_page; /* what is bound there, 0: nothing */
static uint32_t stack_pages;
static bool exists;

static void
demand(bool holds)
{
    if (!holds)
        abort();
}

static struct aegis_result
result_of(long status)
{
    return (struct aegis_result){.status = status};
}

struct aegis_result
sys_env_create(void)
{
    demand(!exists);
    exists = true;
    stack_pages = 0;
    return result_of(ENV);
}

long
sys_env_destroy(uint64_t name, uint64_t check)
{
    (void)name, (void)check;
    demand(exists);
    memory_reset();
    exists = false;
    return 0;
}

long
sys_env_area(uint64_t va, uint64_t name, uint64_t check)
{
    (void)name, (void)check;
    demand(va == (uintptr_t)&area);
    return 0;
}

/* Pages are handed out in order here, whichever is asked for. */
struct aegis_result
sys_page_alloc_in(uint64_t name, uint64_t env_name, uint64_t env_check)
{
    (void)env_name, (void)env_check;
    if ((uint32_t)name >= PAGES)
        return result_of(-E_PAGE);
    demand(memory_alloc(1) == (uint32_t)name);
    ((uint16_t *)AEGIS_OWNERS)[(uint32_t)name] = ENV;
    return result_of(0);
}

long
sys_page_bind(uint64_t va_and_rights, uint64_t name, uint64_t check)
{
    (void)check;
    demand(va_and_rights == (WINDOW | AEGIS_READ | AEGIS_WRITE));
    window_page = name;
    __builtin_memset((void *)WINDOW, 0, PAGE);
    return 0;
}

long
sys_page_unbind(uint64_t va, uint64_t npages)
{
    demand(va == WINDOW && npages == 1);
    window_page = 0;
    return 0;
}

long
sys_page_bind_in(uint64_t va_and_rights, uint64_t name, uint64_t check, uint64_t ignored, uint64_t env_name, uint64_t env_check)
{
    (void)check, (void)ignored, (void)env_name, (void)env_check;
    uint64_t va = va_and_rights / PAGE * PAGE;
    demand(window_page && (uint32_t)name == window_page);
    char *at = __builtin_memcpy(memory_at(window_page), (void *)WINDOW, PAGE);
    stack_pages += va >= STACK;
    return va >= STACK || (loaded_range(result, va, va + PAGE, va_and_rights % PAGE) && loaded_page(result, va, at)) ? 0 : -E_QUOTA;
}

static bool
load(const void *image, size_t size, struct loaded *loaded)
{
    struct exos_env env;
    result = loaded;
    exists = false;
    __builtin_memset((void *)AEGIS_OWNERS, 0, PAGES * sizeof(uint16_t));
    *(uint16_t *)AEGIS_OWNERS = ENV; /* page 0 is nobody's to take */
    long status = exos_env_load(&env, &area, image, size);
    if (status == 0) {
        demand(exists && stack_pages == AEGIS_STACK_PAGES);
        loaded->entry = area.slice_start_pc;
        return true;
    }
    demand(!exists && memory_used() == 0); /* a file that is refused leaves nothing */
    return false;
}

__attribute__((constructor(102))) static void
begin(void)
{
    size_t owners = (PAGES * sizeof(uint16_t) + PAGE - 1) / PAGE * PAGE;
    demand(mmap((void *)WINDOW, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == (void *)WINDOW);
    demand(mmap((void *)AEGIS_INFO, PAGE + owners, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == (void *)AEGIS_INFO);
    ((struct aegis_info *)AEGIS_INFO)->page_count = PAGES;
}

_Static_assert(AEGIS_OWNER_FREE == 0, "cleared owners are free pages");

const struct loader env_image_loader = {"exos/env_image.c", PAGE, STACK, load};
