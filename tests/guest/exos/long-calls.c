/* The longest calls: freeing a large range that is bound in many environments searches the page tables once, not once a page. Interrupts are off meanwhile. */

#include "kids.h"

enum { PAGES = 2048, OTHERS = 4 };
#define BASE 0x200000000ul

int
main(void)
{
    check_begin("long-calls");
    uint32_t first = free_pages(PAGES), bound = 0;
    for (uint32_t i = 0; i < PAGES; i++)
        sys_page_alloc(first + i);
    uint64_t name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first, PAGES), range = sys_cap_mint(name).value;
    for (int i = 0; i < OTHERS; i++) {
        struct aegis_result made = sys_env_create();
        bound += sys_page_bind_in(BASE | AEGIS_READ, name, range, 0, AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, made.status), made.value) == 0;
    }
    bound += sys_page_bind(BASE | AEGIS_READ, name, range) == 0;
    check(bound == OTHERS + 1, "2048 pages are bound in five environments");
    uint64_t begin = now();
    long status = sys_page_free(name, range);
    check(status == 0 && now() - begin < 8 * AEGIS_QUANTUM, "freed in one call they cost less than 8 quanta");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
