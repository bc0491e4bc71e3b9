/* futex.c - sleeping on a word of user memory; contract in futex.h, system call futex.
 *
 * A word is known by its address space and address, or in shared memory by its physical address: two processes may have it at different ones.
 */

#include "futex.h"
#include "errors.h"
#include "process.h"
#include "syscall.h"
#include "time.h"
#include "user.h"
#include "wait.h"

enum { BUCKETS = 64 };

struct key {
    u64 space, address; /* space: 0 = shared memory, else the struct vm */
};

static struct wait_queue bucket[BUCKETS];

static struct key
key_of(va_t va)
{
    const struct region *region = region_find(&current->vm->map, va);
    if (!region || !region->shared)
        return (struct key){(u64)current->vm, va};
    const pte_t *entry = paging_walk(current->vm->pml4, va, NULL, NULL);
    return (struct key){0, (*entry & PTE_ADDRESS) | (va & (PAGE_SIZE - 1))};
}

static struct wait_queue *
queue_of(struct key key)
{
    return &bucket[(key.address >> 2 ^ key.address >> PAGE_SHIFT) % BUCKETS];
}

static bool
waits_for(const struct thread *thread, struct key key)
{
    return thread->futex_key[0] == key.space && thread->futex_key[1] == key.address;
}

long
futex_wake(va_t va, u32 n, u32 bits)
{
    struct key key = key_of(va);
    struct wait_queue *queue = queue_of(key);
    long woken = 0;
    for (struct thread *t = queue->first, *next; t && woken < n; t = next) {
        next = t->next;
        if (waits_for(t, key) && t->futex_bits & bits) {
            wait_end(t, 0);
            woken++;
        }
    }
    return woken;
}

/* Wake `n`, and let up to `nmoved` others wait for `to` instead. */
static long
requeue(va_t from, u32 n, u32 nmoved, va_t to)
{
    long done = futex_wake(from, n, ~0u);
    struct key key = key_of(from), new_key = key_of(to);
    struct wait_queue *queue = queue_of(key), *new_queue = queue_of(new_key);
    struct thread *last = queue->last;
    for (struct thread *t = queue->first, *next; t && nmoved > 0; t = next) {
        next = t == last ? NULL : t->next;
        if (!waits_for(t, key))
            continue;
        wait_remove(queue, t);
        t->futex_key[0] = new_key.space;
        t->futex_key[1] = new_key.address;
        t->waits_on = new_queue;
        wait_append(new_queue, t);
        nmoved--;
        done++;
    }
    return done;
}

/* When a wait ends: *deadline 0 = never. FUTEX_WAIT's time is a span, FUTEX_WAIT_BITSET's a moment. */
static long
read_deadline(u32 operation, va_t at, u64 *deadline)
{
    bool realtime = operation & FUTEX_CLOCK_REALTIME, absolute = (operation & 0x7f) == FUTEX_WAIT_BITSET;
    *deadline = 0;
    return at ? time_read_deadline(at, realtime ? CLOCK_REALTIME : CLOCK_MONOTONIC, absolute, deadline) : 0;
}

static long
wait(va_t va, u32 expected, u64 deadline, u32 bits)
{
    u32 now;
    if (user_read(&now, va, sizeof now) < 0)
        return -EFAULT;
    if (now != expected)
        return -EAGAIN;
    struct key key = key_of(va);
    current_thread->futex_key[0] = key.space;
    current_thread->futex_key[1] = key.address;
    current_thread->futex_bits = bits;
    return deadline ? wait_until(queue_of(key), deadline) : wait_on(queue_of(key));
}

/* futex(word, operation, value, time or count, other word, value or bits): WAIT, WAKE, their _BITSET, REQUEUE, CMP_REQUEUE; process-private or not is found out.
 * Returns 0 from a wait, else how many were woken or moved; -EAGAIN (the word has another value), -EINTR, -ETIMEDOUT, -EINVAL (unaligned, no bits, a time that is
 * none), -EFAULT, -ENOSYS (another operation). */
long
sys_futex(struct trapframe *t)
{
    va_t va = t->rdi;
    u32 operation = t->rsi, command = operation & 0x7f, value = t->rdx, bits = ~0u, now;
    u64 deadline;
    long error;
    if (va % sizeof(u32) || (command == FUTEX_REQUEUE && t->r8 % sizeof(u32)))
        return -EINVAL;
    if (!user_is_range(va, sizeof(u32)))
        return -EFAULT;
    switch (command) {
    case FUTEX_WAIT_BITSET: bits = t->r9; /* fall through */
    case FUTEX_WAIT:
        error = bits ? read_deadline(operation, t->r10, &deadline) : -EINVAL;
        return error < 0 ? error : wait(va, value, deadline, bits);
    case FUTEX_WAKE_BITSET: bits = t->r9; /* fall through */
    case FUTEX_WAKE: return !bits ? -EINVAL : user_read(&now, va, sizeof now) < 0 ? -EFAULT : futex_wake(va, value, bits);
    case FUTEX_CMP_REQUEUE:
    case FUTEX_REQUEUE:
        if (user_read(&now, va, sizeof now) < 0 || user_read(&now, t->r8, sizeof now) < 0 || user_read(&now, va, sizeof now) < 0)
            return -EFAULT;
        return command == FUTEX_CMP_REQUEUE && now != (u32)t->r9 ? -EAGAIN : requeue(va, value, t->r10, t->r8);
    default: return -ENOSYS;
    }
}
