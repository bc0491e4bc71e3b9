/* Thousands of random bindings of every kind, in ranges that evict, replace and cross each other and themselves, and pages that are freed under them: what is bound always
 * shows the page that it should, what the kernel promises to keep is there, and its tables agree. */

#include "kids.h"

enum { PAGES = 600, TABLES = 5, TABLE = 512, VAS = TABLES * TABLE, STEPS = 1000, PLAIN = 0 };

/* In the cache's first set, but one of them. */
static const uint64_t base[TABLES] = {0x200000000, 0x200200000, 0x201000000, 0x202000000, 0x203000000};
static uint16_t expected[VAS]; /* page + 1 */
static uint8_t kind[VAS];
static uint64_t first, seed = 88172645463325252;
static const char *wrong;

static uint64_t
below(uint64_t n)
{
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return (seed >> 11) % n;
}

static uint64_t va_of(uint32_t i) { return base[i / TABLE] + i % TABLE * 4096ul; }
static uint64_t entry_of(uint32_t i) { return AEGIS_BINDINGS_POINTER[va_of(i) >> 12]; }

static void
see(bool holds, const char *what)
{
    if (!holds && !wrong)
        wrong = what;
}

/* As many addresses from `at` on, `n` at most, as are neighbours. */
static uint32_t
neighbours(uint32_t at, uint32_t n)
{
    uint32_t end = at < 2 * TABLE ? 2 * TABLE : (at / TABLE + 1) * TABLE;
    return n < end - at ? n : end - at;
}

static void
forget(uint32_t at, uint32_t n)
{
    for (; n > 0; n--, at++)
        expected[at] = kind[at] = 0;
}

static void
look_at(uint32_t i)
{
    bool kept = expected[i] && kind[i];
    if (!kept && !(entry_of(i) & 1)) {
        see(CAUSE_OF("mov (%%rdi), %%rcx", va_of(i)) == AEGIS_PAGE, "what is not bound is not there");
        return;
    }
    see(expected[i] && CAUSE_OF("mov (%%rdi), %%rcx", va_of(i)) == NOTHING, "what is bound, or kept, is there");
    see((entry_of(i) >> 12 & 0xffffffffff) == first + expected[i] - 1, "it is the page that was bound");
    see(*(volatile uint64_t *)va_of(i) == expected[i] - 1u, "and shows what is in it");
}

static void
bind_some(void)
{
    static const uint8_t kinds[] = {PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, AEGIS_REFILLED, AEGIS_REFILLED, AEGIS_GUARANTEED};
    uint32_t how = kinds[below(sizeof kinds)], at = below(VAS);
    uint32_t n = neighbours(at, 1 + below(how ? 3 : below(2) ? 1 : below(8) ? 20 : PAGES)), page = below(PAGES - n + 1);
    uint64_t name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first + page, n);
    look_at(at); /* what was there is in the TLB */
    long status = sys_page_bind(va_of(at) | AEGIS_WRITE | how, name, sys_cap_mint(name).value);
    see(status == 0 || (how && status == -E_QUOTA), "a binding is made");
    for (uint32_t i = 0; status == 0 && i < n; i++)
        expected[at + i] = page + i + 1, kind[at + i] = how;
    look_at(at);
}

static void
unbind_some(void)
{
    uint32_t at = below(VAS), n = neighbours(at, 1 + below(60));
    see(sys_page_unbind(va_of(at), n) >= 0, "bindings are undone");
    forget(at, n);
}

static void
free_one(void)
{
    uint32_t page = below(PAGES);
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, first + page);
    see(sys_page_free(name, sys_cap_mint(name).value) == 0, "a page is freed");
    for (uint32_t i = 0; i < VAS; i++)
        if (expected[i] == page + 1) {
            see(entry_of(i) == 0, "a freed page is bound nowhere");
            forget(i, 1);
        }
    struct aegis_result again = sys_page_alloc(first + page);
    see(again.status == 0 && sys_page_bind(0x210000000 | AEGIS_WRITE, name, again.value) == 0, "and had again");
    *(volatile uint64_t *)0x210000000 = page;
    sys_page_unbind(0x210000000, 1);
}

static void
step(void)
{
    switch (below(8)) {
    case 0: unbind_some(); break;
    case 1: free_one(); break;
    default: bind_some();
    }
    for (int i = 0; i < 6; i++)
        look_at(below(VAS));
}

int
main(void)
{
    check_begin("bind-storm");
    catch_all();
    first = free_pages(PAGES);
    for (uint32_t page = 0; page < PAGES; page++)
        see(sys_page_alloc(first + page).status == 0, "pages are had");
    for (uint32_t page = 0; page < PAGES && !wrong; page++) {
        uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, first + page);
        sys_page_bind(0x210000000 | AEGIS_WRITE, name, sys_cap_mint(name).value);
        *(volatile uint64_t *)0x210000000 = page;
    }
    sys_page_unbind(0x210000000, 1);
    for (int i = 0; i < TABLES; i++) { /* so that there is a table to look at */
        uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, first);
        sys_page_bind(base[i], name, sys_cap_mint(name).value);
        sys_page_unbind(base[i], 1);
    }
    for (int i = 0; i < STEPS && !wrong; i++) {
        step();
        if (i % 64 == 0)
            sys_kernel_check();
    }
    check(!wrong, wrong ? wrong : "whatever is bound, it shows the page that it should");
    for (uint32_t i = 0; i < VAS && !wrong; i++)
        look_at(i);
    check(!wrong, wrong ? wrong : "and so it is in the end, everywhere");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
