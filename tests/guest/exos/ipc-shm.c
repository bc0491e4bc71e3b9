/* Turns at a shared counter, and the bare yield below them, survive slices that end anywhere and third parties that yield to either side at any time. */

#include "ipc.h"

#include <exos/revoke.h>
#include <exos/shm.h>

enum { TURNS = 200000 };

static int
takes_turns(uint64_t turns)
{
    exos_shm_wait(&BOARD->counter, 1, BOARD->parent);
    while (turns-- > 0)
        exos_shm_turn(&BOARD->counter, 1, &BOARD->parent);
    return 0;
}

/* The same, with a page that it can give back whenever it is asked. */
static int
takes_turns_with_page(uint64_t turns)
{
    static struct exos_page page = {.va = (void *)0x54010000, .expendable = true};
    exos_page_map(page.va, AEGIS_READ | AEGIS_WRITE, &page.cap);
    exos_revoke_manage(&page, 1);
    return takes_turns(turns);
}

/* Yields to both of them, at times that have nothing to do with theirs. */
static int
disturbs(uint64_t kid)
{
    for (uint64_t i = 0; BOARD->result == 0; i++) {
        busy(50 + i * i % 1999);
        exos_yield(i & 1 ? kid : BOARD->parent);
    }
    return 0;
}

/* What the compiler keeps in registers over the turns must be right afterwards. */
static void
turns(const struct exos_env *kid, const char *promise)
{
    uint64_t a = BOARD->parent, b = a * 3, c = a * 5, d = a * 7, wrong = 0;
    BOARD->counter = 0;
    for (uint64_t i = 0; i < TURNS; i++) {
        wrong += BOARD->counter != 2 * i;
        exos_shm_turn(&BOARD->counter, 0, &kid->id);
        wrong += b != a * 3 || c != a * 5 || d != a * 7;
    }
    check(wrong == 0 && BOARD->counter == 2 * TURNS, promise);
}

int
main(void)
{
    check_begin("ipc-shm");
    check(ipc_begin(), "memory to share");
    struct exos_env kid = ipc_kid(0, takes_turns, 2ul * TURNS + 10);
    turns(&kid, "200 000 turns in one slice's time");
    check(exos_env_give_slice(&kid, free_position()) == 0, "a slice for each");
    struct exos_env third = ipc_kid(1, disturbs, kid.id);
    check(exos_env_give_slice(&third, free_position()) == 0, "and a third that disturbs");
    turns(&kid, "200 000 turns, disturbed");
    check(AEGIS_INFO_POINTER->env[third.id % AEGIS_ENVS].slices > 10, "it had the time to");
    BOARD->result = 1;
    ipc_wait(&third);
    kid_destroy(&kid);
    kid = ipc_kid(0, takes_turns_with_page, 20);
    exos_env_give_slice(&kid, free_position());
    BOARD->counter = 0;
    for (int i = 0; i < 10; i++)
        exos_shm_turn(&BOARD->counter, 0, &kid.id);
    uint32_t free_pages_before = AEGIS_INFO_POINTER->free_pages;
    check(sys_revoke(kid.cap.name, kid.cap.check, (uint64_t)AEGIS_CAP_PAGE << 32 | 1, 0, 0) == 0, "a page is asked for");
    exos_yield(0);
    check(AEGIS_INFO_POINTER->free_pages == free_pages_before + 1 && BOARD->counter == 20, "who has left by a bare yield gives it back");
    for (int i = 0; i < 10; i++)
        exos_shm_turn(&BOARD->counter, 0, &kid.id);
    check(BOARD->counter == 40, "and goes on with its turns");
    kid_destroy(&kid);
    check(AEGIS_AREA_POINTER->slice_start_pc == (uint32_t)(uintptr_t)exos_slice_start, "the slice start is the usual one again");
    return check_end();
}
