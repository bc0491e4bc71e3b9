/* slab.h - small kernel objects of one size, taken from pages as they are needed; a page whose objects are all free is given back. */
#ifndef SLAB_H
#define SLAB_H

#include <machine/types.h>

struct slab_page;

/* One for each kind of object: {.size = sizeof(struct it)}. */
struct slab {
    u32 size;
    struct slab_page *partial; /* the pages in which an object is free */
};

/* An object that holds whatever it held before, on a multiple of 16; NULL if there is no memory. */
void *slab_take(struct slab *slab);

void slab_free(void *object);

#endif
