/* The fuzzer's run of every `make test`, in QEMU; ../exos/fuzz.h says what it does. */

#define FUZZ_CALLS 200000

#include "../exos/fuzz.h"

int
main(void)
{
    return fuzz("fuzz-short", 0x2545f4914f6cdd1d);
}
