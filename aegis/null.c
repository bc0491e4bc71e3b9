/* null.c - the empty system call with a stack: the price of the path itself (Table 4). */

long sys_null_stack(void);

long
sys_null_stack(void)
{
    return 0;
}
