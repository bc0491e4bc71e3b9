/* frame_table.c - the session's physical pages; contract in exos/frame_table.h. Physical names are the application's to choose (claim D-4): the lowest free ones.
 *
 * Invariant: a chunk is in the list `partial` if some of its frames are free, in `whole` if all are, in none if none is. A frame of a chunk is free if it has no references.
 */

#include <exos/errno.h>
#include <exos/frame_table.h>
#include <exos/session_lock.h>
#include <exos/syscall.h>
#include <exos/table.h>
#include <exos/text.h>

enum { PAGE = AEGIS_PAGE_SIZE, WORDS = PAGE / 8, ALL = (1 << EXOS_CHUNK) - 1 };

_Static_assert(EXOS_SPARE_PAGES >= EXOS_TABLE_SIZE / PAGE + 32, "a page table and a few more");
_Static_assert(sizeof(struct exos_frame_entry) == 32, "session.h leaves 2 MiB");
_Static_assert(EXOS_FRAMES_MAX / EXOS_CHUNK <= 1 << 16, "chunks have 16-bit numbers");

/* ---- from Aegis ------------------------------------------------------------------------------------------------------------ */

/* The first of `npages` free pages side by side, from `from` on, at a multiple of `align`; 0: there are none. */
static uint32_t
find_free(uint32_t from, uint32_t npages, uint32_t align)
{
    uint32_t end = AEGIS_INFO_POINTER->page_count < EXOS_FRAMES_MAX ? AEGIS_INFO_POINTER->page_count : EXOS_FRAMES_MAX, n;
    for (uint32_t page = (from + align - 1) / align * align; page + npages <= end; page = (page + n + align) / align * align) {
        for (n = 0; n < npages && AEGIS_OWNERS_POINTER[page + n] == AEGIS_OWNER_FREE; n++)
            ;
        if (n == npages)
            return page;
    }
    return 0;
}

uint32_t
exos_session_page(unsigned npages, unsigned align, struct aegis_cap *cap)
{
    struct exos_session *s = exos_head;
    for (;;) {
        uint32_t page = find_free(s->next_page, npages, align);
        if (!page && !(page = find_free(1, npages, align)))
            return 0;
        uint64_t name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, page, npages);
        struct aegis_result taken = sys_page_alloc_in(name, s->root.name, s->root.check);
        if (taken.status == 0) {
            *cap = (struct aegis_cap){name, taken.value};
            s->next_page = page + npages;
            return page;
        }
        if (taken.status != -E_PAGE) /* somebody outside this session was faster: look again */
            return 0;
    }
}

static bool
is_room(void)
{
    return AEGIS_INFO_POINTER->free_pages >= EXOS_SPARE_PAGES;
}

bool
exos_frame_room(void)
{
    if (is_room())
        return true;
    exos_session_lock();
    exos_text_drop_all();
    exos_frame_trim();
    exos_session_unlock();
    return is_room();
}

/* Pages to be frames. */
static uint32_t
take_pages(unsigned npages, unsigned align, struct aegis_cap *cap)
{
    return is_room() ? exos_session_page(npages, align, cap) : 0;
}

/* Enter frames that have just been taken together, with `refs` references each. Windows go round, so that frames taken one after the other do not evict each other. */
static void
enter(uint32_t first, unsigned npages, uint64_t run_check, unsigned run_count, uint32_t refs)
{
    for (unsigned i = 0; i < npages; i++) {
        exos_frames[first + i] = (struct exos_frame_entry){.refs = refs, .in_run = i, .window = exos_head->next_window};
        exos_head->next_window = (exos_head->next_window + 1) % EXOS_FRAME_WINDOWS;
    }
    exos_frames[first].run_check = run_check;
    exos_frames[first].run_count = run_count;
}

void
exos_frame_adopt(uint32_t frame, uint64_t check)
{
    enter(frame, 1, 0, 0, 1);
    exos_frames[frame].check = check;
}

/* ---- chunks ---------------------------------------------------------------------------------------------------------------- */

static struct exos_frame_entry *
chunk_entry(uint32_t chunk)
{
    return &exos_frames[chunk * EXOS_CHUNK];
}

static void
list_add(uint16_t *list, uint32_t chunk)
{
    chunk_entry(chunk)->next = *list;
    chunk_entry(chunk)->prev = 0;
    if (*list)
        chunk_entry(*list)->prev = chunk;
    *list = chunk;
}

