/* exec.c - another program in the same process; contract in exos/process.h. What the file says is machine/format/elf.c's to check, the way over is crossing.S.
 *
 * The new program's table is built beside the old one. All that can fail is done before anything of the old program is given up, but for its page tables in the kernel.
 * The old frames are given back by the new program (exos_exec_begin): until then this one runs in them.
 */

#include <exos/errno.h>
#include <exos/exception.h>
#include <exos/frame_table.h>
#include <exos/image.h>
#include <exos/slice.h>
#include <exos/syscall.h>
#include <exos/text.h>
#include <exos/vm.h>
#include <format/elf.h>

enum { PAGE = AEGIS_PAGE_SIZE, RW = AEGIS_READ | AEGIS_WRITE, ARGUMENTS_MAX = 1024 };

#define STACK_BOTTOM (AEGIS_STACK_TOP - AEGIS_STACK_PAGES * PAGE)
#define TOP_PAGE (AEGIS_STACK_TOP - PAGE)

void exos_exec_begin(void); /* called by start.S */
void exos_exec_join(void);

struct program {
    struct exos_table *table;
    struct exos_run run[EXOS_RUNS];
    uint32_t nruns, fixed_pages, budget; /* pages that may not be written; how many of them are still to be guaranteed */
    uintptr_t start, end;
    uint32_t stack_frame;
    uint64_t argc, argv;
};

static uintptr_t
page_down(uintptr_t va)
{
    return va & -(uintptr_t)PAGE;
}

static uintptr_t
page_up(uintptr_t va)
{
    return page_down(va + PAGE - 1);
}

static void
copy_bytes(char *to, const char *from, size_t n)
{
    asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(n) : : "memory");
}

/* The part of `segment` that belongs in the page at `va`, into the frame, which holds zeros. */
static bool
fill(uint32_t frame, uintptr_t va, const struct elf_segment *segment)
{
    uintptr_t file_end = segment->start + segment->file_size, from = va > segment->start ? va : segment->start;
    uintptr_t to = va + PAGE < file_end ? va + PAGE : file_end;
    char *window = exos_frame_window(frame);
    if (!window)
        return false;
    if (from >= to)
        return true;
    size_t n = to - from;
    char *out = window + (from - va);
    const char *in = (const char *)segment->data + (from - segment->start);
    exos_words_copy(out, in, n / 8);
    copy_bytes(out + n / 8 * 8, in + n / 8 * 8, n % 8);
    return true;
}

/* Enter `npages` pages of a segment that may not be written: frames side by side, bound by one call. */
static long
add_fixed(struct program *p, uintptr_t va, uint32_t npages, const struct elf_segment *segment, bool guaranteed)
{
    struct aegis_cap cap;
    uint64_t rights = AEGIS_READ | (segment->executable ? AEGIS_EXECUTE : 0) | EXOS_PTE_COW; /* others may share them */
    for (uint32_t n; npages > 0; npages -= n, va += n * PAGE) {
        n = npages < AEGIS_ALLOC_MAX ? npages : AEGIS_ALLOC_MAX;
        uint32_t frame = p->nruns < EXOS_RUNS ? exos_frame_alloc_run(n, &cap) : 0;
        if (!frame)
            return -ENOMEM;
        if (exos_table_insert(p->table, va, n, rights, frame) < 0) {
            for (uint32_t i = 0; i < n; i++)
                exos_frame_unref(frame + i);
            return -ENOMEM;
        }
        for (uint32_t i = 0; i < n; i++)
            if (!fill(frame + i, va + i * PAGE, segment))
                return -ENOMEM;
        p->run[p->nruns++] = (struct exos_run){va | (rights & EXOS_PTE_RIGHTS) | (guaranteed ? AEGIS_GUARANTEED : 0), cap};
    }
    return 0;
}

/* What cannot be guaranteed is the beginning: the library lies last. */
static long
add_fixed_segment(struct program *p, const struct elf_segment *segment)
{
    uintptr_t va = page_down(segment->start);
    uint32_t npages = (page_up(segment->start + segment->memory_size) - va) / PAGE, rest = p->fixed_pages > p->budget ? p->fixed_pages - p->budget : 0;
    uint32_t ordinary = rest < npages ? rest : npages;
    p->fixed_pages -= npages;
    long status = ordinary ? add_fixed(p, va, ordinary, segment, false) : 0;
    if (status == 0 && ordinary < npages) {
        status = add_fixed(p, va + ordinary * PAGE, npages - ordinary, segment, true);
        p->budget -= npages - ordinary;
    }
    return status;
}

