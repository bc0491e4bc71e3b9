/* text.h - the read-only pages of programs that processes of this session have executed, shared by all that execute the same file. The session's lock must be held. */
#ifndef EXOS_TEXT_H
#define EXOS_TEXT_H

#include <exos/process.h>

enum { EXOS_TEXTS = 64 };

struct exos_text {
    const void *image; /* the file's first byte */
    uint32_t nruns;
    struct exos_run run[EXOS_RUNS];
};

#define exos_texts ((struct exos_text *)EXOS_SESSION_TEXTS)

static inline uint32_t
exos_run_frame(const struct exos_run *run)
{
    return (uint32_t)run->cap.name;
}

static inline uint32_t
exos_run_pages(const struct exos_run *run)
{
    return run->cap.name >> 32 & 0xffff;
}

/* What is kept of the file at `image`, with one more reference to each of its frames for the caller; NULL: nothing is. */
const struct exos_text *exos_text_use(const void *image);

/* Keep the runs, where `image` lies in the boot archive and there is room: otherwise they are the caller's alone. */
void exos_text_keep(const void *image, const struct exos_run *run, uint32_t nruns);

/* Keep none any more: those that no process executes are free then. Returns whether there were any. */
bool exos_text_drop_all(void);

#endif
