/* child.h - a second environment for a test: a copy of this program's memory, entered at a function of its own. */
#ifndef CHILD_H
#define CHILD_H

#include "attack.h"

#define CHILD_AREA ((volatile struct aegis_area *)0x51000000)

struct child {
    uint32_t id;
    struct aegis_cap cap;
};

/* Make an environment that has all of this program's pages bound at the same addresses, writable ones too: shared memory. Its area is at CHILD_AREA;
 * the caller sets the entry points. Returns a child with id 0 if something failed. */
static inline struct child
child_create(void)
{
    struct aegis_result made = sys_env_create();
    struct child child = {0, {0, 0}};
    if (made.status < 0)
        return child;
    child.cap = (struct aegis_cap){AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, made.status), made.value};
    if (sys_env_area((uintptr_t)CHILD_AREA, child.cap.name, child.cap.check) < 0)
        return child;
    extern char __executable_start[], _end[];
    const uint64_t ranges[2][2] = {{(uint64_t)__executable_start, (uint64_t)_end}, {AEGIS_STACK_TOP - AEGIS_STACK_PAGES * 4096, AEGIS_STACK_TOP}};
    for (int i = 0; i < 2; i++)
        for (uint64_t va = ranges[i][0] & ~4095ul; va < ranges[i][1]; va += 4096) {
            uint64_t entry = AEGIS_BINDINGS_POINTER[va >> 12];
            if (!(entry & 1))
                continue;
            uint64_t rights = AEGIS_READ | (entry & 2 ? AEGIS_WRITE : 0) | (entry >> 63 ? 0 : AEGIS_EXECUTE);
            uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, rights, entry >> 12 & 0xffffffff);
            struct aegis_result cap = sys_cap_mint(name);
            if (cap.status < 0 || sys_page_bind_in(va | rights, name, cap.value, 0, child.cap.name, child.cap.check) < 0)
                return child;
        }
    child.id = made.status;
    return child;
}

#endif
