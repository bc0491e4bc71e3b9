/* memory.h - which physical pages are RAM, and who has taken the first of them. */
#ifndef MACHINE_MEMORY_H
#define MACHINE_MEMORY_H

#include <machine/types.h>

#define PAYLOAD_START 0x100000 /* physical; the loader puts kernel and archive here */

/* Read the loader's E820 map. Panics if it is empty or has no RAM behind the payload. */
void memory_init(const void *map);

/* One past the highest page of RAM used, below PHYS_LIMIT: whole MiBs. Of the last one QEMU's firmware and Bochs' keep different parts; so both machines are of one size. */
pageno_t memory_page_count(void);

/* Usable RAM that neither the firmware, the low megabyte, the payload nor memory_take() has. */
bool memory_is_free(pageno_t page);

/* Take `npages` contiguous zeroed pages for the kernel for good; only while booting. Returns the first. Panics when there are none. */
pa_t memory_take(u32 npages);

/* Nothing more is taken. Leave the rest of a 16 MiB unused too, where RAM allows: the pages that are free are then the same whatever the payload's size, and so is all
 * that depends on their numbers. */
void memory_settle(void);

#endif
