/* cache-conflict.c - an innocent program: one instruction needs several pages that meet in the cache of bindings. Whatever its addresses, it comes to an end, with few misses. */

#include "attack.h"
#include "cache.h"

enum { PLACES = 6, PATIENCE = 64 };

static const uint64_t places[] = {0x100000000, 0x180000000, 0x200000000};
static uint64_t distance; /* of the pages that meet */
static uint64_t base;
static struct aegis_cap page[2 * PLACES];
static unsigned flags[2 * PLACES];
static volatile unsigned misses;

/* The `i`th place is two pages side by side. */
static uint64_t
place(unsigned i)
{
    return base + i * distance;
}

/* The library OS: binds the page that is missed. Gives up when the instruction makes no progress. */
static void
miss(struct exos_frame *frame)
{
    uint64_t offset = frame->address - base, i = offset / distance * 2 + offset % distance / AEGIS_PAGE_SIZE;
    if (++misses < PATIENCE && i < 2 * PLACES && offset % distance < 2 * AEGIS_PAGE_SIZE &&
        sys_page_bind((frame->address & -(uint64_t)AEGIS_PAGE_SIZE) | flags[i] | AEGIS_READ | AEGIS_WRITE | AEGIS_EXECUTE, page[i].name, page[i].check) == 0)
        return;
    last_cause = AEGIS_PAGE;
    frame->rip = attack_resume;
}

/* Does `code` come to an end? Nothing is bound before. */
#define ENDS(code)                                                                                                                                    \
    ({                                                                                                                                                \
        for (unsigned i_ = 0; i_ < PLACES; i_++)                                                                                                      \
            sys_page_unbind(place(i_), 2);                                                                                                            \
        misses = 0;                                                                                                                                   \
        CAUSE_OF(code, base) == NOTHING;                                                                                                              \
    })

/* Across the ends of pages: place 0 holds the code, 1 and 2 what it copies, or reads and pushes. */
static const uint8_t copies[] = {0x48, 0xa5, 0xc3}, pushes[] = {0xff, 0x37, 0x8f, 0x06, 0xc3}; /* movsq, ret; push (%rdi), pop (%rsi), ret */

static void
put_code(const uint8_t *code, unsigned n, uint64_t at)
{
    misses = 0;
    for (unsigned i = 0; i < n; i++)
        ((volatile uint8_t *)at)[i] = code[i];
}

static void
instructions(void)
{
    uint64_t code = place(0) + AEGIS_PAGE_SIZE - 1, from = place(1) + AEGIS_PAGE_SIZE - 4, to = place(2) + AEGIS_PAGE_SIZE - 4, stack = place(3) + AEGIS_PAGE_SIZE + 4;
    check(ENDS("mov %%rdi, %%rsi\n\tadd distance(%%rip), %%rsi\n\tmovsq"), "a copy between two pages ends");
    check(misses == 2, "with one miss each");
    put_code(copies, sizeof copies, code);
    *(volatile uint64_t *)from = 0x1234567890abcdef;
    uint64_t arguments[] = {code, from, to, stack};
    asm volatile("" : : "r"(arguments) : "memory");
    last_cause = NOTHING;
    for (unsigned i = 0; i < PLACES; i++)
        sys_page_unbind(place(i), 2);
    misses = 0;
    asm volatile("lea 9f(%%rip), %%rax\n\tmov %%rax, attack_resume(%%rip)\n\tcall *%2\n9:" : "+S"(from), "+D"(to) : "r"(code) : "rax", "memory");
    check(last_cause == NOTHING && misses == 6 && *(volatile uint64_t *)(to - 8) == 0x1234567890abcdef, "so does one whose code, source and destination each lie in two pages");
    put_code(pushes, sizeof pushes, code);
    from -= 8, to -= 8;
    for (unsigned i = 0; i < PLACES; i++)
        sys_page_unbind(place(i), 2);
    misses = 0;
    *(volatile uint64_t *)to = 0;
    asm volatile("lea 9f(%%rip), %%rax\n\tmov %%rax, attack_resume(%%rip)\n\tmov %%rsp, %%rbx\n\tmov %3, %%rsp\n\tcall *%2\n9:\tmov %%rbx, %%rsp"
                 : "+D"(from), "+S"(to) : "r"(code), "r"(stack) : "rax", "rbx", "memory");
    check(last_cause == NOTHING && misses <= 10 && *(volatile uint64_t *)to == 0x1234567890abcdef, "and pushes and pops of memory on a stack across pages");
}

int
main(void)
{
    check_begin("cache-conflict");
    catch_all();
    exos_catch(AEGIS_PAGE, miss);
    bool ok = true;
    for (unsigned i = 0; i < 2 * PLACES; i++)
        ok &= exos_page_alloc(1, &page[i]) == 0;
    check(ok, "pages are had");
    uint64_t limit = AEGIS_INFO_POINTER->binding_limit * (uint64_t)AEGIS_PAGE_SIZE; /* where a direct-mapped cache would meet itself */
    uint64_t distances[] = {limit, cache_span(), 2 * AEGIS_PAGE_SIZE};
    for (unsigned i = 0; i < sizeof distances / sizeof *distances; i++) {
        distance = distances[i];
        base = places[i];
        instructions();
        ok &= cache_flood(base, &page[0]);
        instructions();
        check(ok, "in a set that is full, too");
    }
    base = 0x280000000;
    distance = cache_span() + 2 * AEGIS_PAGE_SIZE; /* what is refilled differs in its page number modulo AEGIS_GUARANTEED_MAX */
    for (unsigned i = 0; i < 2 * PLACES; i++)
        flags[i] = i % 2 ? 0 : AEGIS_REFILLED;
    instructions();
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
