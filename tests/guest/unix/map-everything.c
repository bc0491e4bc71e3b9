/* One mapping in place of all that there is, the program's own text and stack among it: the program dies of it, and nobody else. */

#include "attack.h"
#include "calls.h"

enum { MAP_NORESERVE = 0x4000 };
#define LOWEST 0x10000ul

static void
map_everything(int prot)
{
    unix_mmap((void *)LOWEST, USER_TOP - LOWEST, prot, MAP_FIXED | MAP_NORESERVE);
    unix_exit(1); /* never */
}

/* How a child ends that does so; it has the map of its parent, but nothing in reserve. */
static int
end_of_child(int prot)
{
    long pid = CALL(fork);
    if (pid == 0)
        map_everything(prot);
    return status_of(pid);
}

int
main(void)
{
    check_begin("map-everything");
    check(end_of_child(PROT_NONE) == SIGSEGV, "a child forbids itself all its memory");
    check(end_of_child(PROT_READ) == SIGSEGV, "a child has zeros everywhere, and may not execute them");
    long pid = CALL(fork);
    if (pid == 0)
        unix_exit(end_of_child(PROT_READ | PROT_EXEC) != SIGSEGV);
    check(status_of(pid) == 0, "so does a grandchild, and its parent goes on");
    return check_end();
}
