/* Minting and checking: each 32-byte record is (name, epoch, flipped bit of name or check, rights); prints check, then granted 0 or 1. */

#include "driver.h"

#include <capability.h>
#include <machine/panic.h>

_Noreturn void
panic(const char *fmt, ...)
{
    (void)fmt;
    abort();
}

int
main(void)
{
    static const u8 key[16] = {1, 2, 3};
    size_t bytes;
    char *input = read_input(&bytes);
    capability_init(key);
    for (size_t i = 0; i + 32 <= bytes; i += 32) {
        uint64_t w[4], check;
        memcpy(w, input + i, 32);
        check = capability_mint(w[0], w[1]);
        if (w[2] < 64)
            w[0] ^= 1ul << w[2];
        else if (w[2] < 128)
            check ^= 1ul << (w[2] - 64);
        else if (w[2] < 160)
            w[1] ^= 1ul << (w[2] - 128);
        printf("%d\n", capability_grants(w[0], check, w[1], w[0] >> 56, w[3]));
    }
    free(input);
    return 0;
}