/* Pages with contents get a frame now, others when they are touched. */
static long
add_data_segment(struct program *p, const struct elf_segment *segment)
{
    uintptr_t va = page_down(segment->start), end = page_up(segment->start + segment->memory_size), file_end = segment->start + segment->file_size;
    uint64_t flags = RW | (segment->executable ? AEGIS_EXECUTE : 0) | EXOS_PTE_EMPTY;
    if (end - va >= EXOS_TABLE_MAX * (uint64_t)PAGE || exos_table_insert(p->table, va, (end - va) / PAGE, flags, 0) < 0)
        return -ENOMEM;
    for (; va < end && va < file_end && segment->file_size > 0; va += PAGE) {
        bool zeroed;
        struct exos_pte *pte = exos_table_find(p->table, va);
        uint32_t frame = exos_frame_alloc(&zeroed);
        char *window = frame ? exos_frame_window(frame) : NULL;
        if (!frame)
            return -ENOMEM;
        pte->frame = frame;
        pte->where &= ~EXOS_PTE_EMPTY;
        if (!window)
            return -ENOMEM;
        if (!zeroed)
            exos_frame_zero(window);
        fill(frame, va, segment);
    }
    return 0;
}

/* The pages that may not be written, as another process of this file has them. False: none has. */
static bool
share_text(struct program *p, const void *image)
{
    exos_session_lock();
    const struct exos_text *text = exos_text_use(image);
    for (uint32_t i = 0; text && i < text->nruns; i++) {
        const struct exos_run *run = &p->run[p->nruns++];
        p->run[i] = text->run[i];
        exos_table_insert(p->table, page_down(run->where), exos_run_pages(run), (run->where & EXOS_PTE_RIGHTS) | EXOS_PTE_COW, exos_run_frame(run)); /* an empty table has room */
    }
    exos_session_unlock();
    return text;
}

static void
keep_text(const struct program *p, const void *image)
{
    exos_session_lock();
    exos_text_keep(image, p->run, p->nruns);
    exos_session_unlock();
}

static long
add_segments(struct program *p, const void *image)
{
    struct elf_segment segment;
    p->start = EXOS_CROSSING;
    for (uint32_t next = 0; elf_next(image, &next, &segment);) {
        if (!segment.writable)
            p->fixed_pages += (page_up(segment.start + segment.memory_size) - page_down(segment.start)) / PAGE;
        p->start = page_down(segment.start) < p->start ? page_down(segment.start) : p->start;
        p->end = page_up(segment.start + segment.memory_size);
    }
    bool shared = share_text(p, image);
    long status = 0;
    for (uint32_t next = 0; status == 0 && elf_next(image, &next, &segment);)
        if (segment.writable || !shared)
            status = segment.writable ? add_data_segment(p, &segment) : add_fixed_segment(p, &segment);
    if (status == 0 && !shared)
        keep_text(p, image);
    return status;
}

static size_t
length(const char *text)
{
    size_t n = 0;
    while (text[n])
        n++;
    return n + 1;
}

/* The stack's last page, with the strings at the end and the vector below them. */
static long
add_stack(struct program *p, const char *const argv[])
{
    size_t bytes = 0;
    bool zeroed;
    for (p->argc = 0; argv && argv[p->argc]; p->argc++)
        if ((bytes += length(argv[p->argc])) > PAGE / 2 || p->argc == ARGUMENTS_MAX / sizeof(char *))
            return -E2BIG;
    p->argv = (AEGIS_STACK_TOP - bytes - (p->argc + 1) * sizeof(char *)) & -16ul;
    p->stack_frame = exos_frame_alloc(&zeroed);
    char *window = p->stack_frame ? exos_frame_window(p->stack_frame) : NULL;
    if (window)
        exos_frame_zero(window);
    if (!window) {
        if (p->stack_frame)
            exos_frame_unref(p->stack_frame);
        return -ENOMEM;
    }
    uint64_t *vector = (uint64_t *)(window + (p->argv - TOP_PAGE));
    for (uint64_t i = 0, at = AEGIS_STACK_TOP - bytes; i < p->argc; at += length(argv[i++])) {
        vector[i] = at;
        copy_bytes(window + (at - TOP_PAGE), argv[i], length(argv[i]));
    }
    return 0;
}

