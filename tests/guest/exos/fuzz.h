/* fuzz.h - a fuzzer of system calls: FUZZ_CALLS of them, seeded, by several environments at once, preempted and killed as it comes.
 *
 * The program itself is the supervisor. It makes kids, keeps them few, and makes no fuzzed call, so what it has must never change: its kids share its code, read-only, and
 * `pool`, where they keep what they know: capabilities, addresses, ids, as plain data that all of them use, alter and hand on. A kid has no state of its own:
 * every entry (exception, start and end of a slice, transfer) begins the same loop anew, so whatever befalls it, it goes on, or dies and is replaced.
 * Every FUZZ_CHECK calls the kernel checks its tables; at the end everything that was there at the beginning must be there again.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "fuzz-arguments.h"

#include <exos/transfer.h>

enum { FUZZ_KIDS = 4, FUZZ_CHECK = 10000, ENVIRONMENTS_KEPT = 12, SUPERVISE_EVERY = 256, PROGRESS = 500000 };

#define SUPERVISOR_WINDOW 0x51000000ul
#define KID_STACK (AEGIS_AREA + 4096 - 64) /* the exception stack: the area is always there */

extern const char __executable_start[];

static int64_t
call(uint64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t *second)
{
    register uint64_t r8 asm("r8") = d;
    register uint64_t r9 asm("r9") = e;
    asm volatile("syscall" : "+a"(number), "+D"(a), "+S"(b), "+d"(c), "+r"(r8), "+r"(r9) : : "rcx", "r10", "r11", "memory");
    *second = c;
    return number;
}

static void
keep(uint64_t name, uint64_t check)
{
    pool.cap[below(POOL)] = (struct aegis_cap){name, check};
    if (name >> 56 == AEGIS_CAP_ENV)
        pool.env[name % AEGIS_ENVS] = (struct aegis_cap){name, check};
}

/* One call, its arguments of the kinds that it wants, or of any. What it gives is kept. */
static void
one_call(void)
{
    uint64_t number = below(AEGIS_SYSCALL_COUNT + 1), second, name, id, page;
    struct aegis_cap cap = a_capability(), other = below(2) ? pool.env[an_id() % AEGIS_ENVS] : a_capability();
    int64_t result;
    pool.by_number[number]++;
    switch (number) {
    case AEGIS_SYS_kernel_check: return; /* counted, below */
    case AEGIS_SYS_slice_idle:
        if (below(16) == 0) /* it ends the slice, as slice_done, and takes its time */
            call(number, 0, 0, 0, 0, 0, &second);
        return;
    case AEGIS_SYS_console_write: call(number, an_address(), 0, 0, 0, 0, &second); return;
    case AEGIS_SYS_env_exit:
        if (below(32) == 0)
            call(number, draw(), 0, 0, 0, 0, &second);
        return;
    case AEGIS_SYS_page_alloc:
        page = a_page();
        result = call(number, page, 0, 0, 0, 0, &second);
        if (result == 0)
            keep(AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page), second);
        return;
    case AEGIS_SYS_page_unbind: call(number, an_address() & ~4095ul, a_count(), 0, 0, 0, &second); return;
    case AEGIS_SYS_page_rights: call(number, an_address(), a_count(), 0, 0, 0, &second); return;
    case AEGIS_SYS_page_bind: call(number, an_address(), cap.name, cap.check, 0, 0, &second); return;
    case AEGIS_SYS_page_bind_in: call(number, an_address(), cap.name, cap.check, other.name, other.check, &second); return;
    case AEGIS_SYS_env_area: call(number, an_address() & ~4095ul, other.name, other.check, 0, 0, &second); return;
    case AEGIS_SYS_cap_mint:
        name = a_name();
        result = call(number, name, 0, 0, 0, 0, &second);
        if (result == 0)
            keep(name, second);
        return;
    case AEGIS_SYS_cap_attenuate:
        name = below(4) ? cap.name & ~(below(16) << 48) : a_name();
        result = call(number, cap.name, cap.check, name, 0, 0, &second);
        if (result == 0)
            keep(name, second);
        return;
    case AEGIS_SYS_page_renew:
        result = call(number, cap.name, cap.check, 0, 0, 0, &second);
        if (result == 0)
            keep(cap.name, second);
        return;
    case AEGIS_SYS_env_create:
        result = call(number, 0, 0, 0, 0, 0, &second);
        if (result > 0)
            keep(AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, result), second);
        return;
    case AEGIS_SYS_slice_alloc:
        id = below(AEGIS_SLICES + 1);
        result = call(number, id, 0, 0, 0, 0, &second);
        if (result == 0)
            keep(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, id), second);
        return;
    case AEGIS_SYS_page_give:
    case AEGIS_SYS_slice_give: call(number, cap.name, cap.check, an_id(), 0, 0, &second); return;
    case AEGIS_SYS_pct_sync:
    case AEGIS_SYS_pct_async:
    case AEGIS_SYS_yield: call(number, an_id(), 0, 0, 0, 0, &second); return;
    case AEGIS_SYS_env_destroy:
        if (below(8) == 0)
            call(number, other.name, other.check, 0, 0, 0, &second);
        return;
    case AEGIS_SYS_revoke: call(number, other.name, other.check, below(3) << 32 | below(40), below(2) ? below(500000) : an_edge(), 0, &second); return;
    case AEGIS_SYS_repossess: call(number, other.name, other.check, 0, 0, 0, &second); return;
    case AEGIS_SYSCALL_COUNT: call(an_edge() + AEGIS_SYSCALL_COUNT, draw(), draw(), draw(), draw(), draw(), &second); return;
    default: /* those of a capability alone, and whatever is new */
        if (below(2))
            call(number, cap.name, cap.check, below(2) ? an_edge() : draw(), 0, 0, &second);
        else
            call(number, an_edge(), an_edge(), an_edge(), an_edge(), an_edge(), &second);
    }
}

