/* Operations on pages, capabilities numbered in the order in which they were given: one line each with the status and the counters behind it. */

enum { PAGES = 64, RESERVED = 16, TABLES = 16 };

#include "kernel_pages.h"

#include <binding.h>

enum { CAPABILITIES = 4096 };
enum operation { ALLOC, FREE, GIVE, RENEW, MINT, SWITCH, GRANTS };

struct aegis_result sys_page_alloc(u64 page);
struct aegis_result sys_page_renew(u64 name, u64 check);
long sys_page_free(u64 name, u64 check);
long sys_page_give(u64 name, u64 check, u64 to);

static struct aegis_cap caps[CAPABILITIES];
static u64 ncaps;

/* What page.c needs of others besides. */
struct env *env_by_cap(u64 name, u64 check) { return (void)check, env_by_id(capability_first(name)); }
void binding_break(pageno_t first, u32 n) { memset(page_refs + first, 0, n * sizeof *page_refs); }

static long
keep(u64 name, struct aegis_result result)
{
    if (result.status == 0 && ncaps < CAPABILITIES)
        caps[ncaps++] = (struct aegis_cap){name, result.value};
    return result.status;
}

static struct aegis_result
mint(u64 name)
{
    u64 epoch;
    bool may = page_owned(name, env_owner(env_current())) && page_epoch(name, &epoch);
    return may ? (struct aegis_result){0, capability_mint(name, epoch)} : (struct aegis_result){-E_CAP, 0};
}

static long
apply(enum operation op, u64 a, u64 b)
{
    struct aegis_cap cap = ncaps ? caps[a % ncaps] : (struct aegis_cap){0, 0};
    switch (op) {
    case ALLOC: return keep(AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, a), sys_page_alloc(a));
    case FREE: return sys_page_free(cap.name, cap.check);
    case GIVE: return sys_page_give(cap.name, cap.check, b);
    case RENEW: return keep(cap.name, sys_page_renew(cap.name, cap.check));
    case MINT: return keep(a, mint(a));
    case SWITCH: current_id = ENV_MAX + a % KERNEL_ENVS; return 0;
    case GRANTS: return page_cap_grants(cap.name, cap.check ^ b, AEGIS_READ);
    }
    abort();
}

int
main(void)
{
    size_t left;
    char *input = read_input(&left);
    const char *at = input;
    u64 op, a, b;
    info->page_count = PAGES;
    kernel_start_environments();
    page_init();
    while (next_operation(&at, &left, &op, &a, &b)) {
        long status = apply(op, a, b);
        printf("%ld %u %u %u %u\n", status, info->free_pages, info->env[0].pages, info->env[1].pages, info->env[2].pages);
    }
    free(input);
    return 0;
}
