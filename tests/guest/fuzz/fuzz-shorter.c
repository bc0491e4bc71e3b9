/* A run of the fuzzer that is short enough for both emulators; ../exos/fuzz.h says what it does. */

#define FUZZ_CALLS 20000

#include "../exos/fuzz.h"

int
main(void)
{
    return fuzz("fuzz-shorter", 0x9e3779b97f4a7c15);
}
