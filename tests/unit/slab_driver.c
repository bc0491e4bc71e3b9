/* Objects of one size taken and freed, one word each (even: take, odd: free one of those there are): each is filled with its own number and looked at again before it
 * goes, so two in one place show.
 */

#include "pages.h"

#include "../../ultrix-compat/slab.h"

enum { MOST = 2000, SIZE = 352 };

int
main(void)
{
    static struct slab slab = {.size = SIZE};
    static struct {
        uint64_t *object, number;
    } there[MOST];
    size_t size, n = 0;
    uint64_t *input = read_input(&size), *w = input, number = 0;
    pages_start();
    pages_allowed = 20;
    for (uint64_t *end = w + size / 8; w < end; w++)
        if (*w % 2 == 0 && n < MOST) {
            uint64_t *object = slab_take(&slab);
            if (!object)
                continue;
            for (size_t i = 0; i < SIZE / 8; i++)
                object[i] = number;
            there[n].object = object;
            there[n++].number = number++;
        } else if (n > 0) {
            size_t i = *w / 2 % n;
            for (size_t word = 0; word < SIZE / 8; word++)
                if (there[i].object[word] != there[i].number)
                    abort();
            slab_free(there[i].object);
            there[i] = there[--n];
        }
    printf("%lu objects in %u pages\n", n, pages_used);
    while (n > 0)
        slab_free(there[--n].object);
    printf("left %u\n", pages_used);
    free(input);
}
