/* insn.h - what the probe knows of an instruction: decided once from its bytes, when QEMU translates it. */
#ifndef INSN_H
#define INSN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { INSN_MAX = 15, NO_VECTOR = -1, NO_INDEX = -1 };

/* How an exception behind it is to be understood. */
enum kind {
    PLAIN,
    RDTSC,
    REP, // a string instruction with a rep prefix
    UD,  // ud0, ud1, ud2
    SYSCALL,
    JUMP,       // any other transfer of control: its successor may be anywhere
    INT_N,      // `int n` (#GP if its gate's DPL is too low) and int1
    PRIVILEGED, // at CPL 3 a #GP that QEMU decides while translating
};

/* Kinds that are counted by name: `EVENT(constant, name in the output)`. */
#define EVENTS(EVENT)              \
    EVENT(SYSTEM_ENTRY, "entries") \
    EVENT(TRAP_RETURN, "returns")  \
    EVENT(CR3_WRITE, "cr3")        \
    EVENT(INVLPG, "invlpg")        \
    EVENT(WRMSR, "wrmsr")          \
    EVENT(PORT_IO, "io")           \
    EVENT(REP_STRING, "rep")
#define EVENT_CONSTANT(constant, name) EVENT_##constant,
enum event { EVENTS(EVENT_CONSTANT) NEVENTS, NO_EVENT = NEVENTS };
#undef EVENT_CONSTANT

struct insn {
    uint64_t va;
    enum kind kind;
    enum event event;
    int vector; // the exception whose entry this is, or NO_VECTOR
    int index;  // in the recording (record.c), or NO_INDEX while it has not been recorded
    unsigned char accesses; // to memory that it makes at least, if it completes; 0 also if they are not known
    unsigned char size, code[INSN_MAX];
};

/* The 64-bit instruction in the `size` bytes at `code`, executed at `va`; no vector, no index. */
struct insn insn_decode(const void *code, size_t size, uint64_t va);

/* Taken to run at CPL 3: addresses below 2^47. */
bool insn_is_user_va(uint64_t va);
bool insn_is_user(const struct insn *insn);

#endif
