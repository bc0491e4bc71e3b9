/* A run of the fuzzer that is short enough for both emulators; fuzz.h says what it does. Longer ones: tests/guest/fuzz/. */

#define FUZZ_CALLS 20000

#include "fuzz.h"

int
main(void)
{
    return fuzz("fuzz", 0x9e3779b97f4a7c15);
}
