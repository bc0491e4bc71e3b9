/* Operations on the slice vector: one line each with the status, who runs where, and the ring from the current position on. */

#include "kernel.h"

#include <debt.h>
#include <program.h>
#include <revoke.h>
#include <setjmp.h>
#include <slice.h>

enum operation { ALLOC, FREE, GIVE, FORGET, LEND, DONE, OWE };
enum { ENTERED = 1, STARVED = 2 };

char fake_memory[1];

struct aegis_result sys_slice_alloc(u64 position);
long sys_slice_free(u64 name, u64 check);
long sys_slice_give(u64 name, u64 check, u64 to);
_Noreturn void user_enter(va_t entry, va_t stack);
void slice_end_entry(void);

static jmp_buf kernel_left;

/* What slice.c needs of others. */
_Noreturn void user_enter(va_t entry, va_t stack) { (void)entry, (void)stack; longjmp(kernel_left, ENTERED); }
_Noreturn void program_starve(void) { longjmp(kernel_left, STARVED); }
_Noreturn void env_kill(u8 status, const char *why, ...) { (void)status, (void)why; abort(); }
void slice_end_entry(void) {}
void idt_gate(unsigned vector, void (*entry)(void), unsigned ist, unsigned dpl) { (void)vector, (void)entry, (void)ist, (void)dpl; }
void lapic_timer_arm(u32 counts) { (void)counts; }
u32 lapic_timer_left(void) { return 0; }
void lapic_end_of_interrupt(void) {}
void lapic_count_entry(void) {}
volatile u32 lapic_fired;
bool options_wall_clock(void) { return false; }
void env_each(void (*visit)(struct env *env, void *context), void *context)
{
    for (u32 i = 0; i < KERNEL_ENVS; i++)
        visit(&env_slot[i], context);
}
u32 revoke_upcall(struct env *env) { (void)env; return 0; }

/* The capability of `position`, as its owner would get it. */
static u64
check_of(u64 position)
{
    u64 epoch, name = AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, position);
    return slice_epoch(name, &epoch) ? capability_mint(name, epoch) : 0;
}

static long
apply(enum operation op, u64 a, u64 b)
{
    u64 name = AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, a);
    switch (op) {
    case ALLOC: return sys_slice_alloc(a).status;
    case FREE: return sys_slice_free(name, check_of(a));
    case GIVE: return sys_slice_give(name, check_of(a), b);
    case FORGET: /* as env_destroy of an environment that does not run */
        if (b == current_id || !env_by_id(b))
            return 0;
        slice_forget(env_by_id(b));
        if (!slice_is_current_owned())
            slice_run_next();
        return 0;
    case LEND: /* as a synchronous transfer */
        if (env_by_id(b))
            current_slice->public->runner = current_id = b;
        return 0;
    case OWE: /* as slice_excess, of any */
        if (env_by_id(b))
            debt_add(env_by_id(b), a % 4);
        return 0;
    case DONE: slice_run_next();
    }
    abort();
}

static void
print(long status)
{
    u32 n = 0;
    printf("%ld %u %u", status, current_slice->position, current_id);
    for (u32 i = 0; i < KERNEL_ENVS; i++)
        printf(" %u/%u/%u", env_slot[i].excess, info->env[i].excess, info->env[i].forfeited);
    for (u32 i = 0; i < AEGIS_SLICES; i++)
        n += info->slices[i].owner != 0;
    const struct slice *s = current_slice;
    for (u32 i = 0; i < n; i++, s = s->next)
        printf(" %u:%u:%u:%u", s->position, s->public->owner, s->public->runner, s->ticks != 0);
    puts("");
}

int
main(void)
{
    size_t left;
    char *input = read_input(&left);
    const char *volatile at = input;
    volatile size_t remaining = left;
    kernel_start_environments();
    for (u32 i = 1; i < KERNEL_ENVS; i++) /* each has made the next */
        env_slot[i].creator = env_slot[i - 1].id;
    slice_init();
    if (setjmp(kernel_left) == 0)
        slice_run_first(env_by_id(ENV_MAX), 1, 1);
    for (;;) {
        u64 op, a, b;
        const char *next = at;
        size_t rest = remaining;
        if (!next_operation(&next, &rest, &op, &a, &b))
            break;
        at = next;
        remaining = rest;
        int how = setjmp(kernel_left);
        if (how == STARVED) {
            puts("starved");
            break;
        }
        print(how ? 0 : apply(op, a, b));
    }
    free(input);
    return 0;
}