static void
list_remove(uint16_t *list, uint32_t chunk)
{
    const struct exos_frame_entry *entry = chunk_entry(chunk);
    if (entry->next)
        chunk_entry(entry->next)->prev = entry->prev;
    if (entry->prev)
        chunk_entry(entry->prev)->next = entry->next;
    else
        *list = entry->next;
}

/* A new chunk, none of whose frames is free: the caller says which are. 0: there is none. */
static uint32_t
new_chunk(void)
{
    struct aegis_cap cap;
    uint32_t first = take_pages(EXOS_CHUNK, EXOS_CHUNK, &cap);
    if (!first)
        return 0;
    enter(first, EXOS_CHUNK, cap.check, EXOS_RUN_IS_CHUNK, 0);
    exos_frames[first].zeroed = ALL;
    return first / EXOS_CHUNK;
}

/* Have a chunk with free frames in the list `partial`, which is empty. False: there is none. */
static __attribute__((noinline)) bool
have_partial(void)
{
    struct exos_session *s = exos_head;
    uint32_t chunk = s->whole;
    if (chunk) {
        list_remove(&s->whole, chunk);
        s->nwhole--;
    } else if ((chunk = new_chunk())) {
        chunk_entry(chunk)->free = ALL;
    } else {
        return false;
    }
    list_add(&s->partial, chunk);
    return true;
}

/* The lowest free frame of the first partial chunk: frames taken one after the other lie side by side. */
static inline uint32_t
take_partial(bool *zeroed)
{
    uint32_t chunk = exos_head->partial;
    struct exos_frame_entry *entry = chunk_entry(chunk);
    uint32_t i = __builtin_ctz(entry->free);
    entry->free &= entry->free - 1;
    *zeroed = entry->zeroed >> i & 1;
    entry->zeroed &= ~(1u << i);
    if (!entry->free)
        list_remove(&exos_head->partial, chunk);
    entry[i].refs = 1;
    return chunk * EXOS_CHUNK + i;
}

/* Memory is short: a page alone, or what a text had. */
static __attribute__((noinline)) uint32_t
take_alone(bool *zeroed)
{
    struct aegis_cap cap;
    uint32_t frame = take_pages(1, 1, &cap);
    *zeroed = true;
    if (!frame && exos_text_drop_all())
        frame = take_pages(1, 1, &cap);
    if (frame)
        exos_frame_adopt(frame, cap.check);
    return frame;
}

uint32_t
exos_frame_take(bool *zeroed)
{
    return exos_head->partial || have_partial() ? take_partial(zeroed) : take_alone(zeroed);
}

uint32_t
exos_frame_alloc(bool *zeroed)
{
    exos_session_lock_here();
    uint32_t frame = exos_frame_take(zeroed);
    exos_session_unlock_here();
    return frame;
}

uint32_t
exos_frame_alloc_chunk(struct aegis_cap *cap, uint32_t *zeroed)
{
    struct exos_session *s = exos_head;
    exos_session_lock();
    uint32_t chunk = s->whole;
    if (chunk) {
        list_remove(&s->whole, chunk);
        s->nwhole--;
    } else {
        chunk = new_chunk();
    }
    if (chunk) {
        struct exos_frame_entry *entry = chunk_entry(chunk);
        *zeroed = entry->zeroed;
        entry->free = entry->zeroed = 0;
        for (unsigned i = 0; i < EXOS_CHUNK; i++)
            entry[i].refs = 1;
        *cap = exos_frame_chunk_cap(chunk * EXOS_CHUNK);
    }
    exos_session_unlock();
    return chunk * EXOS_CHUNK;
}

uint32_t
exos_frame_alloc_run(unsigned npages, struct aegis_cap *cap)
{
    if (npages == 0 || npages > AEGIS_ALLOC_MAX)
        return 0;
    exos_session_lock();
    uint32_t first = take_pages(npages, 1, cap);
    if (!first) {
        exos_text_drop_all();
        exos_frame_trim();
        first = take_pages(npages, 1, cap);
    }
    if (first)
        enter(first, npages, cap->check, npages, 1);
    exos_session_unlock();
    return first;
}

/* ---- references ------------------------------------------------------------------------------------------------------------ */

void
exos_frame_ref(uint32_t frame)
{
    exos_frames[frame].refs++;
}

static uint32_t
first_of(uint32_t frame)
{
    return frame - exos_frames[frame].in_run;
}

