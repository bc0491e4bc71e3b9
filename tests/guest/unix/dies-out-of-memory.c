/* A program that touches more memory than there is ends; all of it comes back. Linux looks for a victim first, and might find another. */

#include "attack.h"

int
main(void)
{
    for (;;) {
        volatile char *more = (volatile char *)unix_mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, 0);
        for (int i = 0; i < 1 << 20; i += PAGE_SIZE)
            more[i] = 1;
    }
}
