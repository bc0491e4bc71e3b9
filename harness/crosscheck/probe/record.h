/* record.h - records which instructions one execution of a measured region executes: what `./exolab trace` shows. */
#ifndef RECORD_H
#define RECORD_H

#include "insn.h"

#include <stdio.h>

enum { RECORD_REGIONS = 256, RECORD_LIMIT = 1 << 24 }; // most regions; most instructions of one execution

/* Take an option `region=0xBEGIN:0xEND:INSNS`: of the executions of this region that count INSNS instructions, the last one is kept. False if `option` is not one. */
bool record_option(const char *option);

/* The user `rdtsc` at `insn` is about to run. It ends the execution that began at `begin` (NULL: none) with `insns` counted, and may begin another. */
void record_turn(const struct insn *begin, uint64_t insns, struct insn *insn);

/* An instruction is about to run. To be called behind record_turn() for an rdtsc. */
void record_insn(struct insn *insn);

/* The instruction recorded last faulted, so it did not complete and counts nothing. */
void record_fault(void);

/* Write what was kept, after the intervals:
 *
 *     insn INDEX VA BYTES                                    each instruction that occurs below
 *     trace BEGIN END ORDINAL EXECUTIONS INDEX[!] ...        an execution, in order; `!`: it faulted. ORDINAL counts all executions of the region from 1
 */
void record_write(FILE *out);

#endif
