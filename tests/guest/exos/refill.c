/* refill.c - a refilled binding (claim K-18) gives way in the cache like any other, and its environment never notices: the kernel puts it back. Freed, unbound, given away it is gone. */

#include "attack.h"
#include "cache.h"

#define HERE ((volatile uint64_t *)0x52000000)
#define RIVAL ((volatile uint64_t *)cache_flood_at((uintptr_t)HERE)) /* displaced first when a flood is over */
#define RW (AEGIS_READ | AEGIS_WRITE)

static struct aegis_cap page, rival;
static bool ok = true;

static bool
bound(const volatile void *va)
{
    return AEGIS_BINDINGS_POINTER[(uintptr_t)va >> 12] & 1;
}

static const volatile struct aegis_env_info *
public(void)
{
    return &AEGIS_INFO_POINTER->env[AEGIS_AREA_POINTER->env % AEGIS_ENVS];
}

/* Bind the rival so often in the set of HERE that nothing else is left in it. */
static void
displace(void)
{
    ok &= cache_flood((uintptr_t)HERE, &rival) && bound(RIVAL) && !bound(HERE);
}

static void
refills(void)
{
    check(sys_page_bind((uintptr_t)HERE | RW | AEGIS_REFILLED, page.name, page.check) == 0 && bound(HERE), "a refilled binding is made");
    *HERE = 7;
    displace();
    check(ok, "others in its set displace it");
    check(CAUSE_OF("movq (%%rdi), %%rcx", HERE) == NOTHING && *HERE == 7, "its use raises nothing, and sees the page");
    check(bound(HERE) && !bound(RIVAL), "the other has been displaced in turn");
    uint32_t evictions = public()->binding_evictions, bindings = public()->bindings, hits = public()->binding_hits;
    displace();
    uint32_t misses = public()->binding_misses;
    *HERE = 8;
    check(public()->binding_evictions == evictions + 2 && public()->bindings == bindings, "both are counted as evictions");
    check(public()->binding_hits == hits + 1 && public()->binding_misses == misses, "what the kernel put back, as a hit and not as a miss");
    check(CAUSE_OF("movq $1, (%%rdi)", RIVAL) == AEGIS_PAGE && last_address == (uintptr_t)RIVAL, "the ordinary one misses");
    check(sys_page_bind((uintptr_t)RIVAL | RW | AEGIS_REFILLED, rival.name, rival.check) == -E_QUOTA, "there is one for each page number modulo AEGIS_GUARANTEED_MAX");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
}

static void
rights(void)
{
    displace();
    check(sys_page_rights((uintptr_t)HERE | AEGIS_READ, 1) == 0 && !bound(HERE), "its rights can be changed while it is displaced");
    check(CAUSE_OF("movq $1, (%%rdi)", HERE) == AEGIS_PAGE && *HERE == 8, "they hold when it is back: reading goes, writing does not");
    displace();
    check(sys_page_bind((uintptr_t)HERE | RW, page.name, page.check) == 0 && bound(HERE), "it can be bound over while it is displaced");
    displace();
    check(CAUSE_OF("movq $1, (%%rdi)", HERE) == AEGIS_PAGE, "then it is an ordinary one");
}

static void
gone(void)
{
    struct aegis_cap other;
    sys_page_bind((uintptr_t)HERE | RW | AEGIS_REFILLED, page.name, page.check);
    displace();
    check(sys_console_write((const void *)HERE, 0) == 0, "the kernel can read where it is displaced");
    check(sys_page_unbind((uintptr_t)HERE, 1) == 1, "it can be unbound while it is displaced");
    check(CAUSE_OF("movq (%%rdi), %%rcx", HERE) == AEGIS_PAGE, "then it is gone");
    sys_page_bind((uintptr_t)HERE | RW | AEGIS_REFILLED, page.name, page.check);
    displace();
    check(sys_page_free(page.name, page.check) == 0 && exos_page_alloc(1, &other) == 0, "its page can be freed while it is displaced");
    check(CAUSE_OF("movq (%%rdi), %%rcx", HERE) == AEGIS_PAGE, "then it is gone too: nobody sees what the page holds next");
    check(CAUSE_OF("movq (%%rdi), %%rcx", 0) == AEGIS_PAGE && last_address == 0, "address 0 is not refilled where nothing is remembered");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
}

int
main(void)
{
    check_begin("refill");
    catch_all();
    ok &= exos_page_alloc(1, &page) == 0 && exos_page_alloc(1, &rival) == 0;
    refills();
    rights();
    gone();
    check(ok, "all that was to be displaced was");
    return check_end();
}
