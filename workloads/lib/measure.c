/* measure.c - runs a region and reports its samples; contract in workload.h. Medians and verdicts are the harness's. */

#include <report.h>
#include <workload.h>

enum { SAMPLES = 100, OVERHEAD_RUNS = 11 };

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
sample(const struct region *region, uint32_t *ticks, int samples)
{
    for (int i = 0; i < samples / 10 + 1; i++)
        region->run();
    for (int i = 0; i < samples; i++)
        ticks[i] = region->run();
}

static uint32_t
overhead(const struct region *region)
{
    uint32_t least = region->empty();
    for (int i = 1; i < OVERHEAD_RUNS; i++) {
        uint32_t ticks = region->empty();
        if (ticks < least)
            least = ticks;
    }
    return least;
}

static void
report_run_lengths(const uint32_t *ticks, int samples)
{
    const char *separator = " ";
    for (int i = 0, n; i < samples; i += n) {
        for (n = 1; i + n < samples && ticks[i + n] == ticks[i]; n++)
            ;
        report_text(separator);
        report_digits(ticks[i]);
        report_text("x");
        report_digits(n);
        separator = ",";
    }
}

static void
report_operation(const char *operation)
{
    report_begin("operation");
    report_word(operation);
    report_end();
}

void
measure(const char *operation, const struct region *region)
{
    measure_some(operation, region, SAMPLES);
}

void
measure_some(const char *operation, const struct region *region, int samples)
{
    static uint32_t ticks[SAMPLES];
    report_operation(operation);
    sample(region, ticks, samples);

    report_begin("region");
    report_word(operation);
    report_address(region->begin);
    report_address(region->end);
    report_end();
    report_begin("samples");
    report_word(operation);
    report_word("instructions");
    report_number(overhead(region));
    report_run_lengths(ticks, samples);
    report_end();
}

void
report_count(const char *operation, uint64_t count)
{
    report_operation(operation);
    report_begin("samples");
    report_word(operation);
    report_word("count");
    report_number(0);
    report_number(count);
    report_text("x1");
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
