/* double-free.c - what has been freed, destroyed or given is not so again by the same words, also when it is somebody else's by then. */

#include "kids.h"

int
main(void)
{
    check_begin("double-free");
    struct aegis_cap page, range;
    check(exos_page_alloc(1, &page) == 0 && sys_page_free(page.name, page.check) == 0 && sys_page_free(page.name, page.check) == -E_CAP, "a page, twice");
    struct aegis_result again = sys_page_alloc((uint32_t)page.name);
    check(again.status == 0 && sys_page_free(page.name, page.check) == -E_CAP && AEGIS_OWNERS_POINTER[(uint32_t)page.name] >= AEGIS_OWNER_ENV, "nor when it is had again");
    check(sys_page_give(page.name, page.check, ME) == -E_CAP && sys_page_renew(page.name, page.check).status == -E_CAP && sys_page_keep(page.name, page.check) == -E_CAP, "nor given, renewed, kept");
    check(sys_page_free(page.name, again.value) == 0, "by its new word it is");
    check(exos_page_alloc(8, &range) == 0 && sys_page_free(range.name, range.check) == 0 && sys_page_free(range.name, range.check) == -E_CAP, "a range, twice");
    uint32_t at = free_position();
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, at);
    struct aegis_result slice = sys_slice_alloc(at);
    check(sys_slice_free(name, slice.value) == 0 && sys_slice_free(name, slice.value) == -E_CAP, "a slice, twice");
    struct aegis_result next = sys_slice_alloc(at);
    check(sys_slice_free(name, slice.value) == -E_CAP && sys_slice_give(name, slice.value, ME) == -E_CAP && AEGIS_INFO_POINTER->slices[at].owner == ME, "nor when it is had again");
    check(exos_slice_free(name, next.value) == 0, "by its new word it is");
    struct exos_env kid = kid_make(0);
    check(kid_destroy(&kid) == 0 && kid_destroy(&kid) == -E_CAP, "an environment, twice");
    struct exos_env heir = kid_make(0);
    check(heir.id % AEGIS_ENVS == kid.id % AEGIS_ENVS && kid_destroy(&kid) == -E_CAP && alive(heir.id), "nor when another lives in its slot");
    check(sys_env_area(0x50200000, kid.cap.name, kid.cap.check) == -E_CAP && sys_revoke(kid.cap.name, kid.cap.check, (uint64_t)AEGIS_CAP_PAGE << 32, 0, 0) == -E_CAP, "which the old words do not reach");
    check(kid_destroy(&heir) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
