/* null.c - what does it cost to call a procedure, and to call the kernel? (Table 4; docs/method.md)
 *
 * The raw `syscall` instruction, no library wrapper. On the UNIX systems the null system call is getpid.
 */

#include <port.h>
#include <workload.h>

EXPERIMENT("null", "Table 4", "Null procedure call and null system call");
OPERATION("procedure-call", "call an empty procedure through a pointer, and return");
OPERATION("syscall", "null system call without a kernel stack; on the UNIX systems getpid");
OPERATION("syscall-stack", "null system call with a kernel stack and a C function");

asm(CODE_HERE "empty_procedure:\n\tret\n");

REGION(procedure_call, "lea empty_procedure(%rip), %rdi", "", "call *%rdi", "");
REGION(null_syscall, "", PORT_SYSCALL_PREFIX, "syscall", "");
REGION(null_syscall_stack, "", PORT_SYSCALL_STACK_PREFIX, "syscall", "");

int
main(void)
{
    workload_begin("null");
    measure("procedure-call", &procedure_call);
    measure("syscall", &null_syscall);
    if (port_syscall_stack_unsupported)
        unsupported("syscall-stack", port_syscall_stack_unsupported);
    else
        measure("syscall-stack", &null_syscall_stack);
    return workload_end();
}
