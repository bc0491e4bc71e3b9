/* system_calls.c - every system call that can be measured warm, from its `syscall` to the instruction behind it, when it succeeds (console_read, for which nobody types here:
 * when it says so). Transfers, yield, slice_done and env_exit do not come back: theirs, and
 * slice_idle's, are the one-way rows of control.c, slices.c and exit.c. */

#include "rows.h"

#include <exos/memory.h>
#include <exos/transfer.h>

enum { RW = AEGIS_READ | AEGIS_WRITE, SPARE_SLICE = 2, FEW = 3 };

uint64_t call_argument[6];

static struct aegis_cap page; /* as last minted */

/* The page's capability anew: calls that change owner or epoch make it stale. */
static void
own_page(void)
{
    page.check = sys_page_alloc((uint32_t)page.name).value;
    arguments(page.name, page.check, AEGIS_AREA_POINTER->env);
}

static void
own_slice(void)
{
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, SPARE_SLICE);
    arguments(name, sys_slice_alloc(SPARE_SLICE).value, AEGIS_AREA_POINTER->env);
}

/* What a measured env_create has made: its result is gone, but environments are public and their creator may mint their capabilities. */
static void
destroy_made(void)
{
    for (int slot = 0; slot < AEGIS_ENVS; slot++) {
        uint32_t id = AEGIS_INFO_POINTER->env[slot].id;
        uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, id);
        if (id && id != peer.id && id != AEGIS_AREA_POINTER->env)
            sys_env_destroy(name, sys_cap_mint(name).value);
    }
}

static void
make(void)
{
    struct aegis_result r = sys_env_create();
    arguments(AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, r.status), r.value, 0);
}

/* Nothing is asked of the peer, and the deadline for it is over by the time of the next call. */
static void
revoke_nothing(void)
{
    sys_revoke(peer.cap.name, peer.cap.check, (uint64_t)AEGIS_CAP_PAGE << 32, 0, 1);
}

static void
unbound_page(void)
{
    own_page();
    sys_page_unbind(SPARE, 1);
    arguments(SPARE | RW, page.name, page.check);
}

/* kernel_check reads each free page that passes for zero, and how many do depends on what was run before. After this none does: each has had an owner. */
static void
use_free_pages(void)
{
    for (uint32_t p = 0; p < AEGIS_INFO_POINTER->page_count; p++) {
        if (AEGIS_OWNERS_POINTER[p] != AEGIS_OWNER_FREE)
            continue;
        struct aegis_result made = sys_page_alloc(p);
        if (made.status >= 0)
            sys_page_free(AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, p), made.value);
    }
}

/* Free, to be charged to this environment by name. */
static void
freed_page(void)
{
    uint64_t self = AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, AEGIS_AREA_POINTER->env);
    own_page();
    sys_page_free(page.name, page.check);
    arguments(page.name, self, sys_cap_mint(self).value);
}

static void
bound_page(void)
{
    own_page();
    sys_page_bind(SPARE | RW, page.name, page.check);
    arguments(SPARE, 1, 0);
}

