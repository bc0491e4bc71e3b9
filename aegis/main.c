/* main.c - Aegis: an exokernel. Protects pages and the processor; every abstraction lives in the applications (docs/aegis-abi.md).
 *
 * To read the kernel: include/aegis/, trap.S, syscall_entry.S, capability.c, page.c, binding.c, env.c, space.c, slice.c, overtime.c, debt.c, transfer.S, program.c.
 */

#include "capability.h"
#include "fpu.h"
#include "info.h"
#include "invariant.h"
#include "binding.h"
#include "kernel_layout.h"
#include "options.h"
#include "page.h"
#include "program.h"
#include "slice.h"

#include <machine/boot.h>
#include <machine/descriptors.h>
#include <machine/options.h>
#include <machine/x86.h>

extern void syscall_entry(void);

const char kernel_name[] = "exos"; /* on the wire a system is named after its library OS */

/* What `syscall` clears in rflags: interrupts off, and nothing that the user set is in force in ring 0. */
#define SYSCALL_CLEARS (RFLAGS_IF | RFLAGS_TF | RFLAGS_DF | RFLAGS_NT | RFLAGS_AC | RFLAGS_IOPL | RFLAGS_RF)

static void
syscall_init(void)
{
    wrmsr(MSR_STAR, (u64)SELECTOR_USER_BASE << 48 | (u64)SELECTOR_KERNEL_CODE << 32);
    wrmsr(MSR_LSTAR, (u64)syscall_entry);
    wrmsr(MSR_SFMASK, SYSCALL_CLEARS);
}

_Noreturn void
kernel_main(void)
{
    write_cr0(read_cr0() | CR0_TS); /* floating point is off: an environment that uses it gets #NM */
    syscall_init();
    fpu_init();
    capability_init(boot_header.capability_key);
    tss_set_rsp0(KERNEL_AREA + offsetof(struct aegis_area, frame.ss) + sizeof(u64));
    info_init();
    binding_init(options_bindings(options_of_kernel()));
    invariant_init();
    page_init();
    env_init();
    slice_init();
    program_run_all();
}
