/* capability.c - the key, and what includes what; contract in capability.h, which holds the check itself. Which resource has which epoch is page.c's, slice.c's and env.c's business.
 *
 * The comparison need not take constant time: the caller sees instructions, and the first differing bit of a 64-bit keyed hash tells
 * nothing that helps to forge the rest. Side channels are outside the threat model (docs/aegis-abi.md). */

#include "capability.h"

#include <machine/panic.h>
#include <machine/string.h>
#include <machine/x86.h>

struct siphash_state capability_start;

static u64
rdrand(void)
{
    u64 value;
    u8 ok;
    for (int tries = 0; tries < 100; tries++) {
        asm volatile("rdrand %0; setc %1" : "=r"(value), "=qm"(ok) : : "cc");
        if (ok)
            return value;
    }
    panic("RDRAND gives nothing: set a capability key in the boot header");
}

void
capability_init(const u8 bytes[16])
{
    u64 key[2];
    memcpy(key, bytes, sizeof key);
    if (!key[0] && !key[1]) {
        if (!(cpuid(1, 0).c >> 30 & 1))
            panic("this processor has no RDRAND: set a capability key in the boot header");
        key[0] = rdrand();
        key[1] = rdrand();
    }
    capability_start = siphash_start(key);
}

bool
capability_includes(u64 name, u64 weaker)
{
    u64 first = capability_first(name), end = first + capability_count(name);
    u64 weak_first = capability_first(weaker), weak_end = weak_first + capability_count(weaker);
    return capability_kind(name) == capability_kind(weaker) && !(capability_rights(weaker) & ~capability_rights(name)) &&
           capability_count(weaker) > 0 && weak_first >= first && weak_end <= end;
}
