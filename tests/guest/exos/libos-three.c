/* Three library OSes side by side: this one with linear page tables, ExOS with inverted ones, and a minimal one without a line of ExOS's. Each has its own memory, takes its own
 * exceptions, and talks by transfers and shared memory; when one dies the others go on. */

#include "../../../workloads/exos/libos/board.h"
#include "kids.h"

#include <exos/env_image.h>
#include <exos/lrpc.h>
#include <exos/pipe.h>
#include <exos/shm.h>
#include <exos/vm.h>

enum { NPAGES = 300, MINIMAL_PAGES = 64 };

extern const char image_minimal[], image_minimal_end[], image_inverted[], image_inverted_end[];

static bool
start(struct exos_env *env, unsigned n, const char *image, const char *end, volatile uint32_t *ready)
{
    if (exos_env_load(env, (void *)KID_AREA(n), image, end - image) < 0 || exos_env_share(env, BOARD, BOARD_PAGES, AEGIS_READ | AEGIS_WRITE) < 0)
        return false;
    for (int i = 0; i < 10 && !*ready; i++)
        exos_yield(env->id);
    return *ready;
}

static void
memory_of_its_own(uint32_t inverted)
{
    uint64_t *mine = (uint64_t *)exos_vm_map(NPAGES, AEGIS_READ | AEGIS_WRITE);
    uint64_t sum = 0;
    for (uint64_t i = 0; i < NPAGES; i++)
        mine[i * 512] = i;
    long theirs = exos_lrpc(inverted, 0, NPAGES, 7, 0, 0);
    for (uint64_t i = 0; i < NPAGES; i++)
        sum += mine[i * 512];
    check(sum == NPAGES * (NPAGES - 1) / 2 && theirs == 7 * NPAGES, "300 pages each, at the same addresses, by faults in two page tables");
    check(BOARD->inverted_faults == NPAGES, "all of its pages were touched for the first time inside the call");
    check(exos_lrpc(inverted, 100, 50, 3, 0, 0) == 50 * 10 && BOARD->inverted_faults == NPAGES, "and hold what they held");
    check(exos_lrpc(inverted, NPAGES, 1, 0, 0, 0) == -1, "it refuses what is not its memory");
    exos_vm_unmap(mine, NPAGES);
}

static void
talks(const struct exos_env *minimal)
{
    uint64_t word = 0;
    BOARD->mode = TALK_SHM;
    for (int i = 0; i < 1000; i++)
        exos_shm_turn((uint64_t *)&BOARD->counter, 0, &minimal->id);
    check(BOARD->counter == 2000, "a thousand turns with the minimal one");
    BOARD->mode = TALK_PIPE;
    exos_pipe_init((struct exos_pipe *)&BOARD->there, minimal->id, ME);
    exos_pipe_init((struct exos_pipe *)&BOARD->back, ME, minimal->id);
    for (int i = 0; i < 1000; i++) {
        exos_pipe_write((struct exos_pipe *)&BOARD->there, &word, sizeof word);
        exos_pipe_read((struct exos_pipe *)&BOARD->back, &word, sizeof word);
    }
    check(word == 1000, "a thousand words through pipes");
    long first = exos_lrpc(minimal->id, 0, 0, 0, 0, 0);
    bool counted = true;
    for (int i = 1; i <= 1000; i++)
        counted &= exos_lrpc(minimal->id, 0, 0, 0, 0, 0) == first + i;
    check(counted, "a thousand calls");
}

/* Turns and words again, with a slice of its own for each. */
static void
talks_preempted(const struct exos_env *minimal)
{
    uint64_t word = 0;
    BOARD->mode = TALK_PIPE;
    for (int i = 0; i < 30000; i++) {
        exos_pipe_write((struct exos_pipe *)&BOARD->there, &word, sizeof word);
        exos_pipe_read((struct exos_pipe *)&BOARD->back, &word, sizeof word);
    }
    check(word == 30000, "30 000 words with slices of their own");
    BOARD->mode = TALK_SHM;
    BOARD->counter = 0;
    for (int i = 0; i < 30000; i++)
        exos_shm_turn((uint64_t *)&BOARD->counter, 0, &minimal->id);
    check(BOARD->counter == 60000, "and turns");
}

static void
bad_images(void)
{
    static uint64_t copy[64];
    struct exos_env env;
    uint32_t free_before = AEGIS_INFO_POINTER->free_pages, alive_before = AEGIS_INFO_POINTER->environments;
    static const struct { unsigned at; uint64_t with; } damage[] = {{0, 0}, {2, 0}, {4, ~7ul}, {7, ~0ul}, {10, 0xffffffff80000000}, {12, ~0ul}, {13, ~0ul}, {9, ~0ul}};
    unsigned refused = 0, n = sizeof damage / sizeof damage[0];
    for (unsigned i = 0; i < n; i++) {
        for (unsigned j = 0; j < 64; j++)
            copy[j] = ((const uint64_t *)image_minimal)[j];
        copy[damage[i].at] = damage[i].with;
        refused += exos_env_load(&env, (void *)KID_AREA(9), copy, sizeof copy) < 0;
    }
    check(refused == n, "damaged images are refused");
    check(exos_env_load(&env, (void *)KID_AREA(9), image_minimal, 10) == -E_ADDRESS, "and one that is cut off");
    check(AEGIS_INFO_POINTER->free_pages == free_before && AEGIS_INFO_POINTER->environments == alive_before, "nothing is left of them");
}

int
main(void)
{
    check_begin("libos-three");
    struct exos_env minimal, inverted;
    long status = 0;
    for (int i = 0; i < BOARD_PAGES; i++)
        status |= exos_page_map((char *)BOARD + i * 4096, AEGIS_READ | AEGIS_WRITE, NULL);
    check(status == 0, "memory to share");
    BOARD->parent = ME;
    exos_lrpc_init();
    check(start(&minimal, 0, image_minimal, image_minimal_end, &BOARD->ready), "the minimal one sets itself up");
    check(BOARD->pages == MINIMAL_PAGES && BOARD->exceptions == MINIMAL_PAGES + 1, "its memory came by its own faults, and it has skipped an undefined instruction");
    check(AEGIS_INFO_POINTER->env[minimal.id % AEGIS_ENVS].pages >= MINIMAL_PAGES + AEGIS_STACK_PAGES, "the pages are its own");
    check(start(&inverted, 1, image_inverted, image_inverted_end, &BOARD->inverted_ready), "ExOS with inverted page tables sets itself up");
    memory_of_its_own(inverted.id);
    talks(&minimal);
    exos_env_give_slice(&minimal, free_position());
    exos_env_give_slice(&inverted, free_position());
    talks_preempted(&minimal);
    BOARD->mode = TALK_DIE;
    for (int i = 0; i < 10 && alive(minimal.id); i++)
        exos_yield(0);
    check(!alive(minimal.id), "the minimal one dies of an exception that is not its own");
    check(exos_lrpc(minimal.id, 0, 0, 0, 0, 0) == -EXOS_LRPC_ESRCH, "calls to it are refused,");
    check(exos_lrpc(inverted.id, 0, 10, 1, 0, 0) == 80, "and the others go on");
    kid_destroy(&inverted);
    bad_images();
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
