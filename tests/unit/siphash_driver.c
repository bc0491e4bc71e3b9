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
        printf("%016lx\n", siphash24(words, words[2], words[3]));
    }
    free(input);
    return 0;
}
