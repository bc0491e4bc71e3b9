/* oracle.c - contract in oracle.h. */

#include "oracle.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 wide;

static Elf64_Ehdr
header(const void *image)
{
    Elf64_Ehdr h;
    memcpy(&h, image, sizeof h);
    return h;
}

static Elf64_Phdr
program(const void *image, unsigned i)
{
    Elf64_Phdr p;
    memcpy(&p, (const char *)image + header(image).e_phoff + i * sizeof p, sizeof p);
    return p;
}

static wide
first_page(const Elf64_Phdr *p)
{
    return (wide)p->p_vaddr / PAGE * PAGE;
}

static wide
end_page(const Elf64_Phdr *p)
{
    return ((wide)p->p_vaddr + p->p_memsz + PAGE - 1) / PAGE * PAGE;
}

static bool
is_executable_for_us(const void *image, size_t size)
{
    static const unsigned char ident[] = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT};
    if (size < sizeof(Elf64_Ehdr))
        return false;
    Elf64_Ehdr h = header(image);
    return memcmp(h.e_ident, ident, sizeof ident) == 0 && h.e_type == ET_EXEC && h.e_machine == EM_X86_64 && h.e_phentsize == sizeof(Elf64_Phdr) && h.e_phnum > 0 &&
           (wide)h.e_phoff + (wide)h.e_phnum * sizeof(Elf64_Phdr) <= size;
}

bool
oracle_accepts(const void *image, size_t size, uint64_t low, uint64_t high)
{
    if (!is_executable_for_us(image, size))
        return false;
    Elf64_Ehdr h = header(image);
    wide free_from = low;
    bool entry_found = false;
    for (unsigned i = 0; i < h.e_phnum; i++) {
        Elf64_Phdr p = program(image, i);
        if (p.p_type == PT_INTERP)
            return false;
        if (p.p_type != PT_LOAD)
            continue;
        wide end = (wide)p.p_vaddr + p.p_memsz;
        if (p.p_memsz == 0 || p.p_filesz > p.p_memsz || (wide)p.p_offset + p.p_filesz > size || p.p_vaddr < free_from || end > high)
            return false;
        entry_found |= p.p_flags & PF_X && h.e_entry >= p.p_vaddr && h.e_entry < end;
        free_from = end_page(&p);
    }
    return entry_found;
}

uint32_t
oracle_pages(const void *image, uint32_t *nsegments)
{
    wide npages = 0;
    *nsegments = 0;
    for (unsigned i = 0; i < header(image).e_phnum; i++) {
        Elf64_Phdr p = program(image, i);
        if (p.p_type != PT_LOAD)
            continue;
        npages += (end_page(&p) - first_page(&p)) / PAGE;
        ++*nsegments;
    }
    return npages < PAGES ? npages : PAGES;
}

static void
demand(bool holds, const char *what, uint64_t va)
{
    if (holds)
        return;
    fprintf(stderr, "oracle: %s, at %#lx\n", what, va);
    abort();
}

/* What must be in the page at `va`; false: no byte of the file. */
static bool
page_of_file(const void *image, uint64_t va, char page[PAGE])
{
    bool any = false;
    memset(page, 0, PAGE);
    for (unsigned i = 0; i < header(image).e_phnum; i++) {
        Elf64_Phdr p = program(image, i);
        uint64_t from = va > p.p_vaddr ? va : p.p_vaddr, end = p.p_vaddr + p.p_filesz, to = va + PAGE < end ? va + PAGE : end;
        if (p.p_type != PT_LOAD || from >= to)
            continue;
        memcpy(page + (from - va), (const char *)image + p.p_offset + (from - p.p_vaddr), to - from);
        any = true;
    }
    return any;
}

static void
compare_ranges(const void *image, const struct loaded *loaded)
{
    struct loaded expected = {0};
    for (unsigned i = 0; i < header(image).e_phnum; i++) {
        Elf64_Phdr p = program(image, i);
        unsigned rights = MAY_READ | (p.p_flags & PF_W ? MAY_WRITE : 0) | (p.p_flags & PF_X ? MAY_EXECUTE : 0);
        if (p.p_type == PT_LOAD && !loaded_range(&expected, first_page(&p), end_page(&p), rights))
            return; /* more than this program can remember: then only the contents are compared */
    }
    demand(expected.nranges == loaded->nranges, "other ranges are mapped than the file has", loaded->nranges);
    for (uint32_t i = 0; i < expected.nranges; i++)
        demand(memcmp(&expected.range[i], &loaded->range[i], sizeof expected.range[i]) == 0, "a range that the file does not have, or other rights", loaded->range[i].start);
}

/* Pages that have bytes of the file. */
static uint32_t
count_filled(const void *image)
{
    uint32_t n = 0;
    for (unsigned i = 0; i < header(image).e_phnum; i++) {
        Elf64_Phdr p = program(image, i);
        if (p.p_type == PT_LOAD && p.p_filesz > 0)
            n += (p.p_vaddr + p.p_filesz - 1) / PAGE - p.p_vaddr / PAGE + 1;
    }
    return n;
}

void
oracle_compare(const void *image, const struct loaded *loaded)
{
    static char page[PAGE];
    uint32_t filled = 0;
    demand(loaded->entry == header(image).e_entry, "another entry point", loaded->entry);
    compare_ranges(image, loaded);
    for (const struct filled *f = loaded->filled; f < loaded->filled + loaded->nfilled; f++) {
        filled += page_of_file(image, f->va, page);
        demand(memcmp(page, f->at, PAGE) == 0, "a page with other contents", f->va);
    }
    demand(filled == count_filled(image), "pages of the file are missing", filled);
}
