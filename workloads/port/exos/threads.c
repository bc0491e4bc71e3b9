/* threads.c - threads of ExOS's for portable workloads; contract in threads.h. */

#include <exos/thread.h>
#include <threads.h>

struct port_thread *
port_thread_create(void (*run)(void *), void *argument)
{
    return (struct port_thread *)exos_thread_create(run, argument);
}

void
port_thread_join(struct port_thread *thread)
{
    exos_thread_join((struct exos_thread *)thread);
}

void
port_thread_yield(void)
{
    exos_thread_yield();
}
