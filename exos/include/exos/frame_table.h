/* frame_table.h - the session's physical pages: which there are, how many mappings each has, and its capability, which every process of the session may use.
 *
 * A frame is a physical page that the session's first process owns. Most come from Aegis by chunks: EXOS_CHUNK pages side by side, with one capability for all, so that pages
 * which are used one after the other can be bound together. Frames of chunks that nobody maps any more are kept for the next who needs one, up to a bound.
 */
#ifndef EXOS_FRAME_TABLE_H
#define EXOS_FRAME_TABLE_H

#include <aegis/abi.h>
#include <exos/session.h>
#include <stdbool.h>

enum { EXOS_FRAMES_MAX = 65536, EXOS_CHUNK = 16, EXOS_FREE_CHUNKS_MAX = 64 };

struct exos_frame_entry {
    uint64_t check;        /* of the capability for this frame alone, 0: not asked for yet */
    uint64_t run_check;    /* in the first of a run or chunk: of the capability for all of it */
    uint32_t refs;         /* mappings in the page tables of the session's processes */
    uint16_t run_count;    /* in the first: frames of the run, 0: it was taken alone, EXOS_RUN_IS_CHUNK */
    uint8_t in_run;        /* its distance from the first */
    uint8_t window;        /* its place among the frame windows */
    uint16_t free, zeroed; /* in the first of a chunk: those of its frames that are free; that hold zeros */
    uint16_t next, prev;   /* in the first of a chunk with free frames: neighbours in a list of chunks; chunk n begins at frame n * EXOS_CHUNK, 0: none */
};

#define EXOS_RUN_IS_CHUNK 0xffff
#define exos_frames ((struct exos_frame_entry *)EXOS_SESSION_FRAMES)

/* Take `npages` free physical pages side by side, the first a multiple of `align`, zeroed, for the session, with the capability for all. The lock must be held.
 * Returns the first, 0: there are none. */
uint32_t exos_session_page(unsigned npages, unsigned align, struct aegis_cap *cap);

/* A frame with one reference; *zeroed tells whether it holds zeros. 0: there is none. */
uint32_t exos_frame_alloc(bool *zeroed);

/* The same for who has the lock already. */
uint32_t exos_frame_take(bool *zeroed);

/* A whole chunk, with one reference to each frame, and the capability for all; in *zeroed the set of those that hold zeros. 0: there is none. */
uint32_t exos_frame_alloc_chunk(struct aegis_cap *cap, uint32_t *zeroed);

/* `npages` frames side by side, zeroed, with one reference each, and the capability for all. 0: there are none so many, or npages is over AEGIS_ALLOC_MAX.
 * They go back to Aegis when they are free. */
uint32_t exos_frame_alloc_run(unsigned npages, struct aegis_cap *cap);

/* Make a page of the caller's own a frame of the session's, with one reference. Only the first process's pages can be. */
void exos_frame_adopt(uint32_t frame, uint64_t check);

/* One reference more, and less: with the last the frame is free. It must not be bound any more by who gives up a reference. */
void exos_frame_ref(uint32_t frame);
void exos_frame_unref(uint32_t frame);

/* The capability for one frame, with all rights; its check word is asked for once. */
uint64_t exos_frame_check(uint32_t frame);

static inline struct aegis_cap
exos_frame_cap(uint32_t frame)
{
    uint64_t check = exos_frames[frame].check;
    return (struct aegis_cap){AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, frame), check ? check : exos_frame_check(frame)};
}

/* If `frame` is the first of a chunk, the capability for all of it, with all rights; else name 0. */
struct aegis_cap exos_frame_chunk_cap(uint32_t frame);

/* The frame bound to read and write, until another with the same place is: to fill or to copy it. NULL: it cannot be. */
void *exos_frame_window(uint32_t frame);

void exos_frame_zero(void *page);

/* Copy 8-byte words: one instruction each. */
static inline void
exos_words_copy(void *to, const void *from, size_t words)
{
    asm volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(words) : : "memory");
}

/* Pages of the machine that no frame is made of. Any page of the session's region may be touched for the first time anywhere in the library, where there is no way back: in one
 * fork, exec or mapping that is a page table and a few more at most. */
enum { EXOS_SPARE_PAGES = 160 + 32 };

/* Are there so many free ones? Asked before anything that needs them; gives free frames back, and the texts that nobody executes, if there are not. */
bool exos_frame_room(void);

/* Give all free frames back to Aegis. */
void exos_frame_trim(void);

#endif
