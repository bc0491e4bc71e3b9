/* frame_table.c - the session's physical pages; contract in exos/frame_table.h. Physical names are the application's to choose (claim D-4): the lowest free ones. */

#include <exos/errno.h>
#include <exos/frame_table.h>
#include <exos/syscall.h>
#include <exos/text.h>

enum { PAGE = AEGIS_PAGE_SIZE, WINDOW_PAGES = 128, WORDS = PAGE / 8 };

/* The first of `npages` free pages side by side, from `from` on; 0: there are none. */
static uint32_t
find_free(uint32_t from, uint32_t npages)
{
    uint32_t end = AEGIS_INFO_POINTER->page_count < EXOS_FRAMES_MAX ? AEGIS_INFO_POINTER->page_count : EXOS_FRAMES_MAX, found = 0;
    for (uint32_t page = from ? from : 1; page < end; page++) {
        found = AEGIS_OWNERS_POINTER[page] == AEGIS_OWNER_FREE ? found + 1 : 0;
        if (found == npages)
            return page + 1 - npages;
    }
    return 0;
}

uint32_t
exos_session_page(unsigned npages, struct aegis_cap *cap)
{
    struct exos_session *s = exos_head;
    for (;;) {
        uint32_t page = find_free(s->next_page, npages);
        if (!page && !(page = find_free(1, npages)))
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

uint32_t
exos_frame_alloc(bool *zeroed)
{
    struct exos_session *s = exos_head;
    exos_session_lock();
    uint32_t frame = 0;
    *zeroed = !s->free_frames;
    if (*zeroed) {
        struct aegis_cap cap;
        frame = exos_session_page(1, &cap);
        if (frame)
            exos_frame_adopt(frame, cap.check);
        else if (exos_text_drop_all()) /* memory is short */
            *zeroed = false;
    }
    if (!frame && s->free_frames) {
        frame = s->free_frames;
        s->free_frames = exos_frames[frame].next;
        s->nfree--;
        exos_frames[frame].refs = 1;
    }
    exos_session_unlock();
    return frame;
}

uint32_t
exos_frame_alloc_run(unsigned npages, struct aegis_cap *cap)
{
    if (npages == 0 || npages > AEGIS_ALLOC_MAX)
        return 0;
    exos_session_lock();
    uint32_t first = exos_session_page(npages, cap);
    if (!first) {
        exos_text_drop_all();
        exos_frame_trim();
        first = exos_session_page(npages, cap);
    }
    for (uint32_t i = 0; first && i < npages; i++)
        exos_frames[first + i] = (struct exos_frame_entry){.refs = 1, .run = first};
    if (first) {
        exos_frames[first].run_check = cap->check;
        exos_frames[first].run_count = npages;
    }
    exos_session_unlock();
    return first;
}

void
exos_frame_adopt(uint32_t frame, uint64_t check)
{
    exos_frames[frame] = (struct exos_frame_entry){.check = check, .refs = 1};
}

void
exos_frame_ref(uint32_t frame)
{
    exos_frames[frame].refs++;
}

/* A run's capability is stale when one of its frames is gone: so the others ask for their own before. */
static void
give_back(uint32_t frame)
{
    uint32_t run = exos_frames[frame].run, n = run ? exos_frames[run].run_count : 0;
    for (uint32_t i = run; i < run + n; i++)
        if (exos_frames[i].run == run)
            exos_frame_cap(i);
    for (uint32_t i = run; i < run + n; i++)
        if (exos_frames[i].run == run)
            exos_frames[i].run = 0;
    struct aegis_cap cap = exos_frame_cap(frame);
    sys_page_free(cap.name, cap.check);
}

static void
release(uint32_t frame)
{
    struct exos_session *s = exos_head;
    if (s->nfree == EXOS_FREE_FRAMES_MAX) {
        give_back(frame);
        return;
    }
    exos_frames[frame].next = s->free_frames;
    s->free_frames = frame;
    s->nfree++;
}

void
exos_frame_unref(uint32_t frame)
{
    if (--exos_frames[frame].refs == 0)
        release(frame);
}

struct aegis_cap
exos_frame_cap(uint32_t frame)
{
    struct exos_frame_entry *entry = &exos_frames[frame];
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, frame);
    if (entry->check == 0) {
        struct exos_frame_entry *run = &exos_frames[entry->run];
        entry->check = sys_cap_attenuate(AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, entry->run, run->run_count), run->run_check, name).value;
    }
    return (struct aegis_cap){name, entry->check};
}

void *
exos_frame_window(uint32_t frame)
{
    uintptr_t va = EXOS_FRAME_WINDOW + frame % WINDOW_PAGES * PAGE;
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

void
exos_frame_trim(void)
{
    struct exos_session *s = exos_head;
    exos_session_lock();
    while (s->free_frames) {
        uint32_t frame = s->free_frames;
        s->free_frames = exos_frames[frame].next;
        s->nfree--;
        give_back(frame);
    }
    s->next_page = 0;
    exos_session_unlock();
}
