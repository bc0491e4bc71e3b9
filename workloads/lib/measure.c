/* measure.c - runs a region and reports its samples; contract in workload.h. Medians and verdicts are the harness's. */

#include <report.h>
#include <workload.h>

enum { WARM_UP = 10, SAMPLES = 100 };

static const char *current;
static bool failed;

void
workload_begin(const char *experiment)
{
    current = experiment;
    failed = false;
    report_begin("begin");
    report_word(experiment);
    report_end();
}

/* All samples first, printing afterwards: output between two samples would cool what the first has warmed. */
static void
sample(const struct region *region, uint32_t *ticks)
{
    for (int i = 0; i < WARM_UP; i++)
        region->run();
    for (int i = 0; i < SAMPLES; i++)
        ticks[i] = region->run();
}

static uint32_t
overhead(const struct region *region)
{
    uint32_t least = region->empty();
    for (int i = 0; i < WARM_UP; i++) {
        uint32_t ticks = region->empty();
        if (ticks < least)
            least = ticks;
    }
    return least;
}

static void
report_run_lengths(const uint32_t *ticks)
{
    const char *separator = " ";
    for (int i = 0, n; i < SAMPLES; i += n) {
        for (n = 1; i + n < SAMPLES && ticks[i + n] == ticks[i]; n++)
            ;
        report_text(separator);
        report_digits(ticks[i]);
        report_text("x");
        report_digits(n);
        separator = ",";
    }
}

void
measure(const char *operation, const struct region *region)
{
    static uint32_t ticks[SAMPLES];
    report_begin("operation");
    report_word(operation);
    report_end();

    sample(region, ticks);

    report_begin("region");
    report_word(operation);
    report_address(region->begin);
    report_address(region->end);
    report_end();
    report_begin("samples");
    report_word(operation);
    report_word("instructions");
    report_number(overhead(region));
    report_run_lengths(ticks);
    report_end();
}

static void
report_verdict(const char *verb, const char *operation, const char *reason)
{
    report_begin(verb);
    report_word(operation);
    report_word(reason);
    report_end();
}

void
unsupported(const char *operation, const char *reason)
{
    report_verdict("unsupported", operation, reason);
}

void
fail(const char *operation, const char *reason)
{
    failed = true;
    report_verdict("fail", operation, reason);
}

int
workload_end(void)
{
    report_begin("end");
    report_word(current);
    report_word(failed ? "fail" : "ok");
    report_end();
    return failed;
}
