/* The long run of the fuzzer, for `make fuzz`; ../exos/fuzz.h says what it does. */

#define FUZZ_CALLS 10000000

#include "../exos/fuzz.h"

int
main(void)
{
    return fuzz("fuzz-long", 0x9e3779b97f4a7c15);
}
