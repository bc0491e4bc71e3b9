/* crash.c - writes where nothing is mapped: so that one can see what becomes of a program that does, and of those beside it. */

static volatile int *volatile nowhere = (volatile int *)8;

int
main(void)
{
    *nowhere = 1;
    return 0;
}
