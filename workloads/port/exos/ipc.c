/* ipc.c - pipe', shm and lrpc, measured on ExOS; contract in ipc.h. A round trip, seen from this side: the other environment is a copy of this program that echoes.
 *
 * Both sides do what benchmarks.md says: wait for a word, add one, and pass it back. Whatever the regions wait for is checked: the counter's value at the end.
 */

#include <exos/env.h>
#include <exos/lrpc.h>
#include <exos/memory.h>
#include <exos/pipe_inline.h>
#include <exos/shm.h>
#include <exos/syscall.h>
#include <ipc.h>
#include <workload.h>

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
static uint64_t word; /* what is passed there and back */

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
    uint32_t begin = CLOCK("port_ipc_empty_begin");
    return CLOCK("port_ipc_empty_end") - begin;
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

static uint32_t server_id asm("port_ipc_server") __attribute__((used));
REGION(port_ipc_lrpc, "", "", "mov port_ipc_server, %edi\n\tcall exos_lrpc", "");

static bool
partner_start(int (*main)(uint64_t))
{
    bool made = exos_env_create(&partner, PARTNER_AREA) == 0 && exos_env_share(&partner, shared, SHARED_PAGES, AEGIS_READ | AEGIS_WRITE) == 0;
    exos_env_start(&partner, main, 0);
    exos_pipe_init(&shared->there, partner.id, shared->parent);
    exos_pipe_init(&shared->back, shared->parent, partner.id);
    return made;
}

static void
partner_end(void)
{
    sys_env_destroy(partner.cap.name, partner.cap.check);
}

static bool
shared_memory(void)
{
    long status = 0;
    for (unsigned i = 0; i < SHARED_PAGES && status == 0; i++)
        status = exos_page_map((char *)shared + i * AEGIS_PAGE_SIZE, AEGIS_READ | AEGIS_WRITE, NULL);
    if (status == 0)
        shared->parent = AEGIS_AREA_POINTER->env;
    return status == 0;
}

static void
measure_pipe(void)
{
    if (!partner_start(pipe_partner))
        return fail("pipe-inlined", "no second environment could be made");
    word = 0;
    measure("pipe-inlined", &pipe_inlined);
    if (word == 0 || word % 2 != 0)
        fail("pipe-inlined", "a word was lost");
    partner_end();
}

static void
measure_shm(void)
{
    if (!partner_start(shm_partner))
        return fail("shm", "no second environment could be made");
    shared->counter = 0;
    measure("shm", &shm);
    if (shared->counter == 0 || shared->counter % 2 != 0)
        fail("shm", "a turn was lost");
    partner_end();
}

static void
measure_lrpc(void)
{
    if (!partner_start(shm_partner))
        return fail("lrpc", "no second environment could be made");
    server_id = partner.id;
    partner.area->pct_sync_pc = (uint32_t)(uintptr_t)exos_lrpc_counter;
    exos_lrpc_init();
    measure("lrpc", &port_ipc_lrpc);
    if (exos_lrpc(partner.id, 0, 0, 0, 0, 0) != 100 + 11 + 1)
        fail("lrpc", "a call was lost");
    partner_end();
}

void
port_ipc_measure(void)
{
    if (!shared_memory())
        return fail("shm", "no memory to share");
    measure_pipe();
    measure_shm();
    measure_lrpc();
}
