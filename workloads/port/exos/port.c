/* port.c - what workloads need of ExOS; contract in port.h. */

#include <exos/console.h>
#include <exos/memory.h>
#include <exos/syscall.h>
#include <port.h>

_Static_assert(AEGIS_SYS_null == 0 && AEGIS_SYS_null_stack == 1, "PORT_SYSCALL_PREFIX and PORT_SYSCALL_STACK_PREFIX hold these numbers");

#define PROTECTED_PAGE ((void *)0x50000000)

uint32_t port_dispatch_ticks, port_dispatch_taken;
const char *port_dispatch_resume;

void
port_write(const char *bytes, size_t n)
{
    exos_write(bytes, n);
}

const char *
port_unsupported(enum port_cause cause)
{
    (void)cause;
    return NULL;
}

void *
port_protected_page(void)
{
    if (exos_page_map(PROTECTED_PAGE, AEGIS_READ, NULL) < 0) {
        exos_puts("exos port: no page for the protected page\n");
        sys_env_exit(1);
    }
    return PROTECTED_PAGE;
}

void
port_catch(enum port_cause cause, exos_handler_t *handler)
{
    exos_catch((enum aegis_exception)cause, handler);
}

void
port_catch_dispatch(enum port_cause cause)
{
    exos_catch_raw((enum aegis_exception)cause, (void (*)(void))port_dispatch_end);
}