/* Sometimes a kid sets what the kernel reads in its area: save places, a full vector, entries that lead nowhere; or touches memory. */
static void
one_mischief(void)
{
    volatile struct aegis_area *area = AEGIS_AREA_POINTER;
    switch (below(8)) {
    case 0: area->save[below(AEGIS_REPOSSESSED_MAX)].name = pool.cap[below(POOL)].name; return;
    case 1: area->nsaves = below(40); return;
    case 2: area->nrepossessed = below(2) ? 0 : below(40); return;
    case 3: area->slice_end_pc ^= below(64) == 0; return; /* an address in the middle of an instruction, perhaps */
    case 4: area->fpu[below(32)] = draw(); return;
    case 5: *(volatile uint64_t *)(WINDOW + (below(64) << 12)) = draw(); return;
    default: (void)*(volatile uint64_t *)(an_address() & ~4095ul); return;
    }
}

/* What every entry of a kid leads to. */
__attribute__((used)) static _Noreturn void
fuzz_kid(void)
{
    uint64_t unused;
    for (;;) {
        if (++pool.calls % FUZZ_CHECK == 0)
            sys_kernel_check();
        if (pool.calls % SUPERVISE_EVERY == 0)
            call(AEGIS_SYS_yield, pool.supervisor, 0, 0, 0, 0, &unused);
        if (below(8) == 0)
            one_mischief();
        one_call();
    }
}

extern const char fuzz_entry[], fuzz_slice_end[];
asm(".text\n"
    "fuzz_entry:\n\tmov $0x6fffffc0, %esp\n\tmovl $1, 0x6ffff080\n\tcall fuzz_kid\n"
    "fuzz_slice_end:\n\tmov $11, %eax\n\tsyscall\n\tud2\n");
_Static_assert(KID_STACK == 0x6fffffc0 && AEGIS_AREA + offsetof(struct aegis_area, armed) == 0x6ffff080, "fuzz_entry's numbers");
_Static_assert(AEGIS_SYS_slice_done == 11, "and its call");

static bool
share(struct aegis_cap env, uint64_t from, uint64_t to, unsigned rights)
{
    for (uint64_t va = from & ~4095ul; va < to; va += 4096) {
        uint64_t entry = AEGIS_BINDINGS_POINTER[va >> 12], name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, rights, entry >> 12 & 0xffffffff);
        if (entry & 1 && sys_page_bind_in(va | rights | AEGIS_GUARANTEED, name, sys_cap_mint(name).value, 0, env.name, env.check) < 0)
            return false;
    }
    return true;
}

/* A kid, entered at fuzz_kid whatever happens. 0 if there is no room. */
static uint32_t
make_kid(void)
{
    struct aegis_result made = sys_env_create();
    if (made.status < 0)
        return 0;
    struct aegis_cap env = {AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, made.status), made.value};
    volatile struct aegis_area *area = (void *)SUPERVISOR_WINDOW;
    bool built = sys_env_area(SUPERVISOR_WINDOW, env.name, env.check) == 0 && share(env, (uint64_t)__executable_start, (uint64_t)&pool, AEGIS_READ | AEGIS_EXECUTE) &&
                 share(env, (uint64_t)&pool, (uint64_t)(&pool + 1), AEGIS_READ | AEGIS_WRITE);
    if (!built) {
        sys_env_destroy(env.name, env.check);
        return 0;
    }
    uint32_t entry = (uint32_t)(uintptr_t)fuzz_entry;
    for (int vector = 0; vector < 32; vector++)
        area->pc[vector] = entry;
    area->slice_start_pc = area->pct_sync_pc = area->pct_async_pc = area->foreign_pc = area->revoke_pc = area->repossess_pc = entry;
    area->slice_end_pc = (uint32_t)(uintptr_t)fuzz_slice_end;
    area->armed = 1;
    sys_page_unbind(SUPERVISOR_WINDOW, 1);
    keep(env.name, env.check);
    return made.status;
}

