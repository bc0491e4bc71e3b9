/* libos.c - three library OSes in one boot: this one (ExOS, linear page table), ExOS with inverted page tables, and a minimal one that has no line of ExOS's. What do the
 * operations of Tables 6, 8 and 12 cost between this one and the minimal one? They trust each other with nothing but what the operation says.
 */

#include "libos/board.h"

#include <exos/env_image.h>
#include <exos/lrpc.h>
#include <exos/memory.h>
#include <exos/pipe.h>
#include <exos/shm.h>
#include <exos/syscall.h>
#include <exos/transfer.h>
#include <workload.h>

EXPERIMENT("libos", "", "Between ExOS and a library OS of another kind");
OPERATION_OF("sync", 2, "synchronous transfer to the minimal one, one way: half of a call and reply (Table 6)");
OPERATION_OF("pipe", 2, "a word through a pipe to the minimal one and back, one way (Table 8)");
OPERATION_OF("shm", 2, "turns at a shared counter with the minimal one, one way (Table 8)");
OPERATION("lrpc", "call of the minimal one, which counts and returns its count; callee-saved registers kept (Tables 8 and 12)");
OPERATION("tlrpc", "the same, callee-saved registers left to it (Table 12)");
OPERATION("inverted-lrpc", "call of a C procedure in ExOS with inverted page tables, five arguments");

#define MINIMAL_AREA ((void *)0x51000000)
#define INVERTED_AREA ((void *)0x51001000)

extern const char image_minimal[], image_minimal_end[], image_inverted[], image_inverted_end[];

static struct exos_env minimal, inverted;
static uint32_t minimal_id asm("libos_minimal") __attribute__((used)), inverted_id asm("libos_inverted") __attribute__((used));
static uint32_t scratch asm("libos_scratch") __attribute__((used));
static uint64_t word;

_Static_assert(sizeof(struct ring) == sizeof(struct exos_pipe) && offsetof(struct ring, reader_open) == offsetof(struct exos_pipe, reader) &&
                   offsetof(struct ring, bytes) == offsetof(struct exos_pipe, bytes) && (int)RING == (int)EXOS_PIPE_SIZE && offsetof(struct ring, tail) == offsetof(struct exos_pipe, tail),
               "a ring is a pipe");
_Static_assert(sizeof(struct board) <= BOARD_PAGES * AEGIS_PAGE_SIZE, "the shared memory holds it");
_Static_assert(AEGIS_SYS_pct_sync == 8, "the region's call number");

/* The empty twin has what the minimal one does between the transfers. */
REGION_AGAINST(libos_sync, "mov libos_minimal, %edi", "mov $8, %eax", "syscall\n\tud2", "incl libos_scratch\n\tmov libos_scratch, %esi\n\tmov libos_scratch, %edi", "rdtsc",
               "libos_sync_resume", "");
REGION(libos_lrpc, "", "", "mov libos_minimal, %edi\n\tcall exos_lrpc", "");
REGION(libos_tlrpc, "", "", "call exos_tlrpc", "");
REGION(inverted_lrpc, "xor %esi, %esi\n\txor %r8d, %r8d\n\txor %r9d, %r9d", "xor %edx, %edx\n\txor %ecx, %ecx", "mov libos_inverted, %edi\n\tcall exos_lrpc", "");

#define CLOCK(label)                                                      \
    ({                                                                    \
        uint32_t ticks_;                                                  \
        asm volatile(label ": rdtsc" : "=a"(ticks_) : : "edx", "memory"); \
        ticks_;                                                           \
    })
#define REGION_OF(name)                                             \
    extern const char libos_##name##_begin[], libos_##name##_end[]; \
    static const struct region libos_##name = {name##_run, empty_run, libos_##name##_begin, libos_##name##_end, NULL}

static __attribute__((noinline, noclone)) uint32_t
empty_run(void)
{
    uint32_t begin = CLOCK("libos_empty_begin");
    return CLOCK("libos_empty_end") - begin;
}

static __attribute__((noinline, noclone)) uint32_t
pipe_run(void)
{
    uint32_t begin = CLOCK("libos_pipe_begin");
    word++;
    exos_pipe_write((struct exos_pipe *)&BOARD->there, &word, sizeof word);
    exos_pipe_read((struct exos_pipe *)&BOARD->back, &word, sizeof word);
    return CLOCK("libos_pipe_end") - begin;
}
REGION_OF(pipe);

static __attribute__((noinline, noclone)) uint32_t
shm_run(void)
{
    uint32_t begin = CLOCK("libos_shm_begin");
    exos_shm_turn((uint64_t *)&BOARD->counter, 0, &minimal.id);
    return CLOCK("libos_shm_end") - begin;
}
REGION_OF(shm);

static bool
start(struct exos_env *env, void *area, const char *image, const char *end, volatile uint32_t *ready)
{
    if (exos_env_load(env, area, image, end - image) < 0 || exos_env_share(env, BOARD, BOARD_PAGES, AEGIS_READ | AEGIS_WRITE) < 0)
        return false;
    for (int i = 0; i < 10 && !*ready; i++)
        exos_yield(env->id);
    return *ready;
}

static bool
start_all(void)
{
    for (int i = 0; i < BOARD_PAGES; i++)
        if (exos_page_map((char *)BOARD + i * AEGIS_PAGE_SIZE, AEGIS_READ | AEGIS_WRITE, NULL) < 0)
            return false;
    BOARD->parent = AEGIS_AREA_POINTER->env;
    bool started = start(&minimal, MINIMAL_AREA, image_minimal, image_minimal_end, &BOARD->ready) &&
                   start(&inverted, INVERTED_AREA, image_inverted, image_inverted_end, &BOARD->inverted_ready);
    minimal_id = minimal.id;
    inverted_id = inverted.id;
    return started;
}

static void
measure_memory(void)
{
    BOARD->mode = TALK_PIPE;
    exos_pipe_init((struct exos_pipe *)&BOARD->there, minimal.id, BOARD->parent);
    exos_pipe_init((struct exos_pipe *)&BOARD->back, BOARD->parent, minimal.id);
    measure("pipe", &libos_pipe);
    if (word == 0 || word % 2)
        fail("pipe", "a word was lost");
    BOARD->mode = TALK_SHM;
    measure("shm", &libos_shm);
    if (BOARD->counter == 0 || BOARD->counter % 2)
        fail("shm", "a turn was lost");
}

static void
measure_transfers(void)
{
    AEGIS_AREA_POINTER->pct_sync_pc = (uint32_t)(uintptr_t)libos_sync.resume;
    measure("sync", &libos_sync);
    exos_lrpc_init();
    long before = exos_lrpc(minimal.id, 0, 0, 0, 0, 0);
    measure("lrpc", &libos_lrpc);
    if (exos_lrpc(minimal.id, 0, 0, 0, 0, 0) != before + 100 + 11 + 1)
        fail("lrpc", "a call was lost");
    if (exos_lrpc(inverted.id, 0, 300, 5, 0, 0) != 1500 || exos_lrpc(inverted.id, 10, 10, 1, 0, 0) != 60)
        fail("inverted-lrpc", "its memory does not hold what was put in");
    else
        measure("inverted-lrpc", &inverted_lrpc);
    exos_tlrpc_bind(minimal.id);
    measure("tlrpc", &libos_tlrpc);
}

int
main(void)
{
    workload_begin("libos");
    if (!start_all()) {
        fail("sync", "the other library OSes could not be started");
        return workload_end();
    }
    measure_transfers();
    measure_memory();
    return workload_end();
}
