/* exception.c - which C handler takes which exception; contract in exos/exception.h. Entry and exit: exception.S. */

#include <exos/console.h>
#include <exos/exception.h>
#include <exos/process.h>
#include <exos/syscall.h>
#include <stdbool.h>

enum { VECTORS = 32, STATUS_EXCEPTION = 128 };

extern void exos_exception_entry(void);
/* exception.S: called for each cause; what exos_catch named, which is the same but where exos_catch_first put another in front of it; where the next frame goes. */
extern exos_handler_t *exos_exception_handler[VECTORS], *exos_exception_caught[VECTORS];
extern char exos_exception_guard[], exos_exception_stack[], *exos_exception_sp;

#define EXCEPTION(vector, name, route) static void default_##name(struct exos_frame *frame);
#include <aegis/exceptions.def>
#undef EXCEPTION

static exos_handler_t *const default_handler[VECTORS] = {
#define EXCEPTION(vector, name, route) [vector] = default_##name,
#include <aegis/exceptions.def>
#undef EXCEPTION
};

static const char *const name_of[VECTORS] = {
#define EXCEPTION(vector, name, route) [vector] = #name,
#include <aegis/exceptions.def>
#undef EXCEPTION
};

/* What a parent is told of a process that ends so. */
static int
signal_of(enum aegis_exception cause)
{
    switch (cause) {
    case AEGIS_DIVIDE: case AEGIS_X87: case AEGIS_SIMD: case AEGIS_FPU:
        return SIGFPE;
    case AEGIS_DEBUG: case AEGIS_BREAKPOINT:
        return SIGTRAP;
    case AEGIS_OPCODE:
        return SIGILL;
    case AEGIS_ALIGNMENT:
        return SIGBUS;
    default:
        return SIGSEGV;
    }
}

_Noreturn void
exos_uncaught(enum aegis_exception cause, const struct exos_frame *frame)
{
    exos_puts("exos: uncaught exception ");
    exos_puts(name_of[cause]);
    exos_puts(" at ");
    exos_puthex(frame->rip);
    exos_puts(", error code ");
    exos_puthex(frame->error);
    exos_puts(", address ");
    exos_puthex(frame->address);
    exos_puts("\n");
    exos_process_die(signal_of(cause));
    sys_env_exit(STATUS_EXCEPTION + cause);
}

#define EXCEPTION(vector, name, route) \
    static void default_##name(struct exos_frame *frame) { exos_uncaught(vector, frame); }
#include <aegis/exceptions.def>
#undef EXCEPTION

void
exos_catch(enum aegis_exception cause, exos_handler_t *handler)
{
    bool is_first = exos_exception_handler[cause] == exos_exception_caught[cause];
    exos_exception_caught[cause] = handler ? handler : default_handler[cause];
    if (is_first)
        exos_exception_handler[cause] = exos_exception_caught[cause];
    exos_catch_raw(cause, exos_exception_entry);
}

void
exos_catch_first(enum aegis_exception cause, exos_handler_t *handler)
{
    exos_exception_handler[cause] = handler;
}

void
exos_catch_raw(enum aegis_exception cause, void (*entry)(void))
{
    AEGIS_AREA_POINTER->pc[cause] = (uint32_t)(uintptr_t)entry;
}

void
exos_exception_init(void)
{
    exos_exception_sp = exos_exception_stack + EXOS_EXCEPTION_STACK;
    for (unsigned vector = 0; vector < VECTORS; vector++)
        if (default_handler[vector])
            exos_catch(vector, NULL);
    sys_page_unbind((uintptr_t)exos_exception_guard, 1);
    AEGIS_AREA_POINTER->armed = 1;
}
