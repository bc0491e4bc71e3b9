/* ipc.c - what does it cost two processes to talk? (Table 8; docs/method.md)
 *
 * A counter goes to and fro; each side adds one. A region is one round, seen from the side that begins; one way is half of it. `lrpc` is a call: request and reply.
 * ExOS's own ways and those of a UNIX alone are in workloads/port/NAME/ipc.c.
 */

#include <dialogue.h>
#include <port.h>

EXPERIMENT("ipc", "Table 8", "Interprocess communication");
OPERATION_OF("pipe", 2, "a word through a pipe, one way");
OPERATION_OF("pipe-inlined", 2, "the same with the library's read and write inlined (pipe')");
OPERATION_OF("shm", 2, "turns at a counter in shared memory, one way: ExOS yields to its partner by name, a UNIX has sched_yield");
OPERATION_OF("shm-signal", 2, "the same where the turn is passed by a signal, as the paper did on Ultrix");
OPERATION_OF("shm-futex", 2, "the same where the turn is passed by a futex");
OPERATION("lrpc", "call a procedure in another address space that counts and returns the count; caller saves its registers");
OPERATION("lrpc-pipe", "the same emulated by two pipes");
OPERATION("lrpc-signal", "the same emulated by signals and shared memory");

/* ---- pipe --------------------------------------------------------------------------------------------------------------- */

enum { READ_END, WRITE_END };

static int to_partner[2], from_partner[2];
static uint64_t counter; /* the word: this machine's */
static long partner;

/* For pipe, the partner adds one to what it was sent. */
static void
echo(void)
{
    uint64_t word;
    while (port_read(to_partner[READ_END], &word, sizeof word) == sizeof word) {
        word++;
        port_write_fd(from_partner[WRITE_END], &word, sizeof word);
    }
}

/* For lrpc, what it was sent is only a request: it has a counter of its own. */
static void
count(void)
{
    uint64_t word, calls = 0;
    while (port_read(to_partner[READ_END], &word, sizeof word) == sizeof word) {
        calls++;
        port_write_fd(from_partner[WRITE_END], &calls, sizeof calls);
    }
}

static bool
begin_pipes(void (*serve)(void))
{
    counter = 0;
    if (port_pipe(to_partner) < 0 || port_pipe(from_partner) < 0)
        return false;
    partner = dialogue_start(serve);
    return partner > 0;
}

static bool begin_pipe(void) { return begin_pipes(echo); }
static bool begin_lrpc_pipe(void) { return begin_pipes(count); }

void
pipe_round(void)
{
    counter++;
    port_write_fd(to_partner[WRITE_END], &counter, sizeof counter);
    port_read(from_partner[READ_END], &counter, sizeof counter);
}

void
lrpc_pipe_call(void)
{
    port_write_fd(to_partner[WRITE_END], &counter, sizeof counter);
    port_read(from_partner[READ_END], &counter, sizeof counter);
}

static bool
end_pipes(uint32_t counts_a_round)
{
    bool there = dialogue_stop(partner);
    for (int end = READ_END; end <= WRITE_END; end++) {
        port_close(to_partner[end]);
        port_close(from_partner[end]);
    }
    return there && counter >= counts_a_round * DIALOGUE_ROUNDS && counter % counts_a_round == 0;
}

static bool end_pipe(void) { return end_pipes(2); }
static bool end_lrpc_pipe(void) { return end_pipes(1); }

REGION(pipe, "", "", "call pipe_round", "");
REGION(lrpc_pipe, "", "", "call lrpc_pipe_call", "");

/* ---- all of them -------------------------------------------------------------------------------------------------------- */

static const struct dialogue pipe_dialogue = {NULL, begin_pipe, &pipe, end_pipe};
static const struct dialogue lrpc_pipe_dialogue = {NULL, begin_lrpc_pipe, &lrpc_pipe, end_lrpc_pipe};

static const struct {
    const char *operation;
    const struct dialogue *dialogue;
} row[] = {
    {"pipe-inlined", &port_pipe_inlined},
    {"shm", &port_shm},
    {"shm-signal", &port_shm_signal},
    {"shm-futex", &port_shm_futex},
    {"lrpc", &port_lrpc},
    {"lrpc-signal", &port_lrpc_signal},
    {"pipe", &pipe_dialogue}, /* from here on this program has children made by fork; ExOS's dialogues are between environments that it makes itself */
    {"lrpc-pipe", &lrpc_pipe_dialogue},
};

static void
measure_dialogue(const char *operation, const struct dialogue *dialogue)
{
    if (dialogue->unsupported) {
        unsupported(operation, dialogue->unsupported);
        return;
    }
    if (!dialogue->begin()) {
        fail(operation, "its partner could not be started");
        return;
    }
    measure(operation, dialogue->region);
    if (!dialogue->end())
        fail(operation, "the partner died, or the two did not take turns");
}

int
main(void)
{
    workload_begin("ipc");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        measure_dialogue(row[i].operation, row[i].dialogue);
    return workload_end();
}
