/* memory.c - pages and bindings (claims D-8..D-10, K-20): each row with its own pages at SPARE. */

#include "rows.h"

#include <exos/exception.h>
#include <exos/linear.h>
#include <exos/memory.h>

OPERATION("bind", "bind one page, its capability checked, nothing evicted");
OPERATION("rebind-rights", "change the rights of one standing binding");
OPERATION("bind100", "bind 100 pages in one call, under one capability for their range");
OPERATION("rights100", "change the rights of 100 standing bindings in one call");
OPERATION("cap-check", "the check of one capability: a bind refused for its check less one refused for its rights");
OPERATION("user-miss", "store to a page that is not bound: fault, lookup in a linear table in C, bind, resume");
OPERATION("guaranteed-refill", "load from a page whose guaranteed binding others have displaced: fault, refill by the kernel, the load again");
OPERATION("page-alloc-free", "allocate a page and free it; the 512 stores that zero it are not counted");

#define TABLE_BYTES 0x200000ul /* what one page table maps: it lies in one set of the cache of bindings */

enum { MANY = 100, RW = AEGIS_READ | AEGIS_WRITE };

static struct aegis_cap one, many;

static void
unbound(struct aegis_cap cap, uint64_t npages)
{
    sys_page_unbind(SPARE, npages);
    arguments(SPARE | RW, cap.name, cap.check);
}

/* Alternately with and without the right to write. */
static void
other_rights(uint64_t npages)
{
    static uint64_t write;
    write ^= AEGIS_WRITE;
    arguments(SPARE | AEGIS_READ | write, npages, 0);
}

void before_bind(void), before_rebind_rights(void), before_bind100(void), before_rights100(void), before_user_miss(void);

void before_bind(void) { unbound(one, 1); }
void before_rebind_rights(void) { other_rights(1); }
void before_bind100(void) { unbound(many, MANY); }
void before_rights100(void) { other_rights(MANY); }
void before_user_miss(void) { sys_page_unbind(SPARE, 1); }

CALL_REGION(bind, page_bind);
CALL_REGION(rebind_rights, page_rights);
CALL_REGION(bind100, page_bind);
CALL_REGION(rights100, page_rights);

/* Both are refused, the twin just before the check: the name that it gives grants no right to write. */
uint64_t forged_name, forged_check, weak_name;
#define BIND_AT "mov forged_check(%rip), %rdx\n\tmov $SYS_page_bind, %eax"
REGION_AGAINST(cap_check, "mov $0x52100003, %edi", BIND_AT, "mov forged_name(%rip), %rsi\n\tsyscall", "mov weak_name(%rip), %rsi\n\tsyscall", "rdtsc",
               "cap_check_resume", "");

REGION(user_miss, "call before_user_miss\n\tmov $0x52100000, %edi", "", "movl $1, (%rdi)", "");

/* Each sample begins with the rival in all slots of the set. */
static struct aegis_cap rival;
static uintptr_t rival_at;
void before_refill(void);

void
before_refill(void)
{
    for (uintptr_t i = 0; i < AEGIS_BINDING_WAYS_MAX; i++)
        sys_page_bind((rival_at + i * AEGIS_PAGE_SIZE) | RW, rival.name, rival.check);
}

REGION(guaranteed_refill, "call before_refill\n\tmov $0x52100000, %edi", "", "mov (%rdi), %ecx", "");

/* The twin zeroes a page as the kernel does: 512 stores, and what the emulator counts for the end of a rep instruction. */
uint64_t alloc_free_page, alloc_free_name, scratch_page[AEGIS_PAGE_SIZE / sizeof(uint64_t)];
REGION_AGAINST(page_alloc_free, "lea scratch_page(%rip), %rdi\n\tmov $512, %ecx", "",
               "mov alloc_free_page(%rip), %rdi\n\tmov $SYS_page_alloc, %eax\n\tsyscall\n\t"
               "mov alloc_free_name(%rip), %rdi\n\tmov %rdx, %rsi\n\tmov $SYS_page_free, %eax\n\tsyscall",
               "rep stosq", "rdtsc", "page_alloc_free_resume", "");

static void
measure_cap_check(void)
{
    forged_name = one.name;
    forged_check = one.check ^ 1;
    weak_name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_READ, (uint32_t)one.name);
    if (sys_page_bind(SPARE | RW, forged_name, forged_check) != -E_CAP)
        fail("cap-check", "a forged capability was not refused");
    else
        measure("cap-check", &cap_check);
}

static void
measure_user_miss(void)
{
    static struct exos_mapping table[1];
    table[0] = (struct exos_mapping){one, RW};
    exos_linear_install(SPARE, 1, table);
    measure("user-miss", &user_miss);
    exos_catch(AEGIS_PAGE, NULL);
}

static void
measure_refill(void)
{
    uint32_t limit = AEGIS_INFO_POINTER->binding_limit;
    rival_at = (SPARE & -TABLE_BYTES) + ((uintptr_t)limit << 12); /* the same set, whatever its size */
    if (limit == 0)
        unsupported("guaranteed-refill", "without a bound on the bindings nothing is ever displaced");
    else if (exos_page_alloc(1, &rival) < 0 || sys_page_bind(SPARE | RW | AEGIS_REFILLED, one.name, one.check) < 0)
        fail("guaranteed-refill", "no page could be had, or bound so");
    else
        measure("guaranteed-refill", &guaranteed_refill);
    sys_page_unbind(SPARE, 1);
    sys_page_unbind(rival_at, AEGIS_BINDING_WAYS_MAX);
}

static void
measure_alloc_free(void)
{
    alloc_free_page = (uint32_t)one.name;
    alloc_free_name = one.name;
    sys_page_free(one.name, one.check);
    measure("page-alloc-free", &page_alloc_free);
}

void
measure_memory(void)
{
    if (exos_page_alloc(1, &one) < 0 || exos_page_alloc(MANY, &many) < 0) {
        fail("bind", "no pages could be had");
        return;
    }
    measure_call("bind", &bind, AEGIS_SYS_page_bind, before_bind);
    sys_page_bind(SPARE | RW, one.name, one.check);
    measure_call("rebind-rights", &rebind_rights, AEGIS_SYS_page_rights, before_rebind_rights);
    measure_call("bind100", &bind100, AEGIS_SYS_page_bind, before_bind100);
    sys_page_bind(SPARE | RW, many.name, many.check);
    measure_call("rights100", &rights100, AEGIS_SYS_page_rights, before_rights100);
    sys_page_unbind(SPARE, MANY);
    sys_page_free(many.name, many.check);
    measure_cap_check();
    measure_user_miss();
    measure_refill();
    measure_alloc_free();
}
