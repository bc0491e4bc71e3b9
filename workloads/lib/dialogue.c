/* dialogue.c - the partner of a dialogue: started by fork, ended by a signal; contract in dialogue.h. */

#include <dialogue.h>
#include <port.h>

long
dialogue_start(void (*serve)(void))
{
    long partner = port_fork();
    if (partner == 0) {
        serve();
        port_exit(1);
    }
    return partner;
}

bool
dialogue_stop(long partner)
{
    int status = 0;
    port_kill(partner, PORT_SIGKILL);
    return port_wait(partner, &status) == partner && status == PORT_SIGKILL;
}
