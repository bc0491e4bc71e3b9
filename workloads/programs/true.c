/* true.c - ends at once, with success: what experiment `process` execs. */

int
main(void)
{
    return 0;
}
