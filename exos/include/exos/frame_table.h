/* frame_table.h - the session's physical pages: which there are, how many mappings each has, and its capability, which every process of the session may use.
 *
 * A frame is a physical page that the session's first process owns. Frames that nobody maps any more are kept for the next who needs one, up to a bound.
 */
#ifndef EXOS_FRAME_TABLE_H
#define EXOS_FRAME_TABLE_H

#include <aegis/abi.h>
#include <exos/session.h>
#include <stdbool.h>

enum { EXOS_FRAMES_MAX = 65536, EXOS_FREE_FRAMES_MAX = 1024 };

struct exos_frame_entry {
    uint64_t check;     /* of the capability for this frame alone, 0: not asked for yet */
    uint64_t run_check; /* in the first of a run: of the capability for all of it */
    uint32_t run;       /* the first frame of the run that it was taken with, 0: taken alone */
    uint32_t run_count; /* in the first: frames of the run */
    uint32_t refs;      /* mappings in the page tables of the session's processes */
    uint32_t next;      /* in the list of free ones, 0: the last */
};

#define exos_frames ((struct exos_frame_entry *)EXOS_SESSION_FRAMES)

/* Take `npages` free physical pages side by side, zeroed, for the session, with the capability for all. The lock must be held. Returns the first, 0: there are none. */
uint32_t exos_session_page(unsigned npages, struct aegis_cap *cap);

/* A frame with one reference; *zeroed tells whether it holds zeros. 0: there is none. */
uint32_t exos_frame_alloc(bool *zeroed);

/* `npages` frames side by side, zeroed, with one reference each, and the capability for all. 0: there are none so many, or npages is over AEGIS_ALLOC_MAX. */
uint32_t exos_frame_alloc_run(unsigned npages, struct aegis_cap *cap);

/* Make a page of the caller's own a frame of the session's, with one reference. Only the first process's pages can be. */
void exos_frame_adopt(uint32_t frame, uint64_t check);

/* One reference more, and less: with the last the frame is free. It must not be bound any more by who gives up a reference. */
void exos_frame_ref(uint32_t frame);
void exos_frame_unref(uint32_t frame);

/* The capability for one frame, with all rights. */
struct aegis_cap exos_frame_cap(uint32_t frame);

/* The frame bound to read and write, until another with the same number modulo 128 is: to fill or to copy it. NULL: it cannot be. */
void *exos_frame_window(uint32_t frame);

void exos_frame_zero(void *page);

/* Copy 8-byte words: one instruction each. */
static inline void
exos_words_copy(void *to, const void *from, size_t words)
{
    asm volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(words) : : "memory");
}

/* Give all free frames back to Aegis. */
void exos_frame_trim(void);

#endif
