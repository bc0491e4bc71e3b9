/* env_image.c - an ELF file into an environment; contract in exos/env_image.h. What the file says is machine/format/elf.c's to check, before anything of it is used. */

#include <exos/env_image.h>
#include <exos/memory.h>
#include <exos/syscall.h>
#include <format/elf.h>

/* Where a page is bound while it is filled. */
#define WINDOW 0x6fd00000ul
#define STACK (AEGIS_STACK_TOP - AEGIS_STACK_PAGES * AEGIS_PAGE_SIZE)

/* The lowest free page, the new environment's from now on, bound here at WINDOW, zeroed. */
static long
take_page(const struct exos_env *env, struct aegis_cap *cap)
{
    uint32_t page = 0, count = AEGIS_INFO_POINTER->page_count;
    while (page < count && AEGIS_OWNERS_POINTER[page] != AEGIS_OWNER_FREE)
        page++;
    cap->name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page);
    struct aegis_result taken = sys_page_alloc_in(cap->name, env->cap.name, env->cap.check);
    cap->check = taken.value;
    return taken.status < 0 ? taken.status : sys_page_bind(WINDOW | AEGIS_READ | AEGIS_WRITE, cap->name, cap->check);
}

static long
bind_page(const struct exos_env *env, uintptr_t va, unsigned rights, const struct aegis_cap *cap)
{
    return sys_page_bind_in(va | rights, cap->name, cap->check, 0, env->cap.name, env->cap.check);
}

/* The part of the segment that lies in the page at `va`. */
static void
fill(uintptr_t va, const struct elf_segment *segment)
{
    uint64_t from = segment->start > va ? segment->start : va, end = segment->start + segment->file_size;
    for (; from < end && from < va + AEGIS_PAGE_SIZE; from++)
        ((uint8_t *)WINDOW)[from - va] = ((const uint8_t *)segment->data)[from - segment->start];
}

static long
load_segment(const struct exos_env *env, const struct elf_segment *segment)
{
    unsigned rights = AEGIS_READ | (segment->writable ? AEGIS_WRITE : 0) | (segment->executable ? AEGIS_EXECUTE : 0);
    struct aegis_cap cap;
    long status = 0;
    for (uintptr_t va = segment->start & -(uintptr_t)AEGIS_PAGE_SIZE; status >= 0 && va < segment->start + segment->memory_size; va += AEGIS_PAGE_SIZE)
        if ((status = take_page(env, &cap)) >= 0) {
            fill(va, segment);
            status = bind_page(env, va, rights, &cap);
        }
    return status;
}

static long
load_stack(const struct exos_env *env)
{
    struct aegis_cap cap;
    long status = 0;
    for (uintptr_t va = STACK; status >= 0 && va < AEGIS_STACK_TOP; va += AEGIS_PAGE_SIZE)
        if ((status = take_page(env, &cap)) >= 0)
            status = bind_page(env, va, AEGIS_READ | AEGIS_WRITE, &cap);
    return status;
}

static long
load(const struct exos_env *env, const void *image)
{
    struct elf_segment segment;
    long status = 0;
    for (uint32_t next = 0; status >= 0 && elf_next(image, &next, &segment);)
        status = load_segment(env, &segment);
    if (status >= 0)
        status = load_stack(env);
    sys_page_unbind(WINDOW, 1);
    env->area->slice_start_pc = elf_entry(image);
    return status;
}

long
exos_env_load(struct exos_env *env, void *area, const void *image, size_t size)
{
    if (elf_check(image, size, AEGIS_PAGE_SIZE, STACK))
        return -E_ADDRESS;
    struct aegis_result made = sys_env_create();
    if (made.status < 0)
        return made.status;
    env->id = made.status;
    env->cap = (struct aegis_cap){AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, made.status), made.value};
    env->area = area;
    long status = sys_env_area((uintptr_t)area, env->cap.name, env->cap.check);
    if (status >= 0)
        status = load(env, image);
    if (status < 0)
        sys_env_destroy(env->cap.name, env->cap.check);
    return status < 0 ? status : 0;
}
