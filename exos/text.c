/* text.c - programs' pages that may not be written, kept once for all processes of the session that execute the same file; contract in exos/image.h.
 *
 * Only files of the boot archive are remembered: what is in one cannot change, and its address is its name. A text holds one reference to each of its frames, so that they
 * stay when no process executes the file for a while; they go when memory is short.
 */

#include <exos/file.h>
#include <exos/frame_table.h>
#include <exos/image.h>
#include <exos/text.h>

_Static_assert(EXOS_SESSION_TEXTS >= EXOS_SESSION_PROCESSES + EXOS_PROCESSES * AEGIS_PAGE_SIZE, "behind the records");
_Static_assert(EXOS_SESSION_TEXTS + EXOS_TEXTS * sizeof(struct exos_text) <= EXOS_SESSION_FRAMES, "before the frame table");

static void
ref_all(const struct exos_text *text)
{
    for (uint32_t i = 0; i < text->nruns; i++)
        for (uint32_t page = 0; page < exos_run_pages(&text->run[i]); page++)
            exos_frame_ref(exos_run_frame(&text->run[i]) + page);
}

static void
unref_all(const struct exos_text *text)
{
    for (uint32_t i = 0; i < text->nruns; i++)
        for (uint32_t page = 0; page < exos_run_pages(&text->run[i]); page++)
            exos_frame_unref(exos_run_frame(&text->run[i]) + page);
}

const struct exos_text *
exos_text_use(const void *image)
{
    struct exos_text *text = exos_texts, *end = text + exos_head->ntexts;
    while (text < end && text->image != image)
        text++;
    if (text == end)
        return NULL;
    ref_all(text);
    return text;
}

void
exos_text_keep(const void *image, const struct exos_run *run, uint32_t nruns)
{
    if ((uintptr_t)image - EXOS_ARCHIVE >= EXOS_ARCHIVE_SIZE || exos_head->ntexts == EXOS_TEXTS)
        return;
    struct exos_text *text = &exos_texts[exos_head->ntexts];
    text->image = image;
    text->nruns = nruns;
    for (uint32_t i = 0; i < nruns; i++)
        text->run[i] = run[i];
    ref_all(text);
    exos_head->ntexts++; /* last: a process that dies in here leaves frames behind, but no half text */
}

bool
exos_text_drop_all(void)
{
    uint32_t n = exos_head->ntexts;
    exos_head->ntexts = 0;
    for (uint32_t i = 0; i < n; i++)
        unref_all(&exos_texts[i]);
    return n > 0;
}
