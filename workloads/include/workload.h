/* workload.h - what a workload is made of: names for the harness, measured regions, and the frame of its report.
 *
 * A workload is one source file that runs on every system (workloads/NAME.c), or on ExOS alone (workloads/exos/NAME.c). It says EXPERIMENT once, OPERATION for each
 * row, writes the measured code as REGIONs, and calls measure() for each. What differs between systems is behind <port.h>: one folder each under workloads/port/,
 * chosen by the include path. Printing and statistics live in workloads/lib/ and in the harness.
 */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows of the ELF section `.exolab`, read by the harness (docs/wire-format.md); not loaded, costs nothing. `table` is the paper's, "" if it has no counterpart. */
#define WORKLOAD_ROW(text) asm(".pushsection .exolab, \"\", @progbits\n\t.ascii \"" text "\\n\"\n\t.popsection")
#define EXPERIMENT(name, table, title) WORKLOAD_ROW("experiment|" name "|" table "|" title)
#define OPERATION(name, description) WORKLOAD_ROW("operation|" name "|" description)
/* One execution of the region performs the operation n times (n a plain number): the harness checks the total and shows total / n. */
#define OPERATION_OF(name, n, description) WORKLOAD_ROW("operation|" name "|" description "|" #n)

/* A measured region: two functions that return raw ticks (32 bits suffice), and the addresses of the two `rdtsc` that bound it. */
struct region {
    uint32_t (*run)(void);   /* the operation */
    uint32_t (*empty)(void); /* the same without it: the overhead */
    const char *begin, *end; /* the two rdtsc */
    const char *resume;      /* where a handler continues: the instruction behind the body */
};

/* The head of assembly in a C file: what follows is code, and to the debugger and the harness's traces it is of the line that this stands in. Line tables only, not a
 * byte of code; without -g the assembler has no file 0. */
#define CODE_HERE ".text\n\t.loc 0 " WORKLOAD_STRING(__LINE__) "\n"
#define WORKLOAD_STRING(text) WORKLOAD_STRING_(text)
#define WORKLOAD_STRING_(text) #text

/* Define `struct region name`. All four parts are assembly:
 *   setup    before the region, not counted
 *   prefix   inside the region but in the empty twin too: what the operation needs in registers that rdtsc overwrites
 *   body     the operation; must preserve rbx (the first reading) and rsp
 *   cleanup  after the region, not counted; must preserve rax
 */
#define REGION(name, setup, prefix, body, cleanup) REGION_UNTIL(name, setup, prefix, body, "rdtsc", #name "_resume", cleanup)

/* The same for a region that ends in an exception handler: the port's dispatch handler reads the clock as its first instruction, at
 * `port_dispatch_end`, stores it in `port_dispatch_ticks` and continues behind the body. */
#define DISPATCH_REGION(name, setup, prefix, body, cleanup) \
    REGION_UNTIL(name, setup, prefix, body, "mov port_dispatch_ticks(%rip), %eax", "port_dispatch_end", cleanup)

#define REGION_UNTIL(name, setup, prefix, body, last, end_label, cleanup) \
    REGION_AGAINST(name, setup, prefix, body, "", last, end_label, cleanup)

/* The general form. `twin` stands in the empty twin where the body stands in the region: what is not to be counted of the body. `last` reads the end of the
 * region, whose second rdtsc is at `end_label`, into eax. */
#define REGION_AGAINST(name, setup, prefix, body, twin, last, end_label, cleanup)                                      \
    asm(CODE_HERE                                                                                                      \
        #name "_run:\n\tpush %rbx\n\t" setup "\n"                                                                      \
        #name "_begin:\n\trdtsc\n\tmov %eax, %ebx\n\t" prefix "\n\t" body "\n"                                         \
        #name "_resume:\n\t" last "\n\tsub %ebx, %eax\n\t" cleanup "\n\tpop %rbx\n\tret\n"                             \
        #name "_empty_run:\n\tpush %rbx\n\t" setup "\n\trdtsc\n\tmov %eax, %ebx\n\t" prefix "\n\t" twin              \
        "\n\trdtsc\n\tsub %ebx, %eax\n\t" cleanup "\n\tpop %rbx\n\tret\n"                                            \
        ".set " #name "_end, " end_label "\n");                                                                        \
    extern uint32_t name##_run(void), name##_empty_run(void);                                                          \
    extern const char name##_begin[], name##_end[], name##_resume[];                                                   \
    static const struct region name = {name##_run, name##_empty_run, name##_begin, name##_end, name##_resume}

/* Open the experiment's frame. */
void workload_begin(const char *experiment);

/* Measure `region` warm, one execution a sample (ticks are exact, so nothing is gained by averaging a loop), and report it as `operation`. */
void measure(const char *operation, const struct region *region);

/* The same with `samples` executions (at most 100) instead of 100, after one and a tenth as many to warm: for regions of millions of instructions. */
void measure_some(const char *operation, const struct region *region, int samples);

/* Report a number of things that were counted, not of instructions: exact, and the same in every emulator. */
void report_count(const char *operation, uint64_t count);

/* Report that this system cannot do `operation`, or that it should and did not. A fail makes the program's status 1. */
void unsupported(const char *operation, const char *reason);
void fail(const char *operation, const char *reason);

/* Close the frame. Returns the program's exit status. */
int workload_end(void);

#endif
