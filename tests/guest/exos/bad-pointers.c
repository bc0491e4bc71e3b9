/* Every system call answers a bad address or length with an error; nothing is printed, bound or lost, and the kernel lives. */

#include "attack.h"

static const uint64_t bad[] = {
    0, 0x1000, (uint64_t)UNMAPPED, AEGIS_USER_TOP - 1, AEGIS_USER_TOP, 0x00007ffffffff000, 0x00007fffffffffff, NON_CANONICAL, 0x8000000000000fff, 0xffff7fffffffffff,
    DIRECT_MAP_ADDRESS, 0xffff8000fee00000, KERNEL_ADDRESS, 0xfffffffffffff000, 0xffffffffffffffff,
};

static bool
every(bool (*holds)(uint64_t address))
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (!holds(bad[i]))
            return false;
    return true;
}

static struct aegis_cap cap;

static bool write_refused(uint64_t a) { return sys_console_write((void *)a, 1) == -E_ADDRESS; }
static bool write_long_refused(uint64_t a) { return sys_console_write((void *)a, ~0ul) == -E_ADDRESS; }
static bool unbind_refused(uint64_t a)
{
    bool bindable = a >= 4096 && a < AEGIS_BINDINGS && a % 4096 == 0;
    return sys_page_unbind(a, 1) == (bindable ? 0 : -E_ADDRESS) && sys_page_unbind(a, ~0ul) == -E_ADDRESS && sys_page_unbind(a, 1ul << 52) == -E_ADDRESS;
}
static bool bind_refused(uint64_t a)
{
    bool allowed = a >= 4096 && a < AEGIS_BINDINGS && a % 4096 == 0; /* an unbound user page start is no bad place to bind */
    long status = sys_page_bind(a | AEGIS_READ, cap.name, cap.check);
    if (allowed && status == 0)
        return sys_page_unbind(a, 1) == 1;
    return status == -E_ADDRESS;
}
static bool alloc_refused(uint64_t a) { return a == 0x1000 || sys_page_alloc(a).status == -E_PAGE; }
static bool free_refused(uint64_t a) { return sys_page_free(a, a) == -E_CAP; }

int
main(void)
{
    check_begin("bad-pointers");
    bool unbound = false, replaced = false;
    check(exos_page_map((void *)0x50000000, AEGIS_READ | AEGIS_WRITE, &cap) == 0, "a page to play with");
    check(every(write_refused), "console_write refuses bad addresses");
    check(every(write_long_refused), "console_write refuses them with length 2^64-1");
    check(sys_console_write((void *)0x50000fff, 2) == -E_ADDRESS, "a range that leaves its page into nothing is refused whole");
    check(sys_console_write((void *)0x50000fff, 0) == 0, "length 0 writes nothing");
    check(every(unbind_refused), "page_unbind refuses bad addresses");
    check(every(bind_refused), "page_bind refuses bad addresses");
    check(every(alloc_refused), "page_alloc refuses absurd numbers");
    check(every(free_refused), "page_free refuses garbage");
    check(sys_page_unbind(0x50000001, 1) == -E_ADDRESS, "a misaligned address is refused");
    check(sys_page_bind(0x50000000 | 0x800, cap.name, cap.check) == -E_ADDRESS, "a misaligned address to bind is refused");
    for (uint64_t va = AEGIS_AREA; va < AEGIS_INFO + 0x3000; va += 0x1000) {
        unbound |= sys_page_unbind(va, 1) != -E_ADDRESS;
        replaced |= sys_page_bind(va | AEGIS_READ, cap.name, cap.check) != -E_ADDRESS;
    }
    check(!unbound, "the guaranteed segment cannot be unbound");
    check(!replaced, "the guaranteed segment cannot be bound over");
    return check_end();
}
