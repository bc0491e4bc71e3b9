/* Nothing is ever mapped at a null pointer or just above it, by wish or by chance. */

#include "attack.h"

int
main(void)
{
    check_begin("null-page");
    catch_all();
    check(unix_mmap(NULL, PAGE_SIZE, PROT_READ, MAP_FIXED) == -UNIX_EPERM, "page 0 on demand");
    check(unix_mmap((void *)0xf000, 2 * PAGE_SIZE, PROT_READ, MAP_FIXED) == -UNIX_EPERM, "a range that begins below 64 KiB");
    check(unix_mmap((void *)0x1000, PAGE_SIZE, PROT_READ, 0) > 0xffff, "a hint down there is ignored");
    check(unix_mmap((void *)0x10000, PAGE_SIZE, PROT_READ, MAP_FIXED) == 0x10000 && signal_of_read(0x10000) == NOTHING, "64 KiB is the first address");
    check(signal_of_read(0) == SIGSEGV && signal_of_read(0xffff) == SIGSEGV, "null pointers fault");
    return check_end();
}
