/* capability.h - minting and checking capabilities (format: aegis/cap.h). */
#ifndef CAPABILITY_H
#define CAPABILITY_H

#include <aegis/cap.h>
#include <machine/types.h>

/* Set the key. 16 zero bytes: draw one from the processor (RDRAND); panics if it has none. */
void capability_init(const u8 key[16]);

/* The check word of capability `name` for a resource in `epoch`. */
u64 capability_mint(u64 name, u32 epoch);

/* Is (name, check) genuine for a resource of `kind` in `epoch`, and does it grant all of `rights`? */
bool capability_grants(u64 name, u64 check, u32 epoch, u8 kind, u8 rights);

static inline u32 capability_resource(u64 name) { return (u32)name; }

#endif
