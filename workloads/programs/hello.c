/* hello.c - the smallest program that can be seen to have run: a line, and a status that nothing else has. */

#include <port.h>

int
main(void)
{
    static const char line[] = "hello\n";
    port_write(line, sizeof line - 1);
    return 7;
}
