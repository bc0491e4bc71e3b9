/* The stride scheduler gives its slices in the order that the rule says, whatever the clients do; shares change while it runs, clients come, go and die. */

#include "kids.h"

#include <exos/stride.h>

enum { KIDS = 3, PERIODS = 40 };

static const uint32_t share[KIDS] = {3, 1, 2};
static struct exos_env kid[KIDS];
static struct exos_stride scheduler;

static uint32_t
share_of(uint32_t env)
{
    for (int i = 0; i < KIDS; i++)
        if (kid[i].id == env)
            return share[i];
    return 0;
}

static int
gives_up(uint64_t at)
{
    while (at) {
        common[at]++;
        exos_yield(0);
    }
    return 0;
}

/* In the next `quanta`, is every client within one quantum of its share of what it and any other have together, at every moment? That is the algorithm's promise; with many
 * clients one may be further than that from its share of the whole. */
static bool
shares_are(const uint32_t *tickets, int quanta)
{
    int had[KIDS] = {0};
    bool near = true;
    for (int quantum = 1; quantum <= quanta; quantum++) {
        uint32_t ran = exos_stride_quantum(&scheduler);
        for (int i = 0; i < KIDS; i++)
            had[i] += kid[i].id == ran;
        for (int i = 0; i < KIDS; i++)
            for (int j = 0; j < KIDS; j++) {
                int both = tickets[i] + tickets[j], ahead = had[i] * both - (had[i] + had[j]) * (int)tickets[i];
                near &= ahead <= both && ahead >= -both;
            }
    }
    return near;
}

int
main(void)
{
    check_begin("stride-shares");
    bool made = true;
    for (int i = 0; i < KIDS; i++) {
        kid[i] = kid_make(i);
        made &= kid[i].id && exos_stride_set(&scheduler, kid[i].id, share[i]) == 0;
        exos_env_start(&kid[i], i == 1 ? gives_up : counts, i + 1);
    }
    check(made, "three clients");
    static const uint32_t order[6] = {3, 2, 3, 3, 1, 2};
    bool in_order = true;
    for (int quantum = 0; quantum < PERIODS * 6; quantum++)
        in_order &= share_of(exos_stride_quantum(&scheduler)) == order[quantum % 6];
    check(in_order, "3, 2, 3, 3, 1, 2 for 40 periods, though one gives its time up early");
    check(common[1] > 1000 && common[2] == PERIODS && common[3] > 1000, "they ran");

    static const uint32_t other[KIDS] = {1, 5, 1};
    for (int i = 0; i < KIDS; i++)
        exos_stride_set(&scheduler, kid[i].id, other[i]);
    check(shares_are(other, 70), "new shares hold from now on: 1, 5, 1");
    static const uint32_t uneven[KIDS] = {17, 23, 7};
    for (int i = 0; i < KIDS; i++)
        exos_stride_set(&scheduler, kid[i].id, uneven[i]);
    check(shares_are(uneven, 94), "shares that are not exact: 17, 23, 7");

    kid_destroy(&kid[1]);
    static const uint32_t without[KIDS] = {17, 0, 7};
    check(shares_are(without, 48) && scheduler.tickets == 24, "one dies: the others have its time");
    exos_stride_set(&scheduler, kid[0].id, 0);
    check(exos_stride_quantum(&scheduler) == kid[2].id && exos_stride_quantum(&scheduler) == kid[2].id, "one leaves: the last has all");
    kid_destroy(&kid[0]);
    kid_destroy(&kid[2]);
    check(exos_stride_quantum(&scheduler) == 0 && scheduler.tickets == 0, "and then there is none");
    for (uint32_t i = 0; i < EXOS_STRIDE_CLIENTS; i++)
        made &= exos_stride_set(&scheduler, 1000 + i, 1) == 0;
    check(made && exos_stride_set(&scheduler, 999, 1) == -1, "32 clients are room for 32");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
