/* lrpc.c - sets up this environment for calls and for being called; contract in exos/lrpc.h. The stubs are lrpc.S. */

#include <aegis/area.h>
#include <aegis/layout.h>
#include <exos/lrpc.h>

extern const char exos_lrpc_returned[], exos_tlrpc_returned[];
_Noreturn void exos_lrpc_wait(void);
extern exos_procedure_t *exos_lrpc_procedure;
extern uint32_t exos_lrpc_server, exos_tlrpc_server;

static void
enter_at(const char *code)
{
    AEGIS_AREA_POINTER->pct_sync_pc = (uint32_t)(uintptr_t)code;
}

void
exos_lrpc_init(void)
{
    exos_lrpc_server = 0;
    enter_at(exos_lrpc_returned);
}

void
exos_tlrpc_bind(uint32_t server)
{
    exos_tlrpc_server = server;
    enter_at(exos_tlrpc_returned);
}

_Noreturn void
exos_lrpc_serve(exos_procedure_t *procedure)
{
    exos_lrpc_procedure = procedure;
    exos_lrpc_init();
    exos_lrpc_wait();
}
