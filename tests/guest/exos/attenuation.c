/* attenuation.c - a capability is made weaker, never stronger: all sets of rights against all others, and every range around. */

#include "kids.h"

int
main(void)
{
    check_begin("attenuation");
    struct aegis_cap four;
    check(exos_page_alloc(4, &four) == 0, "four pages");
    uint32_t first = four.name;
    bool weaker = true, stronger = false, works = true;
    for (uint64_t has = 0; has < 16; has++) {
        uint64_t name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, has, first, 2);
        struct aegis_result cap = sys_cap_attenuate(four.name, four.check, name);
        weaker &= cap.status == 0;
        for (uint64_t wants = 0; wants < 256; wants++) {
            uint64_t part = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, wants, first + 1, 1);
            struct aegis_result made = sys_cap_attenuate(name, cap.value, part);
            if (wants & ~has)
                stronger |= made.status == 0;
            else
                weaker &= made.status == 0;
            if (made.status == 0)
                works &= (sys_page_bind(0x50200000 | AEGIS_READ | AEGIS_WRITE, part, made.value) == 0) == ((wants & 3) == 3);
        }
    }
    check(weaker, "each set of rights gives each of its subsets");
    check(!stronger, "and no right more");
    check(works, "what is made so grants what it says");
    uint64_t middle = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first + 1, 2);
    struct aegis_result cap = sys_cap_attenuate(four.name, four.check, middle);
    bool inside = true, outside = false;
    for (uint64_t from = 0; from < 5; from++)
        for (uint64_t n = 0; n < 6; n++) {
            bool part = n > 0 && from >= 1 && from + n <= 3;
            bool made = sys_cap_attenuate(middle, cap.value, AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first + from, n)).status == 0;
            inside &= made || !part;
            outside |= made && !part;
        }
    check(inside && !outside, "a range gives the ranges within it, and no other");
    check(sys_cap_attenuate(middle, cap.value, AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, 0xffffffff, 0xffff)).status == -E_CAP &&
              sys_cap_attenuate(middle, cap.value, AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first + 2, 0xffff)).status == -E_CAP, "nor one that overflows");
    check(sys_cap_attenuate(middle, cap.value ^ 1, middle).status == -E_CAP && sys_cap_attenuate(four.name, cap.value, middle).status == -E_CAP, "nor from one that is not genuine");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
