/* kids.h - other environments for an attack: copies of this program that run one of its functions, with one page in common. */
#ifndef KIDS_H
#define KIDS_H

#include "attack.h"

#include <exos/env.h>
#include <exos/slice.h>
#include <exos/transfer.h>

#define ME (AEGIS_AREA_POINTER->env)
/* In a set of the cache where programs bind nothing else: they are not displaced. */
#define KID_AREA(n) ((volatile struct aegis_area *)(0x51000000ul + (n) * 0x1000ul))
#define BUSY(instructions) busy((instructions) / 2)

/* Seen by this environment and all its kids. */
static volatile uint64_t common[512] asm("common_word") __attribute__((aligned(4096), used));

static inline const volatile struct aegis_env_info *
public_of(uint32_t id)
{
    return &AEGIS_INFO_POINTER->env[id % AEGIS_ENVS];
}

static inline bool
alive(uint32_t id)
{
    return id && public_of(id)->id == id;
}

/* The `n`th kid. Its id is 0 if it could not be made. */
static inline struct exos_env
kid_make(unsigned n)
{
    struct exos_env kid = {0};
    common[0] = common[0]; /* so that the page is there */
    if (exos_env_create(&kid, (void *)KID_AREA(n)) < 0 || exos_env_share(&kid, (void *)common, 1, AEGIS_READ | AEGIS_WRITE) < 0)
        kid.id = 0;
    return kid;
}

/* Let it run function(argument) until it ends, or gives the processor away. */
static inline void
kid_run(const struct exos_env *kid, int (*function)(uint64_t), uint64_t argument)
{
    exos_env_start(kid, function, argument);
    exos_yield(kid->id);
}

/* A kid that needs longer than what is left of a slice says so when it is done; kid_wait lets it run until then, or until it is dead. */
static inline void
kid_done(uint32_t parent)
{
    common[511] = 1;
    exos_yield(parent);
}

static inline void
kid_wait(const struct exos_env *kid)
{
    while (common[511] == 0 && alive(kid->id))
        exos_yield(kid->id);
    common[511] = 0;
}

/* Make the transfer `number` (AEGIS_SYS_...) into `id`. Comes back with the kernel's error, or with 0 when somebody enters this environment at kid_home:
 * whatever registers it then has, those of C are as they were. */
long kid_transfer(uint64_t number, uint64_t id);
extern const char kid_home[];
uint64_t kid_home_rsp;
asm(".text\n"
    "kid_transfer:\n\tpush %rbx\n\tpush %rbp\n\tpush %r12\n\tpush %r13\n\tpush %r14\n\tpush %r15\n\tmov %rsp, kid_home_rsp(%rip)\n"
    "\tmov %rdi, %rax\n\tmov %rsi, %rdi\n\tsyscall\n\tjmp 1f\n"
    "kid_home:\n\tmov kid_home_rsp(%rip), %rsp\n\txor %eax, %eax\n"
    "1:\tpop %r15\n\tpop %r14\n\tpop %r13\n\tpop %r12\n\tpop %rbp\n\tpop %rbx\n\tret\n");

static inline long
kid_destroy(const struct exos_env *kid)
{
    return sys_env_destroy(kid->cap.name, kid->cap.check);
}

/* In ticks. */
static inline uint64_t
now(void)
{
    return __builtin_ia32_rdtsc();
}

static inline void
busy(uint64_t loops)
{
    asm volatile("1:\n\tdec %0\n\tjnz 1b" : "+r"(loops) : : "cc");
}

/* A kid's work: count in common[at] until it is destroyed. */
__attribute__((unused)) static int
counts(uint64_t at)
{
    while (at)
        common[at]++;
    return 0;
}

/* A slice position that is free, or AEGIS_SLICES. */
static inline uint32_t
free_position(void)
{
    uint32_t i = 0;
    while (i < AEGIS_SLICES && AEGIS_INFO_POINTER->slices[i].owner)
        i++;
    return i;
}

/* The first of `n` free pages in a row. */
static inline uint32_t
free_pages(uint32_t n)
{
    uint32_t first = 512, found = 0;
    for (; found < n && first + n < AEGIS_INFO_POINTER->page_count; first += found < n)
        for (found = 0; found < n && AEGIS_OWNERS_POINTER[first + found] == AEGIS_OWNER_FREE;)
            found++;
    return first;
}

#endif
