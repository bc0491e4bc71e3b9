/* boot.h - what the loader leaves behind, and where the kernel proper begins. */
#ifndef MACHINE_BOOT_H
#define MACHINE_BOOT_H

#include <machine/types.h>

#define BOOT_MAGIC 0x3142414c4f584521 /* "!EXOLAB1", little endian */

/* At payload byte 8; filled by the image builder (docs/wire-format.md). Offsets are from the payload's start, at physical 1 MiB. */
struct boot_header {
    u64 magic;
    u32 payload_bytes;
    u32 crc32;
    u32 archive_offset;
    u32 archive_bytes;
    u8 capability_key[16];
    char command_line[64];
};
_Static_assert(sizeof(struct boot_header) == 104, "machine/boot/entry.S reserves 104 bytes");

extern const struct boot_header boot_header;

/* The boot archive, mapped read-only for the kernel's life. */
const void *boot_archive(void);

/* Defined by each kernel: its name on the wire, and its start, called once with the machine ready and interrupts off. */
extern const char kernel_name[];
_Noreturn void kernel_main(void);

/* End the emulation with `status` (0 = success) once the serial port is empty. */
_Noreturn void machine_shutdown(u8 status);

#endif