static unsigned
run_pages(uint32_t first)
{
    return exos_frames[first].run_count == EXOS_RUN_IS_CHUNK ? EXOS_CHUNK : exos_frames[first].run_count;
}

/* The capability for all of a run is stale when one of its frames is gone. So each asks for its own, and then they are frames taken alone. */
static void
break_up(uint32_t first)
{
    unsigned n = run_pages(first);
    for (unsigned i = 0; i < n; i++)
        exos_frame_check(first + i);
    exos_frames[first].run_count = 0;
    for (unsigned i = 0; i < n; i++)
        exos_frames[first + i].in_run = 0;
}

static void
give_back(uint32_t frame)
{
    break_up(first_of(frame));
    struct aegis_cap cap = exos_frame_cap(frame);
    sys_page_free(cap.name, cap.check);
}

static void
give_back_chunk(uint32_t chunk)
{
    struct aegis_cap cap = exos_frame_chunk_cap(chunk * EXOS_CHUNK);
    sys_page_free(cap.name, cap.check);
}

static void
release(uint32_t frame)
{
    struct exos_session *s = exos_head;
    uint32_t first = first_of(frame), chunk = first / EXOS_CHUNK;
    struct exos_frame_entry *entry = &exos_frames[first];
    if (entry->run_count != EXOS_RUN_IS_CHUNK) {
        give_back(frame);
        return;
    }
    uint32_t before = entry->free;
    entry->free |= 1u << (frame - first);
    if (!before)
        list_add(&s->partial, chunk);
    if (entry->free != ALL)
        return;
    list_remove(&s->partial, chunk);
    if (s->nwhole == EXOS_FREE_CHUNKS_MAX) {
        give_back_chunk(chunk);
        return;
    }
    list_add(&s->whole, chunk);
    s->nwhole++;
}

void
exos_frame_unref(uint32_t frame)
{
    if (--exos_frames[frame].refs == 0)
        release(frame);
}

/* The frames of a chunk that are free go; the others are taken alone from now on. */
static void
dissolve(uint32_t chunk)
{
    uint32_t first = chunk * EXOS_CHUNK, free = chunk_entry(chunk)->free;
    break_up(first);
    for (; free; free &= free - 1) {
        struct aegis_cap cap = exos_frame_cap(first + __builtin_ctz(free));
        sys_page_free(cap.name, cap.check);
    }
}

void
exos_frame_trim(void)
{
    struct exos_session *s = exos_head;
    exos_session_lock();
    for (uint32_t chunk; (chunk = s->whole); s->nwhole--) {
        list_remove(&s->whole, chunk);
        give_back_chunk(chunk);
    }
    for (uint32_t chunk; (chunk = s->partial);) {
        list_remove(&s->partial, chunk);
        dissolve(chunk);
    }
    s->next_page = 0;
    exos_session_unlock();
}

/* ---- use ------------------------------------------------------------------------------------------------------------------- */

uint64_t
exos_frame_check(uint32_t frame)
{
    struct exos_frame_entry *entry = &exos_frames[frame];
    if (entry->check == 0) {
        uint32_t first = first_of(frame);
        uint64_t all = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first, run_pages(first));
        entry->check = sys_cap_attenuate(all, exos_frames[first].run_check, AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, frame)).value;
    }
    return entry->check;
}

struct aegis_cap
exos_frame_chunk_cap(uint32_t frame)
{
    const struct exos_frame_entry *entry = &exos_frames[frame];
    if (entry->run_count != EXOS_RUN_IS_CHUNK)
        return (struct aegis_cap){0, 0};
    return (struct aegis_cap){AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, frame, EXOS_CHUNK), entry->run_check};
}

void *
exos_frame_window(uint32_t frame)
{
    uintptr_t va = EXOS_FRAME_WINDOW + exos_frames[frame].window * PAGE;
    uint64_t binding = AEGIS_BINDINGS_POINTER[va / PAGE];
    if (binding & 1 && (uint32_t)(binding >> 12) == frame)
        return (void *)va;
    struct aegis_cap cap = exos_frame_cap(frame);
    return sys_page_bind(va | AEGIS_READ | AEGIS_WRITE, cap.name, cap.check) < 0 ? NULL : (void *)va;
}

void
exos_frame_zero(void *page)
{
    size_t words = WORDS;
    asm volatile("rep stosq" : "+D"(page), "+c"(words) : "a"(0) : "memory");
}
