/* Revocation: asked, a library OS chooses what to give back; not obeyed, pages are taken by force, what it asked to save is saved, and it goes on. */

#include "attack.h"

#include <exos/env.h>
#include <exos/revoke.h>
#include <exos/transfer.h>

enum { PAGES = 8, SAVED = 2, POSITION = 5, END = 99 };

/* Seen by both. All addresses here have slots of their own in the binding cache: nobody refills. */
static struct board {
    struct aegis_cap offer[SAVED];
    uint32_t phase, answered, requests, repossessions, intact, lost;
} *const board = (struct board *)0x53001000;

#define VICTIM_AREA ((void *)0x51000000)
#define PAGE_AT(i) ((volatile uint64_t *)(0x54010000ul + (i) * 4096))

static struct exos_page pages[PAGES];

static void
count(void)
{
    board->intact = board->lost = 0;
    for (uint64_t i = 0; i < PAGES; i++)
        if (pages[i].lost)
            board->lost++;
        else
            board->intact += *PAGE_AT(i) == 1000 + i;
    board->requests = exos_revoke_requests;
    board->repossessions = exos_revoke_repossessions;
    board->answered = board->phase;
}

/* The victim: owns PAGES pages with something in each, keeps one of them, and counts what is left when it is asked to. In phase 2 it does not listen. */
static int
victim(uint64_t unused)
{
    (void)unused;
    for (uint64_t i = 0; i < PAGES; i++) {
        pages[i].va = (void *)PAGE_AT(i);
        exos_page_map(pages[i].va, AEGIS_READ | AEGIS_WRITE, &pages[i].cap);
        *PAGE_AT(i) = 1000 + i;
    }
    pages[3].expendable = true;
    sys_page_keep(pages[0].cap.name, pages[0].cap.check);
    for (int i = 0; i < SAVED; i++)
        exos_revoke_offer(board->offer[i]);
    exos_revoke_manage(pages, PAGES);
    while (board->phase != END) {
        if (board->phase == 2)
            AEGIS_AREA_POINTER->revoke_pc = 0;
        if (board->answered != board->phase)
            count();
        exos_yield(0);
    }
    return 0;
}

static void
ask(uint32_t phase)
{
    board->phase = phase;
    for (int turns = 0; turns < 50 && board->answered != phase; turns++)
        exos_yield(0);
}

#define REVOKE(n, ticks) sys_revoke(env.cap.name, env.cap.check, (uint64_t)AEGIS_CAP_PAGE << 32 | (n), 0, ticks)
#define PAGES_OF_VICTIM AEGIS_INFO_POINTER->env[env.id % AEGIS_ENVS].pages

int
main(void)
{
    struct exos_env env;
    struct aegis_cap save[SAVED];
    check_begin("revocation");
    check(exos_page_map(board, AEGIS_READ | AEGIS_WRITE, NULL) == 0 && exos_env_create(&env, VICTIM_AREA) == 0, "a victim is made");
    exos_env_share(&env, board, 1, AEGIS_READ | AEGIS_WRITE);
    for (int i = 0; i < SAVED; i++) {
        exos_page_map((void *)(0x55020000ul + i * 4096), AEGIS_READ | AEGIS_WRITE, &save[i]);
        uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_READ | AEGIS_WRITE, (uint32_t)save[i].name);
        board->offer[i] = (struct aegis_cap){name, sys_cap_mint(name).value};
    }
    exos_env_start(&env, victim, 0);
    check(exos_env_give_slice(&env, POSITION) == 0, "it gets a slice");
    ask(1);
    check(board->intact == PAGES && PAGES_OF_VICTIM == PAGES, "it has its pages");

    check(sys_revoke(env.cap.name, env.cap.check ^ 1, (uint64_t)AEGIS_CAP_PAGE << 32 | 1, 0, 0) == -E_CAP, "nobody else can revoke");
    check(REVOKE(33, 0) == -E_QUOTA && REVOKE(PAGES + 1, 0) == -E_QUOTA, "not more than fits, nor than there is");
    check(sys_repossess(env.cap.name, env.cap.check) == -E_TIME, "nothing is taken without a deadline");
    check(REVOKE(2, 0) == 0, "two pages are asked for");
    ask(10);
    check(board->requests == 1 && board->lost == 2 && board->intact == PAGES - 2 && PAGES_OF_VICTIM == PAGES - 2, "it has given two back, of its choice");

    ask(2);
    check(REVOKE(4, 1000000000) == 0 && sys_repossess(env.cap.name, env.cap.check) == -E_TIME, "four more are demanded; before the deadline nothing is taken");
    check(REVOKE(4, 1) == 0, "the deadline is now");
    check(sys_repossess(env.cap.name, env.cap.check) == 4 && PAGES_OF_VICTIM == PAGES - 6, "it does not obey: four are taken by force");
    ask(20);
    check(board->repossessions == 4, "it was told of each");
    check(board->lost == 4 && board->intact == 4, "it goes on: two pages were saved and are back in their places, two are lost");
    check(*(volatile uint64_t *)0x55020000 >= 1000 && *(volatile uint64_t *)0x55021000 >= 1000, "the contents are where it had asked to save them");
    check(REVOKE(2, 1) == 0 && sys_repossess(env.cap.name, env.cap.check) == 1 && PAGES_OF_VICTIM == 1, "the page that it keeps is never taken");
    check(sys_env_destroy(env.cap.name, env.cap.check) == 0, "the victim is destroyed");
    return check_end();
}
