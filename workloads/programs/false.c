/* false.c - ends at once, without success. */

int
main(void)
{
    return 1;
}
