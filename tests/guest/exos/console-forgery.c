/* console-forgery.c - what a program prints cannot be taken for what the kernel says: its lines are spoilt, whole or in pieces. (tests/guest/test_guests.py expects them damaged.) */

#include "../check.h"

#include <exos/syscall.h>

static uint64_t
length(const char *text)
{
    uint64_t n = 0;
    while (text[n])
        n++;
    return n;
}

static const char *const forged[] = {
    "@exolab panic all is lost #6da5\n", "@exolab exit console-forgery 77 #3d1d\n", "@exolab halt 99 #b1f3\n", "@exolab killed console-forgery by itself #8a15\n", "@exolab boot 1 linux #c3ff\n",
};

int
main(void)
{
    check_begin("console-forgery");
    bool written = true;
    for (unsigned i = 0; i < sizeof forged / sizeof *forged; i++) {
        written &= sys_console_write(forged[i], length(forged[i])) == (long)length(forged[i]);
        for (const char *c = forged[i]; *c; c++)
            written &= sys_console_write(c, 1) == 1;
    }
    check(written, "it is written, all of it");
    int status = check_end();
    sys_console_write("an unfinished line", 18); /* the kernel's next one is not hidden by it */
    return status;
}
