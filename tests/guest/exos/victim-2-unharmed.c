/* The attacker's victim, loaded before the attack and run after it: its memory is what the program file says. */

#include "attack.h"

static uint64_t data[4096] = {[0] = 0x1234, [4095] = 0x5678};
static uint64_t zeros[4096];

int
main(void)
{
    check_begin("victim-2-unharmed");
    bool clean = data[0] == 0x1234 && data[4095] == 0x5678;
    for (int i = 1; i < 4095; i++)
        clean &= data[i] == 0;
    for (int i = 0; i < 4096; i++)
        clean &= zeros[i] == 0;
    check(clean, "data and bss are untouched");
    return check_end();
}
