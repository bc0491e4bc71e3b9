/* insn.c - decodes as much of an instruction as the probe needs; contract in insn.h. */
#include "insn.h"

#include <string.h>

static const uint64_t USER_TOP = 1ull << 47;

static bool
is_prefix(unsigned byte)
{
    return byte == 0x66 || byte == 0x67 || byte == 0xf0 || byte == 0x2e || byte == 0x36 || byte == 0x3e || byte == 0x26 || byte == 0x64 || byte == 0x65;
}

/* Kind of the two-byte opcode 0F `op`, `modrm` being the byte after it. */
static enum kind
kind_of_0f(unsigned op, unsigned modrm)
{
    switch (op) {
    case 0x31: return RDTSC;
    case 0x0b:
    case 0xb9:
    case 0xff: return UD;
    case 0x05: return SYSCALL;
    case 0x07:
    case 0x34:
    case 0x35:
    case 0x80 ... 0x8f: return JUMP;
    case 0x00: // sldt, str, lldt, ltr; verr and verw are for everyone
        return ((modrm >> 3) & 7) < 4 ? PRIVILEGED : PLAIN;
    case 0x01: // with a memory operand sgdt to invlpg; with a register lmsw, smsw, swapgs and what is for everyone
        return modrm < 0xc0 || (modrm & 0xe8) == 0xe0 || modrm == 0xf8 ? PRIVILEGED : PLAIN;
    case 0x06:
    case 0x08:
    case 0x09:
    case 0x20 ... 0x23:
    case 0x30:
    case 0x32: return PRIVILEGED;
    default: return PLAIN;
    }
}

/* Kind of the instruction whose opcode, behind all prefixes, is at `at`. */
static enum kind
kind_of(const unsigned char *at, bool rep)
{
    switch (at[0]) {
    case 0x0f: return kind_of_0f(at[1], at[2]);
    case 0x6c ... 0x6f:
    case 0xa4 ... 0xa7:
    case 0xaa ... 0xaf: return rep ? REP : PLAIN;
    case 0x70 ... 0x7f:
    case 0xc2:
    case 0xc3:
    case 0xca:
    case 0xcb:
    case 0xcc:
    case 0xcf:
    case 0xe0 ... 0xe3:
    case 0xe8:
    case 0xe9:
    case 0xeb: return JUMP;
    case 0xff: // call, far call, jmp, far jmp through a register or memory
        return ((at[1] >> 3) & 7) >= 2 && ((at[1] >> 3) & 7) <= 5 ? JUMP : PLAIN;
    case 0xcd:
    case 0xf1: return INT_N;
    case 0xf4:
    case 0xfa:
    case 0xfb: return PRIVILEGED;
    default: return PLAIN;
    }
}

/* A call pushes, a near return pops, a pointer in memory is read. Far ones are not known. */
static unsigned
accesses_of_jump(const unsigned char *at)
{
    unsigned operation = (at[1] >> 3) & 7, in_memory = at[1] < 0xc0;
    switch (at[0]) {
    case 0xc2:
    case 0xc3:
    case 0xe8: return 1;
    case 0xff: return operation == 2 ? 1 + in_memory : operation == 4 ? in_memory : 0;
    default: return 0;
    }
}

/* Of 0F `op` with an operand in memory: cmov, set, bit tests, imul, movzx, movsx, and what moves 16 bytes. */
static unsigned
accesses_of_0f(unsigned op)
{
    switch (op) {
    case 0x10:
    case 0x11:
    case 0x28:
    case 0x29:
    case 0x40 ... 0x4f:
    case 0x6f:
    case 0x7f:
    case 0x90 ... 0x9f:
    case 0xa3:
    case 0xab:
    case 0xaf ... 0xb1:
    case 0xb3:
    case 0xb6:
    case 0xb7:
    case 0xba:
    case 0xbb:
    case 0xbe ... 0xc1: return 1;
    default: return 0;
    }
}

