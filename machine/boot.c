/* boot.c - brings the machine up in order, hands it to the kernel, and takes it down again. */

#include <machine/boot.h>
#include <machine/cpu.h>
#include <machine/descriptors.h>
#include <machine/lapic.h>
#include <machine/layout.h>
#include <machine/memory.h>
#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/print.h>
#include <machine/serial.h>
#include <machine/tick.h>
#include <machine/x86.h>

enum { PIC1_DATA = 0x21, PIC2_DATA = 0xa1 };
enum { PORT_QEMU_EXIT = 0xf4, PORT_BOCHS_SHUTDOWN = 0x8900 };

_Noreturn void machine_start(pa_t memory_map);

const void *
boot_archive(void)
{
    return paging_direct(PAYLOAD_START + boot_header.archive_offset);
}

/* Called by entry.S on the boot tables; everything after paging_init() runs on the final ones. */
_Noreturn void
machine_start(pa_t memory_map)
{
    serial_init();
    report("boot 1 %s", kernel_name);
    outb(PIC1_DATA, 0xff); /* the BIOS leaves the PIT running: a pending IRQ0 would arrive as vector 8 */
    outb(PIC2_DATA, 0xff);
    descriptors_init();
    if (boot_header.magic != BOOT_MAGIC)
        panic("the boot header is not filled: build the image with ./exolab, not by copying the kernel");
    cpu_init();
    memory_init((const void *)memory_map);
    paging_init();
    lapic_init();
    tick_check();
    kernel_main();
}

_Noreturn void
machine_shutdown(u8 status)
{
    serial_drain();
    outb(PORT_QEMU_EXIT, status);
    outb(PORT_BOCHS_SHUTDOWN, 'D');
    for (;;)
        asm volatile("cli; hlt");
}
