/* rpc.c - Table 12 (and the row lrpc of Table 8): a call into another address space, which increments a counter there and returns its value, and back.
 *
 * The server is one function, without a number to dispatch on, and checks nothing. The two stubs differ in one thing: lrpc keeps all callee-saved registers, tlrpc leaves
 * that to the server. Both are the library's (exos/lrpc.S), with room for all arguments, and let nobody but the server end a call.
 */

#include <exos/env.h>
#include <exos/lrpc.h>
#include <exos/syscall.h>
#include <workload.h>

EXPERIMENT("rpc", "Table 12", "Remote procedure calls between address spaces");
OPERATION("lrpc", "call of a server that is not trusted: callee-saved registers are kept by the caller; round trip");
OPERATION("tlrpc", "call of a server that is trusted with them; round trip");

#define SERVER_AREA ((void *)0x51000000)

static struct exos_env server;
static uint32_t server_id asm("rpc_server_id") __attribute__((used));

REGION(lrpc, "", "", "mov rpc_server_id, %edi\n\tcall exos_lrpc", "");
REGION(tlrpc, "", "", "call exos_tlrpc", "");

int
main(void)
{
    workload_begin("rpc");
    if (exos_env_create(&server, SERVER_AREA) < 0) {
        fail("lrpc", "no second environment could be made");
        return workload_end();
    }
    server_id = server.id;
    server.area->pct_sync_pc = (uint32_t)(uintptr_t)exos_lrpc_counter;
    exos_lrpc_init();
    measure("lrpc", &lrpc);
    long after = exos_lrpc(server.id, 0, 0, 0, 0, 0);
    exos_tlrpc_bind(server.id);
    measure("tlrpc", &tlrpc);
    if (after != 100 + 11 + 1 || exos_tlrpc(0, 0, 0, 0, 0) != after + 100 + 11 + 1 || exos_lrpc_count != 0)
        fail("lrpc", "the server's counter is not as often called, or not its own");
    return workload_end();
}
