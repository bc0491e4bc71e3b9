/* vm.c - mapping, unmapping, protection; contract in exos/vm.h. Faults are vm_fault.c's, the table and what asks only it (dirty bits) policy/'s, the frames are frame_table.c's. */

#include <exos/errno.h>
#include <exos/frame_table.h>
#include <exos/image.h>
#include <exos/process.h>
#include <exos/syscall.h>
#include <exos/vm.h>

enum { PAGE = AEGIS_PAGE_SIZE, RIGHTS = AEGIS_READ | AEGIS_WRITE | AEGIS_EXECUTE, BINDING_PRESENT = 1 };

/* The first place in the heap where `npages` pages fit, and where in the vector of regions it belongs. 0: nowhere. */
static uintptr_t
place_for(size_t npages, uint32_t *index)
{
    uintptr_t at = EXOS_HEAP;
    for (*index = 0; *index < exos_self->nregions; ++*index) {
        const struct exos_region *region = &exos_self->region[*index];
        if (region->start - at >= npages * PAGE)
            return at;
        at = region->start + region->npages * PAGE;
    }
    return EXOS_HEAP_END - at >= npages * PAGE ? at : 0;
}

static void
region_insert(uint32_t index, struct exos_region new)
{
    for (uint32_t i = exos_self->nregions++; i > index; i--)
        exos_self->region[i] = exos_self->region[i - 1];
    exos_self->region[index] = new;
}

static void
region_remove(uint32_t index)
{
    exos_self->nregions--;
    for (uint32_t i = index; i < exos_self->nregions; i++)
        exos_self->region[i] = exos_self->region[i + 1];
}

/* Enter new pages into the heap's regions and the table. Returns their address or -errno. */
static long
enter(size_t npages, uint64_t flags)
{
    uint32_t index;
    if (npages == 0 || flags & ~(uint64_t)EXOS_PTE_FLAGS)
        return -EINVAL;
    if (npages >= EXOS_TABLE_MAX || exos_session_begin() < 0 || exos_self->nregions == EXOS_REGIONS || !exos_frame_room())
        return -ENOMEM;
    uintptr_t va = place_for(npages, &index);
    if (!va || exos_table_insert(exos_self->table, va, npages, flags, 0) < 0)
        return -ENOMEM;
    region_insert(index, (struct exos_region){va, npages});
    return va;
}

long
exos_vm_map(size_t npages, unsigned rights)
{
    return rights & ~RIGHTS ? -EINVAL : enter(npages, EXOS_PTE_EMPTY | AEGIS_READ | rights);
}

/* Give an entry that has no frame yet one of zeros. False: there is none. */
static bool
fill(struct exos_pte *pte)
{
    bool zeroed;
    uint32_t frame = exos_frame_alloc(&zeroed);
    void *page = frame && !zeroed ? exos_frame_window(frame) : NULL;
    if (page)
        exos_frame_zero(page);
    if (frame && !zeroed && !page) {
        exos_session_lock();
        exos_frame_unref(frame);
        exos_session_unlock();
        frame = 0;
    }
    if (!frame)
        return false;
    pte->frame = frame;
    pte->where &= ~EXOS_PTE_EMPTY;
    return true;
}

long
exos_vm_map_shared(size_t npages, unsigned rights)
{
    long va = rights & ~RIGHTS ? -EINVAL : enter(npages, EXOS_PTE_EMPTY | EXOS_PTE_SHARED | AEGIS_READ | rights);
    for (size_t i = 0; va > 0 && i < npages; i++)
        if (!fill(exos_table_find(exos_self->table, va + i * PAGE))) {
            exos_vm_unmap((void *)va, npages);
            return -ENOMEM;
        }
    return va;
}

long
exos_vm_alias(const void *from, size_t npages, unsigned rights)
{
    uintptr_t old = (uintptr_t)from;
    if (old % PAGE || rights & ~RIGHTS || exos_session_begin() < 0)
        return -EINVAL;
    for (size_t i = 0; i < npages; i++) {
        struct exos_pte *pte = exos_table_find(exos_self->table, old + i * PAGE);
        if (!pte || pte->where & EXOS_PTE_COW)
            return pte ? -EINVAL : -ENOMEM;
        if (pte->where & EXOS_PTE_EMPTY && !fill(pte))
            return -ENOMEM;
    }
    long va = enter(npages, EXOS_PTE_SHARED | AEGIS_READ | rights);
    for (size_t i = 0; va > 0 && i < npages; i++) {
        struct exos_pte *source = exos_table_find(exos_self->table, old + i * PAGE);
        source->where |= EXOS_PTE_SHARED;
        uint32_t frame = source->frame;
        exos_table_find(exos_self->table, va + i * PAGE)->frame = frame;
        exos_session_lock();
        exos_frame_ref(frame);
        exos_session_unlock();
    }
    return va;
}

