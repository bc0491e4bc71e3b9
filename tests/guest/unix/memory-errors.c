/* mmap, mprotect and munmap refuse what makes no sense, each with its error. */

#include "attack.h"

#define RW (PROT_READ | PROT_WRITE)

static long
map_raw(uint64_t address, uint64_t length, uint64_t flags, uint64_t fd, uint64_t offset)
{
    return unix_call(NR_mmap, address, length, RW, flags, fd, offset);
}

static long unmap(uint64_t address, uint64_t length) { return unix_munmap((void *)address, length); }
static long protect(uint64_t address, uint64_t length, int prot) { return unix_mprotect((void *)address, length, prot); }

int
main(void)
{
    enum { ANONYMOUS = MAP_PRIVATE | MAP_ANONYMOUS, FIXED = ANONYMOUS | MAP_FIXED };
    check_begin("memory-errors");
    uint64_t page = unix_mmap(NULL, PAGE_SIZE, RW, 0);
    check(map_raw(0, 0, ANONYMOUS, -1, 0) == -UNIX_EINVAL, "mmap: no length");
    check(map_raw(0, ~0ul, ANONYMOUS, -1, 0) == -UNIX_ENOMEM, "mmap: length 2^64-1");
    check(map_raw(0, USER_TOP + PAGE_SIZE, ANONYMOUS, -1, 0) == -UNIX_ENOMEM, "mmap: longer than the address space");
    check(map_raw(0, PAGE_SIZE, ANONYMOUS, -1, 1) == -UNIX_EINVAL, "mmap: odd offset");
    check(map_raw(0, PAGE_SIZE, MAP_PRIVATE, 77, 0) == -UNIX_EBADF, "mmap: a file that is not open");
    check(map_raw(0, PAGE_SIZE, MAP_ANONYMOUS, -1, 0) == -UNIX_EINVAL, "mmap: neither private nor shared");
    check(map_raw(page + 1, PAGE_SIZE, FIXED, -1, 0) == -UNIX_EINVAL, "mmap: fixed and unaligned");
    check(map_raw(USER_TOP, PAGE_SIZE, FIXED, -1, 0) == -UNIX_ENOMEM, "mmap: fixed, the page behind the last");
    check(map_raw(USER_TOP - PAGE_SIZE, 2 * PAGE_SIZE, FIXED, -1, 0) == -UNIX_ENOMEM, "mmap: fixed, across the end");
    check(map_raw(KERNEL_ADDRESS, PAGE_SIZE, FIXED, -1, 0) == -UNIX_ENOMEM, "mmap: fixed, in the kernel");
    check(map_raw(NON_CANONICAL, PAGE_SIZE, FIXED, -1, 0) == -UNIX_ENOMEM, "mmap: fixed, not canonical");
    check(map_raw(KERNEL_ADDRESS, PAGE_SIZE, ANONYMOUS, -1, 0) > 0, "mmap: a hint that cannot be taken is ignored");
    check(map_raw(UNMAPPED + 5, PAGE_SIZE, ANONYMOUS, -1, 0) > 0, "mmap: an unaligned hint is no error");
    check(map_raw(page, PAGE_SIZE, ANONYMOUS, -1, 0) != (long)page, "mmap: a hint never replaces");
    check(unmap(page + 1, PAGE_SIZE) == -UNIX_EINVAL, "munmap: unaligned");
    check(unmap(page, 0) == -UNIX_EINVAL, "munmap: no length");
    check(unmap(page, ~0ul) == -UNIX_EINVAL, "munmap: length 2^64-1");
    check(unmap(KERNEL_ADDRESS, PAGE_SIZE) == -UNIX_EINVAL, "munmap: in the kernel");
    check(unmap(USER_TOP, PAGE_SIZE) == -UNIX_EINVAL, "munmap: behind the end");
    check(unmap(UNMAPPED + (1ul << 40), PAGE_SIZE) == 0, "munmap: nothing there is no error");
    check(protect(page + 1, PAGE_SIZE, RW) == -UNIX_EINVAL, "mprotect: unaligned");
    check(protect(page, PAGE_SIZE, 0x40) == -UNIX_EINVAL, "mprotect: no such right");
    check(protect(page, 0, RW) == 0, "mprotect: no length is no error");
    check(protect(page, ~0ul, RW) == -UNIX_ENOMEM, "mprotect: length 2^64-1");
    check(protect(KERNEL_ADDRESS, PAGE_SIZE, RW) == -UNIX_ENOMEM, "mprotect: in the kernel");
    check(protect(page, 1, PROT_NONE) == 0 && protect(page, 1, RW) == 0, "mprotect: a length is rounded up to pages");
    return check_end();
}
