/* macro.c - whole programs, so that not everything is a loop around one operation: a sort, a build, a garbage collector (not in the paper; docs/method.md)
 *
 * A region is a program from beginning to end. Each program is a file in workloads/macro/, and checks its own result.
 */

#include "macro/program.h"

#include <workload.h>

EXPERIMENT("macro", "", "Whole programs");
OPERATION("sort", "quicksort of a million words");
OPERATION("build", "100 processes of a build: 33 pipelines of three passes, and a linker");
OPERATION("gc", "generational copying collector over a heap of 64 MiB that finds old pages written to by their protection faults");

enum { SAMPLES = 1 };

REGION(whole_sort, "call sort_prepare", "", "call sort_run", "");
REGION(whole_build, "call build_prepare", "", "call build_run", "");
REGION(whole_gc, "call gc_prepare", "", "call gc_run", "");

static void
measure_program(const char *operation, const struct region *region, const struct program *program)
{
    const char *reason = program->unsupported();
    if (reason) {
        unsupported(operation, reason);
        return;
    }
    measure_some(operation, region, SAMPLES);
    if (!program->result_is_right())
        fail(operation, "its result is wrong");
}

int
main(void)
{
    workload_begin("macro");
    measure_program("build", &whole_build, &build_program); /* first: what the others map would make each fork dearer */
    measure_program("sort", &whole_sort, &sort_program);
    measure_program("gc", &whole_gc, &gc_program);
    return workload_end();
}
