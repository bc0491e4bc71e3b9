/* fuzz.c - libFuzzer's side: each input is a file for every loader. A loader accepts it if and only if the oracle does, and has then the program that the oracle reads in it.
 *
 * What a loader may refuse besides is what is too large for it. Anything else aborts, which libFuzzer reports, and keeps the file.
 */

#include "oracle.h"

#include <format/elf.h>

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CERTAIN_PAGES = 64, CERTAIN_SEGMENTS = 8 }; /* every loader must have room for these */

static const struct loader *const loader[] = {&aegis_loader, &exos_loader, &env_image_loader, &ultrix_loader};
enum { LOADERS = sizeof loader / sizeof loader[0] };

static struct {
    unsigned long inputs, loaded[LOADERS];
} count;

static void
report(void)
{
    printf("loaded:");
    for (unsigned i = 0; i < LOADERS; i++)
        printf(" %s %lu", loader[i]->name, count.loaded[i]);
    printf(" of %lu\n", count.inputs);
}

static void
demand(bool holds, const struct loader *one, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s: %s\n", one->name, what);
    abort();
}

/* The auxiliary vector's AT_PHDR: where the program headers are in memory, if they are. */
static void
check_headers(const void *image, const struct loader *one)
{
    uint64_t at = elf_headers(image);
    if (at)
        demand(at >= one->low && at + elf_header_count(image) * sizeof(Elf64_Phdr) <= one->high, one, "program headers outside of user memory");
}

static void
try(unsigned i, const void *image, size_t size)
{
    static struct loaded loaded;
    const struct loader *one = loader[i];
    bool sound = oracle_accepts(image, size, one->low, one->high);
    demand(!elf_check(image, size, one->low, one->high) == sound, one, sound ? "elf_check refuses a good file" : "elf_check accepts a bad file");
    loaded.entry = loaded.nranges = loaded.nfilled = 0;
    memory_reset();
    if (one->load(image, size, &loaded)) {
        demand(sound, one, "a bad file was loaded");
        oracle_compare(image, &loaded);
        check_headers(image, one);
        count.loaded[i]++;
    } else if (sound) {
        uint32_t nsegments, npages = oracle_pages(image, &nsegments);
        demand(npages > CERTAIN_PAGES || nsegments > CERTAIN_SEGMENTS, one, "a good and small file was refused");
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const void *image = memory_image(bytes, size);
    if (!image)
        return 0;
    if (count.inputs++ == 0)
        atexit(report);
    for (unsigned i = 0; i < LOADERS; i++)
        try(i, image, size);
    return 0;
}

/* ---- changes that know the format: libFuzzer's own seldom leave a file that is still one ----------------------------------------- */

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t max);

static unsigned
below(unsigned *seed, unsigned n)
{
    return n ? rand_r(seed) % n : 0;
}

/* A number near one of the edges that loaders compare with, or another field of the file. */
static uint64_t
edge(const uint8_t *bytes, size_t size, unsigned *seed)
{
    const uint64_t edges[] = {0, size, PAGE, 0x400000, aegis_loader.high, exos_loader.high, ultrix_loader.low, ultrix_loader.high, 1ul << 47, 1ul << 63, ~0ul, PAGES * PAGE};
    const int64_t near[] = {0, 1, -1, PAGE, -PAGE, PAGE - 1, 56};
    uint64_t value = edges[below(seed, sizeof edges / sizeof edges[0])];
    if (below(seed, 2) && size >= sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr))
        memcpy(&value, bytes + sizeof(Elf64_Ehdr) + below(seed, 8 * 7) % (size / 8 - 8) * 8, sizeof value);
    return value + near[below(seed, sizeof near / sizeof near[0])];
}

static void
change_header(uint8_t *bytes, size_t size, unsigned *seed)
{
    Elf64_Ehdr h;
    memcpy(&h, bytes, sizeof h);
    switch (below(seed, 4)) {
    case 0: h.e_phnum = below(seed, 20); break;
    case 1: h.e_phoff = edge(bytes, size, seed); break;
    default: h.e_entry = edge(bytes, size, seed);
    }
    memcpy(bytes, &h, sizeof h);
}

static void
change_segment(uint8_t *bytes, size_t size, unsigned *seed)
{
    Elf64_Ehdr h;
    Elf64_Phdr p;
    memcpy(&h, bytes, sizeof h);
    size_t at = h.e_phoff + below(seed, h.e_phnum) * sizeof p;
    if (h.e_phoff > size || at > size - sizeof p)
        return;
    memcpy(&p, bytes + at, sizeof p);
    switch (below(seed, 7)) {
    case 0: p.p_type = PT_LOAD; break;
    case 1: p.p_flags = below(seed, 8); break;
    case 2: p.p_offset = edge(bytes, size, seed); break;
    case 3: p.p_vaddr = edge(bytes, size, seed); break;
    case 4: p.p_filesz = edge(bytes, size, seed); break;
    case 5: p.p_memsz = edge(bytes, size, seed); break;
    default: p.p_memsz = p.p_filesz + below(seed, 3 * PAGE);
    }
    memcpy(bytes + at, &p, sizeof p);
}

size_t
LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t max, unsigned seed)
{
    if (size < sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr) || below(&seed, 4) == 0)
        return LLVMFuzzerMutate(bytes, size, max);
    for (unsigned n = 1 + below(&seed, 3); n > 0; n--)
        if (below(&seed, 4) == 0)
            change_header(bytes, size, &seed);
        else
            change_segment(bytes, size, &seed);
    return size;
}