/* After all segments: it lies above them. */
static long
enter_stack(struct program *p)
{
    long status = exos_table_insert(p->table, STACK_BOTTOM, AEGIS_STACK_PAGES - 1, RW | EXOS_PTE_EMPTY, 0);
    return status < 0 ? status : exos_table_insert(p->table, TOP_PAGE, 1, RW, p->stack_frame);
}

static void
write_calls(const struct program *p)
{
    struct aegis_cap stack = exos_frame_cap(p->stack_frame);
    struct exos_call *at = exos_call_unbind_program(exos_self->call, exos_self);
    for (uint32_t i = 0; i < p->nruns; i++)
        at = exos_call_add(at, AEGIS_SYS_page_bind, p->run[i].where, p->run[i].cap.name, p->run[i].cap.check);
    exos_call_add(at, AEGIS_SYS_page_bind, TOP_PAGE | RW, stack.name, stack.check);
}

/* From here on there is no way back. */
static _Noreturn void
commit(const struct program *p, uintptr_t entry)
{
    exos_session_hold();
    exos_vm_unmap_all();
    write_calls(p);
    exos_self->old_table = exos_self->table;
    exos_self->table = p->table;
    exos_self->which_table ^= 1;
    exos_self->cow_end = 0;
    exos_self->nruns = p->nruns;
    for (uint32_t i = 0; i < p->nruns; i++)
        exos_self->run[i] = p->run[i];
    exos_self->program_start = p->start;
    exos_self->program_end = p->end;
    for (int i = 0; i < EXOS_SIGNALS; i++)
        if (exos_self->handler[i] != EXOS_SIG_IGNORE)
            exos_self->handler[i] = EXOS_SIG_DEFAULT;
    exos_self->target = entry;
    exos_self->rsp = p->argv;
    exos_self->argc = p->argc;
    exos_self->argv = p->argv;
    exos_cross();
}

long
exos_exec(const void *image, size_t size, const char *const argv[])
{
    struct program p = {.budget = EXOS_RUN_PAGES};
    if (elf_check(image, size, PAGE, EXOS_CROSSING))
        return -ENOEXEC;
    if (exos_session_begin() < 0 || !exos_frame_room() || exos_crossing_make() < 0 || exos_image_begin() < 0)
        return -ENOMEM;
    p.table = exos_table_of(exos_self->slot, !exos_self->which_table);
    exos_table_init(p.table);
    long status = add_stack(&p, argv);
    if (status < 0)
        return status;
    status = add_segments(&p, image);
    if (status == 0)
        status = enter_stack(&p);
    if (status == 0)
        commit(&p, elf_entry(image));
    exos_session_lock();
    exos_table_unref(p.table);
    exos_frame_unref(p.stack_frame);
    exos_session_unlock();
    return status;
}

/* ---- in the new program ---------------------------------------------------------------------------------------------------- */

/* First of all: the pages without which no exception can be taken. The table has them as ordinary pages of the program. */
void
exos_exec_begin(void)
{
    sys_page_bind((uintptr_t)exos_exception_stack | RW | AEGIS_GUARANTEED, exos_self->pinned.name, exos_self->pinned.check);
    for (size_t i = 0; i < EXOS_EXCEPTION_STATE / 8; i++)
        exos_exception_state[i] = 0;
}

/* When exceptions can be taken: the old program's memory goes. */
void
exos_exec_join(void)
{
    exos_session_join();
    exos_table_remove(exos_self->table, (uintptr_t)exos_exception_guard, 1 + EXOS_PINNED);
    exos_session_lock();
    exos_table_unref(exos_self->old_table);
    exos_session_unlock();
    exos_self->old_table = NULL;
    exos_process_begin();
    exos_self->held = 0;
}