/* A row: its operation, what happens before each sample, its region. */
#define ROW(name, title, before)                \
    OPERATION("call-" #name, title);            \
    void before_call_##name(void);              \
    void before_call_##name(void) { before; }   \
    CALL_REGION(call_##name, name)

ROW(null, "does nothing, without a stack", );
ROW(null_stack, "does nothing, on the kernel stack", );
ROW(page_alloc, "of a page already owned: its capability anew", arguments((uint32_t)page.name, 0, 0));
ROW(page_alloc_in, "a free page, charged to an environment by name", freed_page());
ROW(page_free, "free one page", own_page());
ROW(page_bind, "bind one page", unbound_page());
ROW(page_unbind, "unbind one page", bound_page());
ROW(console_write, "of 0 bytes", arguments((uintptr_t)&page, 0, 0));
ROW(console_read, "no byte has arrived", );
ROW(cap_mint, "the capability of one page", arguments(page.name, 0, 0));
ROW(cap_attenuate, "of one page, to reading", own_page(); arguments(page.name, page.check, AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_READ, (uint32_t)page.name)));
ROW(page_renew, "make one page's capabilities stale", own_page());
ROW(page_give, "one page, to itself", own_page());
ROW(page_rights, "of one page", bound_page(); arguments(SPARE | AEGIS_READ, 1, 0));
ROW(page_bind_in, "one page, in another environment", own_page(); arguments(SPARE | RW, page.name, page.check));
ROW(env_create, "an empty environment, its tables zeroed", destroy_made());
ROW(env_area, "bind another environment's area", sys_page_unbind(SPARE, 1); arguments(SPARE, peer.cap.name, peer.cap.check));
ROW(env_destroy, "an empty environment", make());
ROW(slice_alloc, "of a position already owned: its capability anew", arguments(0, 0, 0));
ROW(slice_free, "one position", own_slice());
ROW(slice_give, "one position, to itself", own_slice());
ROW(revoke, "ask another environment for pages", arguments(peer.cap.name, peer.cap.check, (uint64_t)AEGIS_CAP_PAGE << 32); call_argument[4] = 0);
ROW(repossess, "the deadline over, nothing left to take", revoke_nothing(); arguments(peer.cap.name, peer.cap.check, 0));
ROW(page_keep, "one page", own_page());
ROW(kernel_check, "all of the kernel's tables, for tests: costs what the machine is large", );
ROW(fpu_mod, "take the floating-point unit that one has", arguments(1, 0, 0));

static long
call(uint64_t number)
{
    register uint64_t r8 asm("r8") = call_argument[4], r9 asm("r9") = call_argument[5];
    uint64_t rdi = call_argument[0], rsi = call_argument[1], rdx = call_argument[2];
    asm volatile("syscall" : "+a"(number), "+D"(rdi), "+S"(rsi), "+d"(rdx), "+r"(r8), "+r"(r9) : : "rcx", "r10", "r11", "memory");
    return number;
}

void
measure_call(const char *operation, const struct region *region, uint64_t number, void (*before)(void))
{
    before();
    if (call(number) < 0)
        fail(operation, "the call was refused");
    else
        measure(operation, region);
}

void
measure_calls(void)
{
    if (exos_page_alloc(1, &page) < 0 || !peer_create()) {
        fail("call-null", "no page or no second environment could be had");
        return;
    }
    call_argument[4] = peer.cap.name;
    call_argument[5] = peer.cap.check;
#define MEASURE(name) measure_call("call-" #name, &call_##name, AEGIS_SYS_##name, before_call_##name)
    MEASURE(null);
    MEASURE(null_stack);
    MEASURE(page_alloc);
    MEASURE(page_alloc_in);
    MEASURE(page_free);
    MEASURE(page_bind);
    MEASURE(page_unbind);
    MEASURE(console_write);
    if (sys_console_read() == -E_AGAIN)
        measure("call-console_read", &call_console_read);
    else
        fail("call-console_read", "a byte has arrived");
    MEASURE(cap_mint);
    MEASURE(cap_attenuate);
    MEASURE(page_renew);
    MEASURE(page_give);
    MEASURE(page_rights);
    MEASURE(page_bind_in);
    MEASURE(env_area);
    MEASURE(revoke);
    MEASURE(repossess);
    MEASURE(fpu_mod);
    own_page();
    measure_some("call-page_keep", &call_page_keep, AEGIS_KEPT - 1); /* a promise is for good, and there are so many */
    use_free_pages();
    measure_some("call-kernel_check", &call_kernel_check, FEW);
    MEASURE(env_create);
    destroy_made();
    MEASURE(env_destroy);
    destroy_made();
    MEASURE(slice_alloc);
    MEASURE(slice_free);
    MEASURE(slice_give);
    own_slice();
    exos_slice_free(call_argument[0], call_argument[1]);
    exos_yield(0); /* the last slice left has no end */
    peer_destroy();
}
