/* cap_calls.c - the system calls on capabilities of any kind: minting by the owner, attenuation by a holder (claims D-13, D-14). */

#include "capability.h"
#include "env.h"
#include "page.h"
#include "slice.h"

struct kind {
    bool (*epoch)(u64 name, u64 *epoch);
    bool (*owned)(u64 name, u16 owner);
};

static const struct kind kinds[] = {
    [AEGIS_CAP_PAGE] = {page_epoch, page_owned},
    [AEGIS_CAP_ENV] = {env_epoch, env_owned},
    [AEGIS_CAP_SLICE] = {slice_epoch, slice_owned},
};

static const struct kind *
kind_of(u64 name)
{
    u8 kind = capability_kind(name);
    return kind < sizeof kinds / sizeof kinds[0] && kinds[kind].epoch ? &kinds[kind] : NULL;
}

/* The capability `name`, with any rights, of resources that the caller owns. Returns 0 with the check word in rdx, or -E_CAP (not all the caller's,
 * no such resources, count 0, no such kind). */
struct aegis_result
sys_cap_mint(u64 name)
{
    const struct kind *kind = kind_of(name);
    u64 epoch;
    if (!kind || !kind->owned(name, env_owner(env_current())) || !kind->epoch(name, &epoch))
        return (struct aegis_result){-E_CAP, 0};
    return (struct aegis_result){0, capability_mint(name, epoch)};
}

/* From the genuine capability (name, check), one for `weaker`: a part of its range, no right more. Returns 0 with the check word in rdx, or -E_CAP. */
struct aegis_result
sys_cap_attenuate(u64 name, u64 check, u64 weaker)
{
    const struct kind *kind = kind_of(name);
    u64 epoch;
    if (!kind || !capability_includes(name, weaker) || !kind->epoch(name, &epoch) || capability_mint(name, epoch) != check)
        return (struct aegis_result){-E_CAP, 0};
    kind->epoch(weaker, &epoch);
    return (struct aegis_result){0, capability_mint(weaker, epoch)};
}
