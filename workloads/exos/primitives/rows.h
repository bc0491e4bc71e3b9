/* rows.h - what the files of the experiment `primitives` share: a peer environment, regions around one system call, and its parts. */
#ifndef ROWS_H
#define ROWS_H

#include <exos/env.h>
#include <exos/syscall.h>
#include <workload.h>

/* The parts, in the order in which they run. Each leaves one slice, position 0, and no timer running. */
void measure_transfers(void);
void measure_slices(void);
void measure_memory(void);
void measure_foreign(void);
void measure_calls(void);
void measure_exit(void);

/* A second environment, made by peer_create() and gone after peer_destroy(). Addresses below are free for regions to bind; they do
 * not share a slot of the binding cache. */
extern struct exos_env peer;
bool peer_create(void);
void peer_destroy(void);

#define PEER_AREA ((void *)0x51000000)
#define SPARE 0x52100000ul

/* For assembly: the numbers of the system calls as SYS_name. */
asm(
#define SYSCALL(number, name, path, arguments) ".set SYS_" #name ", " #number "\n"
#include <aegis/syscalls.def>
#undef SYSCALL
);

/* What the next measured system call gets: rdi, rsi, rdx, nothing, r8, r9. Filled by before_NAME(), which runs before each sample and is not counted. */
extern uint64_t call_argument[6];

#define LOAD_ARGUMENTS                                                                        \
    "mov call_argument(%rip), %rdi\n\tmov call_argument+8(%rip), %rsi\n\t"                     \
    "mov call_argument+32(%rip), %r8\n\tmov call_argument+40(%rip), %r9"
#define LOAD_RDX "mov call_argument+16(%rip), %rdx\n\t"

/* A region around one call of `name`, from its `syscall` to the instruction behind it. */
#define CALL_REGION(region, name) \
    REGION(region, "call before_" #region "\n\t" LOAD_ARGUMENTS, LOAD_RDX "mov $SYS_" #name ", %eax", "syscall", "")

static inline void
arguments(uint64_t rdi, uint64_t rsi, uint64_t rdx)
{
    call_argument[0] = rdi;
    call_argument[1] = rsi;
    call_argument[2] = rdx;
}

/* Make the call once, as prepared; then, if it succeeds, measure the region as `operation`. */
void measure_call(const char *operation, const struct region *region, uint64_t number, void (*before)(void));

#endif
