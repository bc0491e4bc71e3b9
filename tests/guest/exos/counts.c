/* Counts of pages that overflow, that leave the user half, or that run into what is not bindable, are refused before anything changes. */

#include "kids.h"

#define VA 0x50100000ul

static const uint64_t huge[] = {0x10000, 1ul << 20, 1ul << 32, 1ul << 51, (1ul << 52) - 1, 1ul << 52, (1ul << 52) + 1, 1ul << 63, ~0ul - 1, ~0ul};
enum { HUGE = sizeof huge / sizeof huge[0] };

int
main(void)
{
    check_begin("counts");
    struct aegis_cap cap;
    check(exos_page_map((void *)VA, AEGIS_READ | AEGIS_WRITE, &cap) == 0, "a page");
    bool unbind = true, rights = true;
    for (int i = 0; i < HUGE; i++) {
        unbind &= sys_page_unbind(VA, huge[i]) == -E_ADDRESS && sys_page_unbind(AEGIS_USER_TOP - 0x1000, huge[i]) == -E_ADDRESS;
        rights &= sys_page_rights(VA | AEGIS_READ, huge[i]) == -E_ADDRESS && sys_page_rights((AEGIS_USER_TOP - 0x1000) | AEGIS_READ, huge[i]) == -E_ADDRESS;
    }
    check(unbind, "page_unbind refuses counts that wrap, also 2^52");
    check(rights, "so does page_rights");
    check(sys_page_unbind(AEGIS_AREA - 0x1000, 2) == -E_ADDRESS && sys_page_rights((AEGIS_AREA - 0x1000) | AEGIS_READ, 2) == -E_ADDRESS, "no range runs into the guaranteed segment");
    check(sys_page_unbind(AEGIS_GUARANTEED_END - 0x1000, 2) == -E_ADDRESS, "nor out of it");
    check(sys_page_unbind(AEGIS_AREA - 0x100000, 0x2000) == -E_ADDRESS, "nor across it");
    check(sys_page_unbind(AEGIS_BINDINGS - 0x1000, 2) == -E_ADDRESS && sys_page_rights((AEGIS_BINDINGS - 0x1000) | AEGIS_READ, 2) == -E_ADDRESS, "nor into the table of bindings");
    check(sys_page_unbind(AEGIS_USER_TOP - 0x1000, 2) == -E_ADDRESS && sys_page_unbind(AEGIS_USER_TOP - 0x1000, 1) == 0, "the last page can be named, the one behind cannot");
    check(sys_page_rights(VA | AEGIS_READ, 2) == -E_ADDRESS && (AEGIS_BINDINGS_POINTER[VA >> 12] & 2), "if the second page is not bound the first keeps its rights");
    check(sys_page_rights(VA | AEGIS_READ | AEGIS_EXECUTE, 1) == 0, "within what was granted rights change");
    check(sys_page_rights(VA | AEGIS_OWN, 1) == -E_ADDRESS && sys_page_rights(VA | 0x800, 1) == -E_ADDRESS, "unknown rights are refused");
    struct aegis_cap read_only = {AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_READ, (uint32_t)cap.name), 0};
    read_only.check = sys_cap_mint(read_only.name).value;
    check(exos_page_protect((void *)(VA + 0x1000), AEGIS_READ, &read_only) == 0 && sys_page_rights(VA | AEGIS_READ | AEGIS_WRITE, 2) == -E_CAP, "two pages, the second granted less: refused");
    check((AEGIS_BINDINGS_POINTER[VA >> 12] & 2) == 0, "and the first is as it was");
    check(sys_page_unbind(VA, 0) == 0 && sys_page_rights(VA, 0) == 0, "a count of 0 does nothing");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
