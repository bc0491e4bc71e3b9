/* spin.c - runs until a signal ends it. */

int
main(void)
{
    for (;;)
        asm volatile("");
}
