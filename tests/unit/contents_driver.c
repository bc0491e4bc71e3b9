/* What is done to a file's bytes: three words each (what, offset or size, bytes); a line for each with the result, and what was read as a sum. The file begins with the
 * image of the boot archive. A write writes a pattern that depends on where and which; every seventh of them meets an address that faults.
 */

#include "pages.h"

#include "../../ultrix-compat/node.h"
#include "../../ultrix-compat/transfer.h"

enum { WRITE, READ, TRUNCATE, ALLOW, MAP };

static uint8_t image[10000];
static uint64_t nwrites, sum, moved;

/* What contents_init, which nobody calls, needs. */
pa_t memory_take(u32 npages) { return (void)npages, 0; }
pa_t paging_kernel_space(void) { return 0; }
pte_t *paging_walk_large(pte_t *pml4, va_t va, paging_alloc_t alloc, void *context) { return (void)pml4, (void)va, (void)alloc, (void)context, NULL; }

long
transfer_to_user(struct transfer *transfer, const void *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sum = sum * 31 + ((const uint8_t *)from)[i];
    transfer->left -= n;
    return 0;
}

long
transfer_from_user(struct transfer *transfer, void *to, size_t n)
{
    if (nwrites % 7 == 0 && moved > 5000)
        return -14;
    for (size_t i = 0; i < n; i++)
        ((uint8_t *)to)[i] = (transfer->at + moved + i) * 13 + nwrites;
    moved += n;
    transfer->left -= n;
    return 0;
}

int
main(void)
{
    size_t size;
    uint64_t *input = read_input(&size), *w = input;
    for (size_t i = 0; i < sizeof image; i++)
        image[i] = i * 3;
    struct contents c = {.size = sizeof image, .image = image, .image_size = sizeof image};
    pages_start();
    for (uint64_t *end = w + size / 24 * 3; w < end; w += 3) {
        struct transfer transfer = {.at = w[1], .left = w[2]};
        long result = 0;
        sum = moved = 0;
        switch (w[0]) {
        case WRITE:
            nwrites++;
            result = contents_write(&c, w[1], &transfer);
            break;
        case READ: result = contents_read(&c, w[1], &transfer); break;
        case TRUNCATE: result = contents_truncate(&c, w[1]); break;
        case ALLOW: pages_allowed = pages_used + w[1]; break;
        }
        printf("%ld %lu %lu\n", result, sum, c.size);
    }
    contents_truncate(&c, 0);
    printf("left %u %lu\n", pages_used, c.npages);
    free(input);
}
