/* fork wherever the stack stands on its page: what parent and child write to their stacks afterwards is each one's own, also on the page below. */

#include "attack.h"

#include <exos/process.h>

enum { PAGE = AEGIS_PAGE_SIZE, STEP = 16, WORDS = 96, PARENT = 0x1111, CHILD = 0x2222 };

static bool
holds(const volatile uint64_t *words, uint64_t value)
{
    for (int i = 0; i < WORDS; i++)
        if (words[i] != value + i)
            return false;
    return true;
}

static void
fill(volatile uint64_t *words, uint64_t value)
{
    for (int i = 0; i < WORDS; i++)
        words[i] = value + i;
}

/* In a frame of its own, below where the process forked: ends the child; the parent sees what the child has left of its words. */
__attribute__((noinline)) static bool
own_words(long pid)
{
    volatile uint64_t words[WORDS];
    fill(words, pid ? PARENT : CHILD);
    if (pid == 0)
        exos_exit(holds(words, CHILD) ? 7 : 1);
    int status = -1;
    return pid > 0 && exos_wait(pid, &status) == pid && status == 7 << 8 && holds(words, PARENT);
}

/* The same with the stack `room` bytes lower. */
__attribute__((noinline)) static bool
forks(size_t room)
{
    volatile char *lower = __builtin_alloca(room);
    lower[0] = 1;
    bool own = own_words(exos_fork());
    return lower[0] == 1 && own;
}

int
main(void)
{
    check_begin("process-fork-stack");
    int wrong = 0;
    for (size_t room = STEP; room <= PAGE; room += STEP)
        wrong += !forks(room);
    check(wrong == 0, "stacks are private wherever fork finds them");
    return check_end();
}
