/* elf.h - reading a static ELF64 executable for x86-64 (System V ABI, chapters 4 and 5). A pure reader: it maps nothing. */
#ifndef MACHINE_ELF_H
#define MACHINE_ELF_H

#include <machine/types.h>

struct elf_segment {
    va_t start; /* as in the file: not necessarily page-aligned */
    u64 memory_size, file_size;
    const void *data; /* file_size bytes, inside the image */
    bool writable, executable;
};

/* Check `image` completely: a static x86-64 executable whose loadable segments lie inside the file, inside [low, high), page-disjoint and
 * in ascending order, with the entry point in an executable one. Returns NULL, or what is wrong. The other functions need a checked image. */
const char *elf_check(const void *image, size_t bytes, va_t low, va_t high);

va_t elf_entry(const void *image);

/* Program headers: their number and address (for the auxiliary vector), 0 where no segment holds them. */
u16 elf_header_count(const void *image);
va_t elf_headers(const void *image);

/* Step through the loadable segments: start with *next = 0; false after the last. */
bool elf_next(const void *image, u32 *next, struct elf_segment *segment);

#endif
