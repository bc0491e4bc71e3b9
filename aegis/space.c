/* space.c - the address space that every environment starts with; contract in space.h.
 *
 *      pml4[0 .. 253, 255]   the application's bindings
 *      pml4[254]             the page table itself, read-only for the application (AEGIS_BINDINGS)
 *      pml4[256 .. 510]      the kernel's, shared
 *      pml4[511]             the kernel's image, and a last GiB that is private: KERNEL_AREA and KERNEL_LAPIC (kernel_layout.h)
 *
 * The area's page and the tables belong to the kernel: the processor writes frames to the area, so its user must not be able to free it.
 */

#include "space.h"
#include "binding.h"
#include "info.h"
#include "kernel_layout.h"
#include "page.h"

#include <machine/lapic.h>
#include <machine/string.h>
#include <machine/x86.h>

enum { LAST = 511, SELF = AEGIS_BINDINGS >> 39, KERNEL_HALF = 256, KERNEL_IMAGE = KERNEL_BASE >> 30 & 511 };

static pte_t *
take_table(void)
{
    pa_t page = page_take_any(AEGIS_OWNER_KERNEL);
    return page ? paging_direct(page) : NULL;
}

static pte_t *
below(pte_t *table, u32 index)
{
    return table[index] & PTE_P ? paging_direct(table[index] & PTE_ADDRESS) : NULL;
}

/* The private last GiB: three tables, of which the last maps two pages. */
static bool
create_top(struct env *env)
{
    pte_t *pdpt = take_table(), *pd = pdpt ? take_table() : NULL, *pt = pd ? take_table() : NULL;
    if (pdpt) {
        pdpt[KERNEL_IMAGE] = below(env->pml4, LAST)[KERNEL_IMAGE];
        env->pml4[LAST] = paging_physical(pdpt) | PTE_P | PTE_W;
    }
    if (pd)
        pdpt[LAST] = paging_physical(pd) | PTE_P | PTE_W;
    if (!pt)
        return false;
    pd[LAST] = paging_physical(pt) | PTE_P | PTE_W;
    pt[LAST] = paging_physical(env->area) | PTE_P | PTE_W | PTE_NX;
    pt[LAST - 1] = LAPIC_PHYSICAL | PTE_P | PTE_W | PTE_NX | PTE_PCD;
    return true;
}

bool
space_create(struct env *env)
{
    pte_t *area = take_table();
    binding_start(env);
    env->area = (struct aegis_area *)area;
    env->pml4 = area ? take_table() : NULL;
    if (!env->pml4)
        return false;
    env->cr3 = paging_physical(env->pml4);
    env->area->env = env->id;
    paging_space_init(env->pml4);
    return create_top(env) && binding_install(env, AEGIS_AREA, paging_physical(area) >> PAGE_SHIFT, AEGIS_READ | AEGIS_WRITE) && info_bind(env) &&
           (env->pml4[SELF] = env->cr3 | PTE_P | PTE_U | PTE_NX);
}

static void
release_zero(void *context, pa_t table)
{
    (void)context;
    page_release_zero(table >> PAGE_SHIFT);
}

/* Clear the only entries that create_top() made, and give the tables back. */
static void
destroy_top(pte_t *pml4)
{
    pte_t *pdpt = below(pml4, LAST), *pd = below(pdpt, LAST), *pt = pd ? below(pd, LAST) : NULL;
    if (pdpt == below(paging_direct(paging_kernel_space()), LAST))
        return; /* still the shared one */
    if (pt) {
        pt[LAST] = pt[LAST - 1] = 0;
        release_zero(NULL, paging_physical(pt));
    }
    if (pd) {
        pd[LAST] = 0;
        release_zero(NULL, paging_physical(pd));
    }
    pdpt[KERNEL_IMAGE] = pdpt[LAST] = 0;
    release_zero(NULL, paging_physical(pdpt));
}

void
space_destroy(struct env *env)
{
    if (env->pml4) {
        if (env->cr3 == read_cr3())
            write_cr3(paging_kernel_space());
        env->pml4[SELF] = 0;
        binding_break_all(env, release_zero);
        binding_break(paging_physical(env->area) >> PAGE_SHIFT, 1); /* its creator may have it bound */
        destroy_top(env->pml4);
        memset(env->pml4 + KERNEL_HALF, 0, PAGE_SIZE / 2);
        release_zero(NULL, env->cr3);
    }
    if (env->area)
        page_release(paging_physical(env->area) >> PAGE_SHIFT);
}
