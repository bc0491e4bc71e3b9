/* ultrix-compat.c - ultrix-compat/exec.c, with its first program. The address space is this file's: regions, and pages where they are touched. */

#include "loaders.h"

#include <exec.h>
#include <file.h>
#include <process.h>
#include <schedule.h>
#include <syscall.h>
#include <tree.h>
#include <user.h>

#include <abi.h>
#include <machine/memory.h>

_Noreturn void abort(void); /* not from stdlib.h, whose types have the names of abi.h's */

#define STACK (USER_TOP - VM_STACK_SIZE)

enum { REGIONS = 256, ARGC = 0, ARGV = 1, AFTER_ARGV = 2 };

struct process *current;
struct thread *current_thread;

/* ---- the address space ----------------------------------------------------------------------------------------------------- */

static struct loaded space;
static bool exists;

struct vm *
vm_create(void)
{
    static struct vm vm;
    vm = (struct vm){.users = 1};
    space = (struct loaded){0};
    exists = true;
    return &vm;
}

void
vm_release(struct vm *vm)
{
    vm->users--;
    memory_reset();
    exists = false;
}

bool
vm_map(struct vm *vm, va_t start, va_t end, u32 prot, u32 shared)
{
    (void)vm;
    if (!exists || shared || start % PAGE || end % PAGE || start >= end || start < VM_LOW || end > USER_TOP)
        abort();
    return space.nranges < REGIONS && loaded_range(&space, start, end, prot);
}

static bool
is_mapped(va_t va)
{
    for (uint32_t i = space.nranges; i-- > 0;)
        if (va >= space.range[i].start && va < space.range[i].end)
            return true;
    return false;
}

static char *
page_at(va_t page)
{
    for (uint32_t i = space.nfilled; i-- > 0;)
        if (space.filled[i].va == page)
            return (char *)space.filled[i].at;
    return NULL;
}

void *
vm_page(struct vm *vm, va_t va)
{
    (void)vm;
    va_t page = va / PAGE * PAGE;
    char *at = page_at(page);
    if (!is_mapped(va))
        abort();
    if (at)
        return at;
    uint32_t number = memory_alloc(1);
    if (!number)
        return NULL;
    at = __builtin_memset(memory_at(number), 0, PAGE);
    /* The stack's pages come last, and in no order. */
    if (space.nfilled == PAGES)
        return NULL;
    space.filled[space.nfilled++] = (struct filled){page, at};
    return at;
}

/* ---- what exec.c stands on besides, most of it for execve, which is not reached ------------------------------------------------ */

pa_t memory_take(u32 npages) { return memory_permanent(npages); }
long user_read(void *to, va_t from, size_t n) { (void)to, (void)from, (void)n, abort(); }
long user_read_string(char *to, va_t from, size_t size) { (void)to, (void)from, (void)size, abort(); }
long tree_find_existing(struct node *from, const char *path, struct node **node) { (void)from, (void)path, (void)node, abort(); }
const void *contents_map(struct contents *contents) { (void)contents, abort(); }
void contents_unmap(const struct contents *contents) { (void)contents, abort(); }
void process_give_back_memory(struct process *process) { (void)process; }
void files_exec(struct files *files) { (void)files; }
void process_end_other_threads(void) {}
void schedule_stand_on(pa_t pml4) { (void)pml4; }
void thread_clear_registers(void) {}
void signal_exec(void) {}

/* ---- one input ------------------------------------------------------------------------------------------------------------ */

static void
demand(bool holds)
{
    if (!holds)
        abort();
}

/* The word on the program's stack at `va`. */
static uint64_t
word(va_t va)
{
    const char *page = page_at(va / PAGE * PAGE);
    demand(page && va % 8 == 0);
    return *(const uint64_t *)(page + va % PAGE);
}

static void
check_stack(va_t stack)
{
    demand(stack % 16 == 0 && stack > STACK && stack < USER_TOP);
    demand(word(stack) == 1 && word(stack + 8 * ARGV) > stack && word(stack + 8 * AFTER_ARGV) == 0);
    const char *name = page_at(word(stack + 8 * ARGV) / PAGE * PAGE);
    demand(name && __builtin_strcmp(name + word(stack + 8 * ARGV) % PAGE, "fuzz") == 0);
}

static bool
load(const void *image, size_t size, struct loaded *loaded)
{
    const struct archive_file file = {"fuzz", image, size};
    struct trapframe registers;
    struct vm *vm;
    const char *error = exec_boot_program(&vm, &file, &registers);
    if (error) {
        demand(!exists && memory_used() == 0); /* a program that is refused leaves nothing */
        return false;
    }
    check_stack(registers.rsp);
    demand(vm->break_start == vm->break_end && vm->break_start < STACK + 1);
    loaded->entry = registers.rip;
    for (const struct range *range = space.range; range < space.range + space.nranges && range->start < STACK; range++)
        demand(loaded_range(loaded, range->start, range->end < STACK ? range->end : STACK, range->rights)); /* data that touches the stack is one range with it */
    for (const struct filled *filled = space.filled; filled < space.filled + space.nfilled && filled->va < STACK; filled++)
        demand(loaded_page(loaded, filled->va, filled->at));
    exists = false;
    return true;
}

__attribute__((constructor(102))) static void
begin(void)
{
    exec_init();
}

_Static_assert((int)PROT_READ == MAY_READ && (int)PROT_WRITE == MAY_WRITE && (int)PROT_EXEC == MAY_EXECUTE, "rights are said alike");

const struct loader ultrix_loader = {"ultrix-compat/exec.c", VM_LOW, STACK, load};
