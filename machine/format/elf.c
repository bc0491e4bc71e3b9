/* elf.c - reads a static ELF64 executable; contract in format/elf.h. */

#include <format/elf.h>

enum { PAGE = 4096, TYPE_EXECUTABLE = 2, MACHINE_X86_64 = 62, PT_LOAD = 1, PT_INTERP = 3, PF_X = 1, PF_W = 2 };

struct elf_header {
    uint8_t ident[16];
    uint16_t type, machine;
    uint32_t version;
    uint64_t entry, phoff, shoff;
    uint32_t flags;
    uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};

struct program_header {
    uint32_t type, flags;
    uint64_t offset, vaddr, paddr, filesz, memsz, align;
};

/* The image may start at any byte of the archive: copy, do not dereference. */
static struct elf_header
header(const void *image)
{
    struct elf_header h;
    __builtin_memcpy(&h, image, sizeof h);
    return h;
}

static struct program_header
program(const void *image, uint32_t i)
{
    struct program_header p;
    __builtin_memcpy(&p, (const char *)image + header(image).phoff + i * sizeof p, sizeof p);
    return p;
}

static const char *
check_header(const void *image, size_t bytes)
{
    if (bytes < sizeof(struct elf_header))
        return "shorter than an ELF header";
    struct elf_header h = header(image);
    if (h.ident[0] != 0177 || h.ident[1] != 'E' || h.ident[2] != 'L' || h.ident[3] != 'F' || h.ident[4] != 2 || h.ident[5] != 1 || h.ident[6] != 1)
        return "not a little-endian ELF64 file";
    if (h.type != TYPE_EXECUTABLE || h.machine != MACHINE_X86_64)
        return "not a static x86-64 executable";
    if (h.phentsize != sizeof(struct program_header) || h.phnum == 0)
        return "no program headers";
    if (h.phoff > bytes || h.phnum * sizeof(struct program_header) > bytes - h.phoff)
        return "program headers outside the file";
    return NULL;
}

/* `end` is the first page address that earlier segments do not use; moved up. */
static const char *
check_segment(const struct program_header *p, size_t bytes, uint64_t low, uint64_t high, uint64_t *end)
{
    if (p->filesz > p->memsz || p->memsz == 0)
        return "a segment is larger in the file than in memory, or empty";
    if (p->offset > bytes || p->filesz > bytes - p->offset)
        return "a segment lies outside the file";
    if (p->vaddr < low || p->vaddr >= high || p->memsz > high - p->vaddr)
        return "a segment lies outside the user address space";
    if (p->vaddr < *end)
        return "segments overlap or are out of order";
    *end = (p->vaddr + p->memsz + PAGE - 1) & ~(uint64_t)(PAGE - 1);
    return NULL;
}

const char *
elf_check(const void *image, size_t bytes, uint64_t low, uint64_t high)
{
    const char *error = check_header(image, bytes);
    if (error)
        return error;
    struct elf_header h = header(image);
    uint64_t end = 0;
    bool entry_found = false;
    for (uint32_t i = 0; i < h.phnum; i++) {
        struct program_header p = program(image, i);
        if (p.type == PT_INTERP)
            return "it is dynamically linked";
        if (p.type != PT_LOAD)
            continue;
        error = check_segment(&p, bytes, low, high, &end);
        if (error)
            return error;
        entry_found |= (p.flags & PF_X) && h.entry >= p.vaddr && h.entry - p.vaddr < p.memsz;
    }
    return entry_found ? NULL : "the entry point is in no executable segment";
}

uint64_t
elf_entry(const void *image)
{
    return header(image).entry;
}

uint16_t
elf_header_count(const void *image)
{
    return header(image).phnum;
}

uint64_t
elf_headers(const void *image)
{
    struct elf_header h = header(image);
    for (uint32_t i = 0; i < h.phnum; i++) {
        struct program_header p = program(image, i);
        if (p.type == PT_LOAD && h.phoff >= p.offset && h.phoff - p.offset + h.phnum * sizeof p <= p.filesz)
            return p.vaddr + (h.phoff - p.offset);
    }
    return 0;
}

bool
elf_next(const void *image, uint32_t *next, struct elf_segment *segment)
{
    struct elf_header h = header(image);
    for (; *next < h.phnum; ++*next) {
        struct program_header p = program(image, *next);
        if (p.type != PT_LOAD)
            continue;
        *segment = (struct elf_segment){p.vaddr, p.memsz, p.filesz, (const char *)image + p.offset, p.flags & PF_W, p.flags & PF_X};
        ++*next;
        return true;
    }
    return false;
}
