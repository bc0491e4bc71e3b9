/* attack.h - for guest programs that do what they must not: which exception does an instruction raise? */
#ifndef ATTACK_H
#define ATTACK_H

#include "../check.h"

#include <exos/exception.h>
#include <exos/memory.h>
#include <exos/syscall.h>
#include <stddef.h>

enum { NOTHING = -1 };

#define KERNEL_ADDRESS 0xffffffff80100000ul
#define DIRECT_MAP_ADDRESS 0xffff800000100000ul
#define NON_CANONICAL 0x0000800000000000ul
#define UNMAPPED ((volatile char *)0x40000000)

static volatile int last_cause __attribute__((unused));
static volatile uint64_t last_address __attribute__((unused)), last_error __attribute__((unused));
uint64_t attack_resume; /* set by CAUSE_OF just before the attack */

/* One handler per vector, so that each knows its cause. */
#define EXCEPTION(vector, name, route)                                      \
    __attribute__((unused)) static void saw_##name(struct exos_frame *frame) \
    {                                                                       \
        last_cause = vector;                                                \
        last_address = frame->address;                                      \
        last_error = frame->error;                                          \
        frame->rip = attack_resume;                                         \
        frame->rflags &= ~0x100ul;                                          \
    }
#include <aegis/exceptions.def>
#undef EXCEPTION

static inline void
catch_all(void)
{
#define EXCEPTION(vector, name, route) exos_catch(vector, saw_##name);
#include <aegis/exceptions.def>
#undef EXCEPTION
}

/* The vector that `code` raises, or NOTHING if it runs to its end. `code` may use rax, rcx, rdx, rdi = argument and must leave the stack as it was. */
#define CAUSE_OF(code, argument)                                                                               \
    ({                                                                                                         \
        uint64_t rdi_ = (uint64_t)(argument);                                                                  \
        last_cause = NOTHING;                                                                                  \
        asm volatile("lea 9f(%%rip), %%rax\n\tmov %%rax, attack_resume(%%rip)\n\t" code "\n9:"                   \
                     : "+D"(rdi_)                                                                              \
                     :                                                                                         \
                     : "rax", "rbx", "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "memory", "cc");           \
        last_cause;                                                                                            \
    })

#endif
