/* SipHash-2-4 of each 32-byte record of input (key, message), printed in hexadecimal. */

#include "driver.h"

#include <siphash.h>

int
main(void)
{
    size_t bytes;
    char *input = read_input(&bytes);
    for (size_t i = 0; i + 32 <= bytes; i += 32) {
        uint64_t words[4];
        memcpy(words, input + i, 32);
        struct siphash_state start = siphash_start(words);
        printf("%016lx\n", siphash24(&start, words[2], words[3] & 0x00ffffffffffffff));
    }
    free(input);
    return 0;
}
