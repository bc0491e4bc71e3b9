/* kind-confusion.c - a capability is good for its own kind of resource only, whatever number the resources share. */

#include "kids.h"

static uint64_t
as(uint64_t name, uint64_t kind)
{
    return (name & 0x00ffffffffffffff) | kind << 56;
}

int
main(void)
{
    check_begin("kind-confusion");
    struct exos_env kid = kid_make(0);
    uint32_t page = free_pages(1), at = free_position();
    struct aegis_cap cap = {AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page), sys_page_alloc(page).value};
    struct aegis_cap slice = {AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, at), sys_slice_alloc(at).value};
    bool pages = true, slices = true, envs = true;
    for (uint64_t kind = 0; kind < 256; kind++) { /* each capability, called another kind's, for each kind's calls */
        uint64_t p = as(cap.name, kind), s = as(slice.name, kind), e = as(kid.cap.name, kind);
        if (kind != AEGIS_CAP_PAGE)
            pages &= sys_page_free(p, cap.check) == -E_CAP && sys_page_bind(0x50200000 | AEGIS_READ, p, cap.check) == -E_CAP && sys_page_renew(p, cap.check).status == -E_CAP;
        pages &= sys_slice_free(p, cap.check) == -E_CAP && sys_env_destroy(p, cap.check) == -E_CAP;
        if (kind != AEGIS_CAP_SLICE)
            slices &= sys_slice_free(s, slice.check) == -E_CAP;
        slices &= sys_page_free(s, slice.check) == -E_CAP && sys_env_destroy(s, slice.check) == -E_CAP;
        if (kind != AEGIS_CAP_ENV)
            envs &= sys_env_destroy(e, kid.cap.check) == -E_CAP && sys_env_area(0x50200000, e, kid.cap.check) == -E_CAP;
        envs &= sys_page_free(e, kid.cap.check) == -E_CAP && sys_slice_free(e, kid.cap.check) == -E_CAP;
    }
    check(pages, "a page's");
    check(slices, "a slice's");
    check(envs && alive(kid.id), "an environment's");
    check(sys_cap_attenuate(cap.name, cap.check, as(cap.name, AEGIS_CAP_ENV)).status == -E_CAP && sys_cap_attenuate(cap.name, cap.check, as(cap.name, AEGIS_CAP_SLICE)).status == -E_CAP, "nor is it made into one of another kind");
    bool minted = false;
    for (uint64_t kind = 0; kind < 256; kind++)
        if (kind < AEGIS_CAP_PAGE || kind > AEGIS_CAP_SLICE)
            minted |= sys_cap_mint(as(cap.name, kind)).status == 0;
    check(!minted, "there are no other kinds");
    check(sys_page_free(cap.name, cap.check) == 0 && exos_slice_free(slice.name, slice.check) == 0 && kid_destroy(&kid) == 0 && sys_kernel_check() == 0, "as what they are, they serve");
    return check_end();
}
