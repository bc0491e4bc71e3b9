/* ipc.c - the dialogues that ExOS has of its own: pipe', shm, lrpc; contract in dialogue.h. The partner is a copy of this program that echoes.
 *
 * Both sides do what benchmarks.md says: wait for a word, add one, and pass it back. Whatever the regions wait for is checked: the counter's value at the end.
 */

#include <dialogue.h>
#include <exos/env.h>
#include <exos/lrpc.h>
#include <exos/memory.h>
#include <exos/pipe_inline.h>
#include <exos/shm.h>
#include <exos/syscall.h>

/* Addresses whose slots in the binding cache are their own. */
#define PARTNER_AREA ((void *)0x51000000)
#define SHARED_PAGES 4

static struct shared {
    struct exos_pipe there, back;
    uint64_t counter;
    uint32_t parent;
} *const shared = (struct shared *)0x53010000;
_Static_assert(sizeof(struct shared) <= SHARED_PAGES * AEGIS_PAGE_SIZE, "the shared memory holds it");

static struct exos_env partner;
static uint32_t word; /* what is passed there and back */

#define CLOCK(label)                                                      \
    ({                                                                    \
        uint32_t ticks_;                                                  \
        asm volatile(label ": rdtsc" : "=a"(ticks_) : : "edx", "memory"); \
        ticks_;                                                           \
    })

#define REGION_OF(name)                                                                       \
    extern const char name##_begin[], name##_end[];                                           \
    static const struct region name = {name##_run, empty_run, name##_begin, name##_end, NULL}

static __attribute__((noinline, noclone)) uint32_t
empty_run(void)
{
    uint32_t begin = CLOCK("dialogue_empty_begin");
    return CLOCK("dialogue_empty_end") - begin;
}

static __attribute__((noinline, noclone)) uint32_t
pipe_inlined_run(void)
{
    uint32_t begin = CLOCK("pipe_inlined_begin");
    word++;
    exos_pipe_write_inline(&shared->there, &word, sizeof word);
    exos_pipe_read_inline(&shared->back, &word, sizeof word);
    return CLOCK("pipe_inlined_end") - begin;
}
REGION_OF(pipe_inlined);

static int
pipe_partner(uint64_t stop)
{
    while (!stop) {
        exos_pipe_read_inline(&shared->there, &word, sizeof word);
        word++;
        exos_pipe_write_inline(&shared->back, &word, sizeof word);
    }
    return 0;
}

static __attribute__((noinline, noclone)) uint32_t
shm_run(void)
{
    uint32_t begin = CLOCK("shm_begin");
    exos_shm_turn(&shared->counter, 0, &partner.id);
    return CLOCK("shm_end") - begin;
}
REGION_OF(shm);

static int
shm_partner(uint64_t stop)
{
    exos_shm_wait(&shared->counter, 1, shared->parent);
    while (!stop)
        exos_shm_turn(&shared->counter, 1, &shared->parent);
    return 0;
}

static uint32_t server_id asm("dialogue_server") __attribute__((used));
REGION(lrpc, "", "", "mov dialogue_server, %edi\n\tcall exos_lrpc", "");

static bool
shared_memory(void)
{
    static unsigned npages; /* that are there */
    while (npages < SHARED_PAGES && exos_page_map((char *)shared + npages * AEGIS_PAGE_SIZE, AEGIS_READ | AEGIS_WRITE, NULL) == 0)
        npages++;
    return npages == SHARED_PAGES;
}

static bool
partner_start(int (*main)(uint64_t))
{
    if (!shared_memory() || exos_env_create(&partner, PARTNER_AREA) < 0 || exos_env_share(&partner, shared, SHARED_PAGES, AEGIS_READ | AEGIS_WRITE) < 0)
        return false;
    word = shared->counter = 0;
    shared->parent = AEGIS_AREA_POINTER->env;
    exos_pipe_init(&shared->there, partner.id, shared->parent);
    exos_pipe_init(&shared->back, shared->parent, partner.id);
    exos_env_start(&partner, main, 0);
    return true;
}

static bool
partner_stop(void)
{
    return sys_env_destroy(partner.cap.name, partner.cap.check) == 0;
}

static bool begin_pipe(void) { return partner_start(pipe_partner); }
static bool begin_shm(void) { return partner_start(shm_partner); }

static bool
begin_lrpc(void)
{
    if (!partner_start(shm_partner))
        return false;
    server_id = partner.id;
    partner.area->pct_sync_pc = (uint32_t)(uintptr_t)exos_lrpc_counter;
    exos_lrpc_init();
    return true;
}

static bool end_pipe(void) { return partner_stop() && word >= 2 * DIALOGUE_ROUNDS && word % 2 == 0; }
static bool end_shm(void) { return partner_stop() && shared->counter >= 2 * DIALOGUE_ROUNDS && shared->counter % 2 == 0; }

static bool
end_lrpc(void)
{
    bool counted = exos_lrpc(partner.id, 0, 0, 0, 0, 0) > DIALOGUE_ROUNDS;
    return partner_stop() && counted;
}

const struct dialogue port_pipe_inlined = {NULL, begin_pipe, &pipe_inlined, end_pipe};
const struct dialogue port_shm = {NULL, begin_shm, &shm, end_shm};
const struct dialogue port_lrpc = {NULL, begin_lrpc, &lrpc, end_lrpc};
#define NO_SIGNALS {.unsupported = "ExOS passes the turn by a yield to the partner, by name"}
const struct dialogue port_shm_signal = NO_SIGNALS;
const struct dialogue port_shm_futex = NO_SIGNALS;
const struct dialogue port_lrpc_signal = NO_SIGNALS;
