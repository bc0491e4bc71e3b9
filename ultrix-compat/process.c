/* process.c - the table of processes, and the programs that boot runs; contract in process.h. How processes begin and end is fork.c's, exec.c's and exit.c's. */

#include "process.h"
#include "errors.h"
#include "exec.h"
#include "file.h"
#include "page.h"
#include "schedule.h"
#include "syscall.h"
#include "tree.h"

#include <machine/descriptors.h>
#include <machine/memory.h>
#include <machine/panic.h>
#include <machine/print.h>
#include <machine/string.h>
#include <machine/x86.h>

enum { STATUS_NOT_STARTED = 127, STATUS_SIGNAL = 128, LAST_ID = 32767, BUCKETS = 64 };

static struct process *free_processes, *all, *bucket[BUCKETS];
static u32 count, last_id = FIRST_PARENT;

static struct {
    const char *name;
    struct process *process;
    int status;
} boot_program;

void
process_init(void)
{
    struct process *process = paging_direct(memory_take((PROCESSES * sizeof *process + PAGE_SIZE - 1) / PAGE_SIZE));
    for (int i = PROCESSES - 1; i >= 0; i--) {
        process[i].next = free_processes;
        free_processes = &process[i];
    }
}

/* ---- the table ---------------------------------------------------------------------------------------------------------- */

struct process *
process_find(u32 pid)
{
    struct process *p = bucket[pid % BUCKETS];
    while (p && p->pid != pid)
        p = p->next_in_bucket;
    return p;
}

struct process *
process_next(const struct process *process)
{
    return process ? process->next : all;
}

u32
process_count(void)
{
    return count;
}

static bool
is_thread_id(u32 id)
{
    for (struct process *p = all; p; p = p->next)
        for (struct thread *t = p->threads; t; t = t->next_in_process)
            if (t->tid == id)
                return true;
    return false;
}

/* While numbers have not come round, none is taken. */
u32
process_new_id(void)
{
    static bool came_round;
    do {
        if (++last_id > LAST_ID) {
            last_id = FIRST_PARENT + 1;
            came_round = true;
        }
    } while (came_round && (process_find(last_id) || is_thread_id(last_id)));
    return last_id;
}

static void
enter(struct process *p)
{
    struct process **in = &bucket[p->pid % BUCKETS];
    p->next_in_bucket = *in;
    *in = p;
    p->next = all;
    if (all)
        all->previous = p;
    all = p;
    count++;
}

static void
leave(struct process *p)
{
    struct process **in = &bucket[p->pid % BUCKETS];
    while (*in != p)
        in = &(*in)->next_in_bucket;
    *in = p->next_in_bucket;
    if (p->next)
        p->next->previous = p->previous;
    if (p->previous)
        p->previous->next = p->next;
    else
        all = p->next;
    count--;
}

struct process *
process_new(void)
{
    struct process *p = free_processes;
    if (!p)
        return NULL;
    free_processes = p->next;
    *p = (struct process){.parent = current};
    if (current) {
        memcpy(p->signals.action, current->signals.action, sizeof p->signals.action);
        p->older = current->children;
        if (p->older)
            p->older->younger = p;
        current->children = p;
    }
    return p;
}

void
process_enter(struct process *p, u32 pid)
{
    p->pid = pid;
    enter(p);
}

static void
leave_family(struct process *p)
{
    if (p->older)
        p->older->younger = p->younger;
    if (p->younger)
        p->younger->older = p->older;
    else if (p->parent)
        p->parent->children = p->older;
}

void
process_forget(struct process *p)
{
    leave_family(p);
    if (p->pid)
        leave(p);
    p->next = free_processes;
    free_processes = p;
}

/* ---- boot programs ------------------------------------------------------------------------------------------------------ */

bool
process_is_boot_program(const struct process *process)
{
    return process == boot_program.process;
}

const char *
process_boot_name(void)
{
    return boot_program.name;
}

static void
kill_all(void)
{
    for (struct process *p = all; p; p = p->next)
        signal_send(p, SIGKILL);
}

void
process_boot_program_ended(int status)
{
    boot_program.status = status & 0x7f ? STATUS_SIGNAL + (status & 0x7f) : status >> 8;
    boot_program.process = NULL;
    kill_all();
}

void
process_end_deadlock(void)
{
    if (boot_program.process)
        report("killed %s all its processes wait, and nothing can end that", boot_program.name);
    kill_all();
}

static const char *
start(struct process *p, const struct archive_file *file)
{
    struct trapframe registers;
    p->files = files_create();
    if (!p->files)
        return "out of memory";
    const char *error = exec_boot_program(&p->vm, file, &registers);
    if (error) {
        files_exit(p->files);
        return error;
    }
    struct thread *thread = thread_create(p, &registers);
    process_enter(p, thread->tid);
    boot_program.process = p;
    schedule_ready(thread);
    return NULL;
}

/* NULL, or why it could not be started. */
static const char *
run(const struct archive_file *file)
{
    if (!tree_plant())
        return "out of memory";
    struct process *p = process_new();
    const char *error = start(p, file);
    if (error)
        process_forget(p);
    else
        schedule_until_no_process();
    tree_fell();
    return error;
}

int
process_run(const struct archive_file *file)
{
    u32 free_before = page_free_count();
    boot_program.name = file->name;
    const char *error = run(file);
    if (error) {
        report("killed %s not started: %s", file->name, error);
        boot_program.status = STATUS_NOT_STARTED;
    }
    report("exit %s %d", file->name, boot_program.status);
    if (page_free_count() != free_before)
        panic("pages were lost: %u free before %s, %u after", free_before, file->name, page_free_count());
    return boot_program.status;
}

/* ---- system calls ------------------------------------------------------------------------------------------------------- */

/* getpid(): the caller's number. */
long
sys_getpid(struct trapframe *t)
{
    (void)t;
    return current->pid;
}

/* getppid(): its parent's. */
long
sys_getppid(struct trapframe *t)
{
    (void)t;
    return current->parent ? current->parent->pid : FIRST_PARENT;
}
