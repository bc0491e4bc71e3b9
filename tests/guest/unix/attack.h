/* attack.h - for guest programs that do what they must not: which signal does an instruction raise? */
#ifndef ATTACK_H
#define ATTACK_H

#include "../check.h"

#include <unix.h>

enum { NOTHING = 0, PAGE_SIZE = 4096 };

#define KERNEL_ADDRESS 0xffffffff80100000ul
#define DIRECT_MAP_ADDRESS 0xffff800000100000ul
#define NON_CANONICAL 0x0000800000000000ul
#define UNMAPPED 0x40000000ul
#define USER_TOP 0x00007ffffffff000ul

/* The last signal, as its handler saw it. */
static volatile int last_signal __attribute__((unused)), last_code __attribute__((unused));
static volatile uint64_t last_address __attribute__((unused)), last_vector __attribute__((unused)), last_error __attribute__((unused));
uint64_t attack_resume; /* set by SIGNAL_OF just before the attack */

__attribute__((unused)) static void
saw_signal(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    last_signal = signal;
    last_code = info->code;
    last_address = (uint64_t)info->address;
    last_vector = context->reg[REG_VECTOR];
    last_error = context->reg[REG_ERROR];
    context->reg[REG_RIP] = attack_resume;
    context->reg[REG_RFLAGS] &= ~0x100ul; /* TF */
    context->reg[REG_SELECTORS] = 0x33 | 0x2bul << 48;
}

static inline void
catch_all(void)
{
    static const int all[] = {SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        unix_catch(all[i], saw_signal);
}

/* The signal that `code` raises, or NOTHING if it runs to its end. `code` may use rax, rcx, rdx, rdi = argument and must leave the stack as it was. */
#define SIGNAL_OF(code, argument)                                                              \
    ({                                                                                         \
        uint64_t rdi_ = (uint64_t)(argument);                                                  \
        last_signal = NOTHING;                                                                 \
        asm volatile("lea 9f(%%rip), %%rax\n\tmov %%rax, attack_resume(%%rip)\n\t" code "\n9:" \
                     : "+D"(rdi_)                                                              \
                     :                                                                         \
                     : "rax", "rbx", "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "memory", "cc"); \
        last_signal;                                                                           \
    })

static inline int signal_of_read(uint64_t address) { return SIGNAL_OF("mov (%%rdi), %%al", address); }
static inline int signal_of_write(uint64_t address) { return SIGNAL_OF("movb $0, (%%rdi)", address); }
static inline int signal_of_jump(uint64_t address) { return SIGNAL_OF("jmp *%%rdi", address); }

#endif
