/* main.c - ultrix-compat: the monolithic baseline. Processes, memory, signals and files in the kernel, behind Linux's system calls (docs/method.md).
 *
 * To read the kernel: abi.h, trap.S, trap.c, syscall_entry.S, syscall.c; process.c, fork.c, exec.c, exit.c; thread.c, schedule.c, wait.c, futex.c, time.c;
 * vm.c, vm_copy.c, vm_calls.c, region.c, page.c; signal.c, signal_send.c, signal_deliver.c, signal_frame.c, signal_stack.c; file.c, io_calls.c, pipe.c,
 * device.c, console.c, descriptor_calls.c; node.c, contents.c, tree.c, tree_calls.c, stat_calls.c; user.c, transfer.c, slab.c.
 */

#include "exec.h"
#include "fp.h"
#include "node.h"
#include "page.h"
#include "process.h"
#include "syscall.h"
#include "thread.h"
#include "trap.h"

#include <machine/boot.h>
#include <machine/options.h>
#include <machine/panic.h>
#include <machine/print.h>
#include <machine/string.h>

const char kernel_name[] = "ultrix-compat";

/* Run each program of the boot archive in turn. Returns how many did not end with 0; an archive that is damaged counts as one. */
static u32
run_all(void)
{
    struct archive_file file;
    size_t offset = 0;
    u32 failures = 0;
    int found;
    while ((found = archive_next(boot_archive(), boot_header.archive_bytes, &offset, &file)) > 0)
        if (!strchr(file.name, '/')) /* else it is there for programs to open */
            failures += process_run(&file) != 0;
    if (found < 0)
        report("killed archive damaged at byte %lu: rebuild the image", offset);
    return failures + (found < 0);
}

_Noreturn void
kernel_main(void)
{
    if (*options_of_kernel())
        panic("command line: %s: this kernel knows clock=wall and nothing else", options_of_kernel());
    syscall_init();
    fp_init();
    trap_init();
    thread_init();
    process_init();
    exec_init();
    contents_init();
    page_init();
    u32 failures = run_all();
    report("halt %u", failures);
    machine_shutdown(failures != 0);
}
