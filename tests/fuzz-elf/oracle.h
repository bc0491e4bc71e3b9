/* oracle.h - what an ELF file means, said a second time: from the System V ABI and <elf.h> alone, with numbers so wide that nothing overflows. */
#ifndef ORACLE_H
#define ORACLE_H

#include "loaders.h"

/* May it be run, with its segments in [low, high)? As format/elf.h promises. */
bool oracle_accepts(const void *image, size_t size, uint64_t low, uint64_t high);

/* How many pages the segments of an accepted file touch, at most PAGES; *nsegments: how many there are. */
uint32_t oracle_pages(const void *image, uint32_t *nsegments);

/* Abort unless `loaded` is that program: every page with the file's bytes or zeros in it, and the right rights; and nothing else. */
void oracle_compare(const void *image, const struct loaded *loaded);

#endif
