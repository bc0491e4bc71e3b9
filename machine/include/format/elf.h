/* elf.h - reading a static ELF64 executable for x86-64 (System V ABI, chapters 4 and 5). A pure reader: it maps nothing. */
#ifndef FORMAT_ELF_H
#define FORMAT_ELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct elf_segment {
    uint64_t start; /* as in the file: not necessarily page-aligned */
    uint64_t memory_size, file_size;
    const void *data; /* file_size bytes, inside the image */
    bool writable, executable;
};

/* Check `image` completely: a static x86-64 executable whose loadable segments lie inside the file, inside [low, high), page-disjoint and
 * in ascending order, with the entry point in an executable one. Returns NULL, or what is wrong. The other functions need a checked image. */
const char *elf_check(const void *image, size_t bytes, uint64_t low, uint64_t high);

uint64_t elf_entry(const void *image);

/* Program headers: their number and address (for the auxiliary vector), 0 where no segment holds them. */
uint16_t elf_header_count(const void *image);
uint64_t elf_headers(const void *image);

/* Step through the loadable segments: start with *next = 0; false after the last. */
bool elf_next(const void *image, uint32_t *next, struct elf_segment *segment);

#endif
