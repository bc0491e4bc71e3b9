/* capability.h - minting and checking capabilities (format: aegis/cap.h). */
#ifndef CAPABILITY_H
#define CAPABILITY_H

#include "siphash.h"

#include <aegis/cap.h>
#include <machine/types.h>

/* Set the key. 16 zero bytes: draw one from the processor (RDRAND); panics if it has none. */
void capability_init(const u8 key[16]);

extern struct siphash_state capability_start; /* the key, mixed */

/* The check word of capability `name` for resources whose epochs sum to `epoch` (below 2^56: more changes than a machine lives to see). */
__attribute__((always_inline)) static inline u64
capability_mint(u64 name, u64 epoch)
{
    return siphash24(&capability_start, name, epoch);
}

static inline u32 capability_first(u64 name) { return (u32)name; }
static inline u32 capability_count(u64 name) { return name >> 32 & 0xffff; }
static inline u8 capability_rights(u64 name) { return name >> 48; }
static inline u8 capability_kind(u64 name) { return name >> 56; }

/* Is (name, check) genuine for resources of `kind` whose epochs sum to `epoch`, and does it grant all of `rights`? */
static inline bool
capability_grants(u64 name, u64 check, u64 epoch, u8 kind, u8 rights)
{
    return capability_kind(name) == kind && (capability_rights(name) & rights) == rights && capability_mint(name, epoch) == check;
}

/* Is what `weaker` names part of what `name` names, with no right more? */
bool capability_includes(u64 name, u64 weaker);

#endif
