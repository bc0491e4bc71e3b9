/* exception.c - what does it cost an application to handle its own exception? (Table 5; docs/method.md)
 *
 * For each cause two figures. Dispatch: from just before the faulting instruction to the first instruction of the application's handler,
 * which the kernel enters with nothing in between (register-only handler, no C prologue). Round trip: the same through a handler in C, registers saved
 * and restored, that changes one word of the frame (the program counter: skip the instruction) and resumes.
 */

#include <port.h>
#include <workload.h>

EXPERIMENT("exception", "Table 5", "Exceptions: dispatch to the application, and round trip");
OPERATION("prot-dispatch", "store to a read-only page (#PF), to the handler's first instruction");
OPERATION("prot-roundtrip", "the same with a C handler, and return behind the store");
OPERATION("overflow-dispatch", "divide by zero (#DE): 64-bit mode has no trapping overflow, this is the nearest arithmetic trap");
OPERATION("overflow-roundtrip", "the same with a C handler, and return");
OPERATION("coproc-dispatch", "floating-point instruction while the unit is disabled (#NM)");
OPERATION("coproc-roundtrip", "the same with a C handler, and return");
OPERATION("unalign-dispatch", "unaligned load with alignment checking on (#AC)");
OPERATION("unalign-roundtrip", "the same with a C handler, and return");
OPERATION("ud2-dispatch", "undefined instruction (#UD)");
OPERATION("ud2-roundtrip", "the same with a C handler, and return");

/* RFLAGS.AC = 1 makes every unaligned access of ring 3 trap; only the region runs with it. */
#define CHECK_ALIGNMENT "pushfq\n\torl $0x40000, (%rsp)\n\tpopfq\n\t"
#define IGNORE_ALIGNMENT "pushfq\n\tandl $0xfffbffff, (%rsp)\n\tpopfq"

asm(".data\n.balign 16\naligned_words:\n\t.quad 0, 0\n");
void *protected_page;

#define BOTH(cause, setup, body, cleanup)                        \
    DISPATCH_REGION(cause##_dispatch, setup, "", body, cleanup); \
    REGION(cause##_roundtrip, setup, "", body, cleanup)

BOTH(prot, "mov protected_page(%rip), %rdi", "movl $1, (%rdi)", "");
BOTH(overflow, "xor %ecx, %ecx", "div %ecx", "");
BOTH(coproc, "", "fnop", "");
BOTH(unalign, "lea aligned_words(%rip), %rdi\n\t" CHECK_ALIGNMENT, "mov 1(%rdi), %ecx", IGNORE_ALIGNMENT);
BOTH(ud2, "", "ud2", "");

static const struct {
    enum port_cause cause;
    const char *dispatch_name, *roundtrip_name;
    const struct region *dispatch, *roundtrip;
} row[] = {
    {PORT_PROT, "prot-dispatch", "prot-roundtrip", &prot_dispatch, &prot_roundtrip},
    {PORT_OVERFLOW, "overflow-dispatch", "overflow-roundtrip", &overflow_dispatch, &overflow_roundtrip},
    {PORT_COPROC, "coproc-dispatch", "coproc-roundtrip", &coproc_dispatch, &coproc_roundtrip},
    {PORT_UNALIGN, "unalign-dispatch", "unalign-roundtrip", &unalign_dispatch, &unalign_roundtrip},
    {PORT_UD2, "ud2-dispatch", "ud2-roundtrip", &ud2_dispatch, &ud2_roundtrip},
};

static const char *skip_to;

/* The C handler: changes one word, the interrupted program counter. */
PORT_HANDLER(skip, frame)
{
    PORT_FRAME_PC(frame) = (uint64_t)skip_to;
}

/* Does the exception arrive at all? The handler sets port_dispatch_taken. Also the reason to give if not. */
static const char *
why_not(int i)
{
    const char *reason = port_unsupported(row[i].cause);
    if (reason)
        return reason;
    port_dispatch_taken = 0;
    port_dispatch_resume = row[i].dispatch->resume;
    port_catch_dispatch(row[i].cause);
    row[i].dispatch->run();
    return port_dispatch_taken ? NULL : "tried: the instruction ran without an exception (QEMU 7.2 raises no #AC)";
}

int
main(void)
{
    workload_begin("exception");
    protected_page = port_protected_page();
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        const char *reason = why_not(i);
        if (reason) {
            unsupported(row[i].dispatch_name, reason);
            unsupported(row[i].roundtrip_name, reason);
            continue;
        }
        measure(row[i].dispatch_name, row[i].dispatch);
        port_catch(row[i].cause, skip);
        skip_to = row[i].roundtrip->resume;
        measure(row[i].roundtrip_name, row[i].roundtrip);
    }
    return workload_end();
}
