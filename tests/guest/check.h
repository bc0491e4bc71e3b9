/* check.h - how a guest test program reports: one line a promise (docs/wire-format.md, verb `check`). */
#ifndef CHECK_H
#define CHECK_H

#include <report.h>
#include <stdbool.h>

static const char *check_name;
static int check_failures;

static inline void
check_begin(const char *name)
{
    check_name = name;
    report_begin("begin");
    report_word(name);
    report_end();
}

/* `promise` says what must hold; one line is printed either way. */
static inline void
check(bool holds, const char *promise)
{
    check_failures += !holds;
    report_begin("check");
    report_word(promise);
    report_word(holds ? "ok" : "fail");
    report_end();
}

/* The program's exit status: 0 if every check held. */
static inline int
check_end(void)
{
    report_begin("end");
    report_word(check_name);
    report_word(check_failures ? "fail" : "ok");
    report_end();
    return check_failures != 0;
}

#endif
