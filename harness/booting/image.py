"""The disk image that both of our kernels boot from, in every emulator: built, and checked before each boot.

The layout is docs/wire-format.md's; the loader that reads it is machine/boot/mbr.S. What goes into the archive is media.py's business.
"""

import struct
import zlib
from pathlib import Path

from harness.booting import cpio
from harness.errors import Trouble

SECTOR = 512
HEADS, SECTORS_PER_TRACK = 16, 63
CYLINDER = HEADS * SECTORS_PER_TRACK * SECTOR
PAGE = 4096
COUNT_AT = 436  # u32 in the loader: sectors to load
SIGNATURE_AT, SIGNATURE = 510, b"\x55\xaa"
HEADER_AT = 8  # in the payload
HEADER = struct.Struct("<QIIII16s64s")  # magic, payload bytes, CRC-32, archive offset, archive bytes, key, command line
CRC_AT = HEADER_AT + 12
MAGIC = 0x3142414C4F584521
FIXED_KEY = bytes(range(1, 17))  # so that a run can be repeated byte for byte; 16 zeros would make the kernel draw one


def build(mbr: bytes, kernel: bytes, archive: bytes, key: bytes = FIXED_KEY, command_line: str = "") -> bytes:
    """The whole image. `kernel` is flat and includes its zeroed bss; `archive` is a cpio archive."""
    if len(mbr) != SECTOR or mbr[SIGNATURE_AT:] != SIGNATURE:
        raise Trouble("the loader mbr.bin is not a 512-byte boot sector: run make build")
    if any(kernel[HEADER_AT : HEADER_AT + HEADER.size]) or len(kernel) < HEADER_AT + HEADER.size:
        raise Trouble("the kernel has no empty boot header at byte 8: run make build")
    if len(command_line) >= 64:
        raise Trouble("the kernel's command line is limited to 63 characters")
    body = cpio.padded(kernel, PAGE)
    payload = bytearray(cpio.padded(body + archive, SECTOR))
    header = [MAGIC, len(payload), 0, len(body), len(archive), key, command_line.encode()]
    HEADER.pack_into(payload, HEADER_AT, *header)
    header[2] = zlib.crc32(payload)
    HEADER.pack_into(payload, HEADER_AT, *header)
    loader = bytearray(mbr)
    struct.pack_into("<I", loader, COUNT_AT, len(payload) // SECTOR)
    return cpio.padded(bytes(loader + payload), CYLINDER)


def verify(path: Path) -> bytes:
    """Check an image from end to end and return its boot archive. Raises Trouble that says exactly what is wrong."""

    def wrong(what: str) -> Trouble:
        return Trouble(f"{path}: {what}: build the image again")

    data = path.read_bytes()
    if len(data) < SECTOR or data[SIGNATURE_AT:SECTOR] != SIGNATURE:
        raise wrong("no boot sector")
    (count,) = struct.unpack_from("<I", data, COUNT_AT)
    have = len(data) // SECTOR - 1
    if have < count:
        raise wrong(f"truncated: expected {count} sectors after the loader, have {have}")
    payload = bytearray(data[SECTOR : SECTOR * (1 + count)])
    if len(payload) < HEADER_AT + HEADER.size:
        raise wrong(f"the loader's sector count is {count}, too small for a boot header")
    magic, size, crc, offset, archive_size, _, _ = HEADER.unpack_from(payload, HEADER_AT)
    if magic != MAGIC:
        raise wrong(f"bad magic 0x{magic:016x}, expected 0x{MAGIC:016x}")
    if size != len(payload):
        raise wrong(f"the boot header says {size} payload bytes, the loader loads {len(payload)}")
    struct.pack_into("<I", payload, CRC_AT, 0)
    if (actual := zlib.crc32(payload)) != crc:
        raise wrong(f"CRC-32 is 0x{actual:08x}, the boot header says 0x{crc:08x}")
    if offset + archive_size > size:
        raise wrong(f"the boot archive ends at byte {offset + archive_size} of a payload of {size}")
    if len(data) % CYLINDER:
        raise wrong(f"{len(data)} bytes are not whole cylinders of {CYLINDER}")
    return bytes(payload[offset : offset + archive_size])