/* Take [start, start + npages) out of the regions. Returns 0, or -EINVAL: it does not lie in one, or -ENOMEM: it would leave two, and there is no room for that. */
static long
region_cut(uintptr_t start, size_t npages)
{
    uintptr_t end = start + npages * PAGE;
    for (uint32_t i = 0; i < exos_self->nregions; i++) {
        struct exos_region *region = &exos_self->region[i];
        uintptr_t region_end = region->start + region->npages * PAGE;
        if (start < region->start || start >= region_end)
            continue;
        if (npages > (region_end - start) / PAGE)
            return -EINVAL;
        if (start > region->start && end < region_end) {
            if (exos_self->nregions == EXOS_REGIONS)
                return -ENOMEM;
            region_insert(i + 1, (struct exos_region){end, (region_end - end) / PAGE});
            exos_self->region[i].npages = (start - exos_self->region[i].start) / PAGE;
        } else if (start > region->start) {
            region->npages = (start - region->start) / PAGE;
        } else if (end < region_end) {
            *region = (struct exos_region){end, (region_end - end) / PAGE};
        } else {
            region_remove(i);
        }
        return 0;
    }
    return -EINVAL;
}

long
exos_vm_unmap(void *va, size_t npages)
{
    uintptr_t start = (uintptr_t)va;
    if (start % PAGE || npages == 0 || !exos_session_active)
        return -EINVAL;
    long status = region_cut(start, npages);
    if (status < 0)
        return status;
    for (size_t left = npages, n; left > 0; left -= n, start += n * PAGE) {
        n = left < 0xffff ? left : 0xffff;
        sys_page_unbind(start, n);
    }
    exos_session_lock();
    struct exos_pte *pte = exos_table_find(exos_self->table, (uintptr_t)va);
    for (size_t i = 0; i < npages; i++, pte = exos_table_next(exos_self->table, pte))
        if (!(pte->where & EXOS_PTE_EMPTY))
            exos_frame_unref(pte->frame);
    exos_session_unlock();
    exos_table_remove(exos_self->table, (uintptr_t)va, npages);
    return 0;
}

void
exos_vm_unmap_all(void)
{
    while (exos_self->nregions > 0) {
        struct exos_region last = exos_self->region[exos_self->nregions - 1];
        exos_vm_unmap((void *)last.start, last.npages);
    }
}

static size_t
bound_from(uintptr_t va, size_t npages)
{
    size_t n = 0;
    while (n < npages && AEGIS_BINDINGS_POINTER[va / PAGE + n] & BINDING_PRESENT)
        n++;
    return n;
}

/* Bindings that may not be changed so are broken: their next use binds them again. */
static void
rebind_run(uintptr_t va, size_t npages, unsigned rights)
{
    if (npages == 0 || sys_page_rights(va | rights, npages) == 0)
        return;
    for (; npages > 0; npages--, va += PAGE)
        if (sys_page_rights(va | rights, 1) == -E_CAP)
            sys_page_unbind(va, 1);
}

void
exos_rebind(uintptr_t va, size_t npages, unsigned rights)
{
    if (sys_page_rights(va | rights, npages) == 0) /* all of them are */
        return;
    for (size_t run; npages > 0; va += run * PAGE, npages -= run) {
        run = bound_from(va, npages);
        rebind_run(va, run, rights);
        run += run < npages; /* that one is not bound */
    }
}

/* Bring the bindings of pages in line with their entries, those that are alike together. */
static void
rebind_entries(uintptr_t va, size_t npages)
{
    const struct exos_pte *pte = exos_table_find(exos_self->table, va);
    while (npages > 0) {
        uint64_t like = pte->where & (RIGHTS | EXOS_PTE_COW | EXOS_PTE_EMPTY);
        size_t n = 0;
        const struct exos_pte *first = pte;
        for (; n < npages && (pte->where & (RIGHTS | EXOS_PTE_COW | EXOS_PTE_EMPTY)) == like; n++)
            if (n + 1 < npages)
                pte = exos_table_next(exos_self->table, (struct exos_pte *)pte);
        if (!(like & EXOS_PTE_EMPTY))
            exos_rebind(va, n, exos_pte_rights(first));
        va += n * PAGE;
        npages -= n;
    }
}

long
exos_vm_protect(void *va, size_t npages, unsigned rights)
{
    uintptr_t at = (uintptr_t)va;
    if (at % PAGE || rights & ~RIGHTS || npages >= EXOS_TABLE_MAX || !exos_session_active)
        return -EINVAL;
    if (npages == 0)
        return 0;
    rights |= AEGIS_READ;
    long had = exos_table_change(exos_self->table, at, npages, EXOS_PTE_RIGHTS, rights);
    if (had < 0)
        return had;
    if (had & EXOS_PTE_COW)
        exos_self->cow_end = -1ul; /* a program's text is marked so from the start, and does not count until it may be written */
    if (had & (EXOS_PTE_COW | EXOS_PTE_EMPTY) || sys_page_rights(at | rights, npages) < 0) /* not all have a frame, or are bound */
        rebind_entries(at, npages);
    return 0;
}