static bool
alive(uint32_t id)
{
    return id && AEGIS_INFO_POINTER->env[id % AEGIS_ENVS].id == id;
}

/* Destroy the environment in `slot`, if it is one that the supervisor, or one of its dead, has made, or that the pool has a capability for. */
static void
destroy_in(uint32_t slot)
{
    uint32_t id = AEGIS_INFO_POINTER->env[slot].id;
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, id);
    struct aegis_result minted = sys_cap_mint(name);
    if (id && id != AEGIS_AREA_POINTER->env)
        sys_env_destroy(name, minted.status == 0 ? minted.value : pool.env[slot].check);
}

/* Twice: what the dead have made is the supervisor's then. */
static void
destroy_all(void)
{
    for (uint32_t i = 0; i < 2 * AEGIS_ENVS; i++)
        destroy_in(i % AEGIS_ENVS);
}

/* Of each page: was it the program's own at the beginning? */
enum { PAGES_MAX = 1 << 16 };
static uint8_t had[PAGES_MAX / 8];

static bool
is_mine(uint32_t page)
{
    return AEGIS_OWNERS_POINTER[page] == AEGIS_OWNER_ENV + AEGIS_AREA_POINTER->env % AEGIS_ENVS;
}

static void
note_own_pages(void)
{
    check(AEGIS_INFO_POINTER->page_count <= PAGES_MAX, "the fuzzer knows all pages");
    for (uint32_t page = 0; page < AEGIS_INFO_POINTER->page_count; page++)
        had[page / 8] |= is_mine(page) << page % 8;
}

/* Kids give pages and slices away, also to the supervisor: free what it has not had itself. First it forfeits what the dead owed: a debtor cannot free a slice. */
static void
free_presents(void)
{
    while (AEGIS_INFO_POINTER->env[AEGIS_AREA_POINTER->env % AEGIS_ENVS].excess)
        exos_yield(0);
    for (uint32_t i = 1; i < AEGIS_SLICES; i++)
        if (AEGIS_INFO_POINTER->slices[i].owner == AEGIS_AREA_POINTER->env)
            exos_slice_free(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, i), sys_slice_alloc(i).value);
    for (uint32_t page = 0; page < AEGIS_INFO_POINTER->page_count; page++) {
        uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page);
        if (is_mine(page) && !(had[page / 8] >> page % 8 & 1))
            sys_page_free(name, sys_cap_mint(name).value);
    }
}

static void
report_progress(uint64_t *next)
{
    if (pool.calls < *next)
        return;
    report_begin("check");
    report_word("calls so far:");
    report_number(pool.calls);
    report_word("ok");
    report_end();
    *next += PROGRESS;
}

static uint32_t
slices_free(void)
{
    uint32_t n = 0;
    for (int i = 0; i < AEGIS_SLICES; i++)
        n += AEGIS_INFO_POINTER->slices[i].owner == 0;
    return n;
}

static void
supervise(void)
{
    static uint32_t kid[FUZZ_KIDS], turn;
    uint64_t next = PROGRESS;
    while (pool.calls < FUZZ_CALLS) {
        for (int i = 0; i < FUZZ_KIDS; i++)
            if (!alive(kid[i]) && !(kid[i] = make_kid()))
                destroy_in(below(AEGIS_ENVS));
        for (int i = 0; i < AEGIS_ENVS && AEGIS_INFO_POINTER->environments > ENVIRONMENTS_KEPT; i++)
            destroy_in(below(AEGIS_ENVS));
        report_progress(&next);
        turn = (turn + 1) % FUZZ_KIDS;
        uint64_t before = pool.calls;
        exos_yield(alive(kid[turn]) ? kid[turn] : 0);
        if (pool.calls == before && alive(kid[turn])) /* it has lost its code, or its place in the pool, and faults for ever */
            destroy_in(kid[turn] % AEGIS_ENVS);
    }
}

static int
fuzz(const char *name, uint64_t seed)
{
    check_begin(name);
    pool.random = seed;
    pool.supervisor = AEGIS_AREA_POINTER->env;
    struct aegis_cap page;
    exos_page_map((void *)SUPERVISOR_WINDOW, AEGIS_READ, &page); /* takes the page tables that will be needed */
    sys_page_free(page.name, page.check);
    note_own_pages();
    uint32_t pages = AEGIS_INFO_POINTER->free_pages, slices = slices_free();
    supervise();
    destroy_all();
    free_presents();
    check(AEGIS_INFO_POINTER->environments == 1, "all environments are gone");
    check(AEGIS_INFO_POINTER->free_pages == pages, "as many pages are free as before");
    check(slices_free() == slices, "as many slices are free as before");
    bool all = true;
    for (int number = 0; number < AEGIS_SYSCALL_COUNT; number++)
        all &= pool.by_number[number] > 0;
    check(all, "every system call was made");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}

#endif
