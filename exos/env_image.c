/* env_image.c - an ELF file into an environment; contract in exos/env_image.h. Every number in the file is checked against its size and the user half before it is used. */

#include <exos/env_image.h>
#include <exos/memory.h>
#include <exos/syscall.h>
#include <stdbool.h>

/* Where a page is bound while it is filled. */
#define WINDOW 0x6fd00000ul
#define STACK (AEGIS_STACK_TOP - AEGIS_STACK_PAGES * AEGIS_PAGE_SIZE)
#define LOWEST AEGIS_PAGE_SIZE
#define HIGHEST STACK /* segments lie below the stack */

struct elf_header {
    uint8_t ident[16];
    uint16_t type, machine;
    uint32_t version;
    uint64_t entry, phoff, shoff;
    uint32_t flags;
    uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};

struct elf_segment {
    uint32_t type, flags;
    uint64_t offset, vaddr, paddr, filesz, memsz, align;
};

enum { ELF_EXECUTABLE = 2, ELF_X86_64 = 62, ELF_LOAD = 1, ELF_X = 1, ELF_W = 2 };

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

static bool
is_sound(const struct elf_segment *segment, size_t size)
{
    return segment->filesz <= segment->memsz && segment->offset <= size && segment->filesz <= size - segment->offset && segment->vaddr >= LOWEST &&
           segment->vaddr < HIGHEST && segment->memsz <= HIGHEST - segment->vaddr;
}

/* The part of the segment that lies in the page at `va`. */
static void
fill(uintptr_t va, const struct elf_segment *segment, const uint8_t *image)
{
    uint64_t from = segment->vaddr > va ? segment->vaddr : va, end = segment->vaddr + segment->filesz;
    for (; from < end && from < va + AEGIS_PAGE_SIZE; from++)
        ((uint8_t *)WINDOW)[from - va] = image[segment->offset + (from - segment->vaddr)];
}

static long
load_segment(const struct exos_env *env, const struct elf_segment *segment, const uint8_t *image)
{
    unsigned rights = AEGIS_READ | (segment->flags & ELF_W ? AEGIS_WRITE : 0) | (segment->flags & ELF_X ? AEGIS_EXECUTE : 0);
    struct aegis_cap cap;
    long status = 0;
    for (uintptr_t va = segment->vaddr & -(uintptr_t)AEGIS_PAGE_SIZE; status >= 0 && va < segment->vaddr + segment->memsz; va += AEGIS_PAGE_SIZE)
        if ((status = take_page(env, &cap)) >= 0) {
            fill(va, segment, image);
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
load(const struct exos_env *env, const uint8_t *image, size_t size)
{
    const struct elf_header *header = (const struct elf_header *)image;
    if (size < sizeof *header || *(const uint32_t *)image != 0x464c457f || header->type != ELF_EXECUTABLE || header->machine != ELF_X86_64 ||
        header->phentsize != sizeof(struct elf_segment) || header->phoff > size || header->phnum > (size - header->phoff) / sizeof(struct elf_segment) ||
        header->phoff % 8 || header->entry >= HIGHEST)
        return -E_ADDRESS;
    const struct elf_segment *segment = (const struct elf_segment *)(image + header->phoff);
    long status = 0;
    for (unsigned i = 0; status >= 0 && i < header->phnum; i++)
        if (segment[i].type == ELF_LOAD)
            status = is_sound(&segment[i], size) ? load_segment(env, &segment[i], image) : -E_ADDRESS;
    if (status >= 0)
        status = load_stack(env);
    sys_page_unbind(WINDOW, 1);
    env->area->slice_start_pc = header->entry;
    return status;
}

long
exos_env_load(struct exos_env *env, void *area, const void *image, size_t size)
{
    struct aegis_result made = sys_env_create();
    if (made.status < 0)
        return made.status;
    env->id = made.status;
    env->cap = (struct aegis_cap){AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, made.status), made.value};
    env->area = area;
    long status = sys_env_area((uintptr_t)area, env->cap.name, env->cap.check);
    if (status >= 0)
        status = load(env, image, size);
    if (status < 0)
        sys_env_destroy(env->cap.name, env->cap.check);
    return status < 0 ? status : 0;
}