/* Of an opcode whose ModRM names an operand in memory. `changed` for one that is read and written. */
static unsigned
accesses_of_operand(unsigned op, unsigned operation, unsigned changed)
{
    switch (op) {
    case 0x00 ... 0x37: return (op & 7) < 2 ? changed : (op & 7) < 4;
    case 0x38 ... 0x3b: // cmp
    case 0x63:
    case 0x69:
    case 0x6b:
    case 0x84 ... 0x8b:
    case 0xc0:
    case 0xc1:
    case 0xc6:
    case 0xc7:
    case 0xd0 ... 0xd3: return 1;
    case 0x80:
    case 0x81:
    case 0x83: return operation == 7 ? 1 : changed;
    case 0xf6:
    case 0xf7: return operation == 2 || operation == 3 ? changed : 1;
    case 0xfe:
    case 0xff: return operation < 2 ? changed : 1;
    default: return 0;
    }
}

/* The least that an instruction makes which is no jump. What `lock` makes one access of is reported as one. */
static unsigned
accesses_of_plain(const unsigned char *at, bool locked)
{
    switch (at[0]) {
    case 0x50 ... 0x5f:
    case 0x68:
    case 0x6a:
    case 0x9c:
    case 0x9d:
    case 0xc9:
    case 0xa0 ... 0xa3:
    case 0xaa ... 0xaf: return 1; // of the stack, of an address in the instruction, a string's
    case 0xa4 ... 0xa7: return 2;
    case 0x0f: return at[2] < 0xc0 ? accesses_of_0f(at[1]) : 0;
    default: return at[1] < 0xc0 ? accesses_of_operand(at[0], (at[1] >> 3) & 7, locked ? 1 : 2) : 0;
    }
}

static unsigned
accesses_of(enum kind kind, const unsigned char *at, bool locked)
{
    return kind == JUMP ? accesses_of_jump(at) : kind == PLAIN ? accesses_of_plain(at, locked) : 0;
}

/* Event of the two-byte opcode 0F `op`. */
static enum event
event_of_0f(unsigned op, unsigned modrm)
{
    unsigned reg = (modrm >> 3) & 7;
    switch (op) {
    case 0x05:
    case 0x34: return EVENT_SYSTEM_ENTRY;
    case 0x07:
    case 0x35: return EVENT_TRAP_RETURN;
    case 0x22: return reg == 3 ? EVENT_CR3_WRITE : NO_EVENT;
    case 0x01: return modrm < 0xc0 && reg == 7 ? EVENT_INVLPG : NO_EVENT;
    case 0x30: return EVENT_WRMSR;
    default: return NO_EVENT;
    }
}

static enum event
event_of(const unsigned char *at, bool rep)
{
    switch (at[0]) {
    case 0x0f: return event_of_0f(at[1], at[2]);
    case 0xcc:
    case 0xcd: return EVENT_SYSTEM_ENTRY;
    case 0xcf: return EVENT_TRAP_RETURN;
    case 0xe4 ... 0xe7:
    case 0xec ... 0xef:
    case 0x6c ... 0x6f: return EVENT_PORT_IO;
    default: return kind_of(at, rep) == REP ? EVENT_REP_STRING : NO_EVENT;
    }
}

struct insn
insn_decode(const void *code, size_t size, uint64_t va)
{
    struct insn insn = {.va = va, .vector = NO_VECTOR, .index = NO_INDEX, .size = size < INSN_MAX ? size : INSN_MAX};
    memcpy(insn.code, code, insn.size);
    unsigned char bytes[INSN_MAX + 3] = {0}; // an opcode may be looked at behind the end of what it is in
    memcpy(bytes, code, insn.size);
    const unsigned char *at = bytes;
    bool rep = false, locked = false;
    for (; at < bytes + INSN_MAX - 1 && (is_prefix(*at) || *at == 0xf2 || *at == 0xf3); at++) {
        rep |= *at == 0xf2 || *at == 0xf3;
        locked |= *at == 0xf0;
    }
    if ((*at & 0xf0) == 0x40) // REX
        at++;
    insn.kind = kind_of(at, rep);
    insn.event = event_of(at, rep);
    insn.accesses = accesses_of(insn.kind, at, locked);
    return insn;
}

bool
insn_is_user_va(uint64_t va)
{
    return va < USER_TOP;
}

bool
insn_is_user(const struct insn *insn)
{
    return insn_is_user_va(insn->va);
}
