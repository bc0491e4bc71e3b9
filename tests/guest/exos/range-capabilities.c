/* A range capability is worth exactly its range: no overflow, no part of another's page, no more after any of its pages has changed. */

#include "kids.h"

#define VA 0x50000000ul
#define NAME(rights, first, count) AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, rights, first, count)
#define BIND(name, check) sys_page_bind(VA | AEGIS_READ, name, check)

static bool
minted(uint64_t name)
{
    return sys_cap_mint(name).status == 0;
}

int
main(void)
{
    check_begin("range-capabilities");
    uint32_t first = free_pages(6) + 1, count = AEGIS_INFO_POINTER->page_count;
    for (uint32_t i = 0; i < 4; i++)
        sys_page_alloc(first + i);
    uint64_t all = NAME(AEGIS_ALL, first, 4), check_all = sys_cap_mint(all).value;
    check(BIND(all, check_all) == 0 && sys_page_unbind(VA, 4) == 4, "a range is bound whole");
    check(!minted(NAME(AEGIS_ALL, first, 5)) && !minted(NAME(AEGIS_ALL, first - 1, 2)), "no range that holds a page of another is minted");
    check(!minted(NAME(AEGIS_ALL, first, 0)), "none of count 0");
    check(!minted(NAME(AEGIS_ALL, first, 0xffff)), "none of count 65535");
    check(!minted(NAME(AEGIS_ALL, 0xffffffff, 2)) && !minted(NAME(AEGIS_ALL, 0xffffffff, 0xffff)), "none that wraps around the page numbers");
    check(!minted(NAME(AEGIS_ALL, count - 1, 2)) && !minted(NAME(AEGIS_ALL, count, 1)), "none beyond memory");
    bool kinds = false;
    for (uint64_t kind = 0; kind < 256; kind++)
        kinds |= kind != AEGIS_CAP_PAGE && minted(AEGIS_CAP_RANGE(kind, AEGIS_ALL, first, 1));
    check(!kinds, "none of another kind");
    check(BIND(NAME(AEGIS_ALL, first, 3), check_all) == -E_CAP && BIND(NAME(AEGIS_ALL, first, 1), check_all) == -E_CAP, "the check of a range is none for its parts");
    check(BIND(NAME(AEGIS_ALL, first, 0), 0) == -E_CAP, "an empty range binds nothing");
    check(sys_cap_attenuate(all, check_all, NAME(AEGIS_READ, first + 3, 1)).status == 0, "its last page can be handed on alone");
    check(sys_cap_attenuate(all, check_all, NAME(AEGIS_READ, first + 3, 2)).status == -E_CAP, "not with the next one");
    check(sys_cap_attenuate(all, check_all, NAME(AEGIS_READ, first - 1, 2)).status == -E_CAP, "nor with the one before");
    check(sys_cap_attenuate(all, check_all, NAME(AEGIS_READ, first, 0)).status == -E_CAP, "nor as an empty range");
    check(sys_cap_attenuate(all, check_all, NAME(AEGIS_ALL | 16, first, 1)).status == -E_CAP, "nor with a right more");
    check(sys_cap_attenuate(all, check_all ^ 1, all).status == -E_CAP, "a forged one is not attenuated");
    check(sys_page_free(NAME(AEGIS_ALL, first + 2, 1), sys_cap_mint(NAME(AEGIS_ALL, first + 2, 1)).value) == 0, "one page of it is freed");
    check(BIND(all, check_all) == -E_CAP, "the range is stale");
    check(sys_page_alloc(first + 2).status == 0 && BIND(all, check_all) == -E_CAP, "and stays so when the page is had again");
    check(sys_page_free(all, check_all) == -E_CAP && sys_page_renew(all, check_all).status == -E_CAP, "a stale range frees and renews nothing");
    struct aegis_result one = sys_page_renew(NAME(AEGIS_ALL, first, 1), sys_cap_mint(NAME(AEGIS_ALL, first, 1)).value);
    uint64_t again = sys_cap_mint(all).value;
    check(one.status == 0 && sys_page_renew(NAME(AEGIS_ALL, first + 1, 2), sys_cap_mint(NAME(AEGIS_ALL, first + 1, 2)).value).status == 0, "parts are renewed");
    check(BIND(all, again) == -E_CAP, "renewing a part makes the whole stale");
    check(sys_page_free(all, sys_cap_mint(all).value) == 0 && AEGIS_OWNERS_POINTER[first + 3] == AEGIS_OWNER_FREE, "a range is freed whole");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
