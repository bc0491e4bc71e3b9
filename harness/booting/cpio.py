"""cpio "newc" archives: the boot archive of our kernels and Linux's initramfs.

Everything that could differ between two identical builds (times, owners, inodes) is a constant.
"""

import stat
from dataclasses import dataclass

MAGIC = b"070701"
FIELDS = 13
HEADER = len(MAGIC) + 8 * FIELDS
TRAILER = "TRAILER!!!"


@dataclass(frozen=True)
class Entry:
    name: str
    data: bytes = b""
    mode: int = stat.S_IFREG | 0o755
    device: tuple[int, int] = (0, 0)  # major, minor of a device node


def folder(name: str) -> Entry:
    return Entry(name, mode=stat.S_IFDIR | 0o755)


def write(entries: list[Entry]) -> bytes:
    """The archive with its trailer, padded to 512 bytes."""
    archive = b"".join(one(inode, entry) for inode, entry in enumerate(entries, 1))
    return padded(archive + one(0, Entry(TRAILER, mode=0)), 512)


def one(inode: int, entry: Entry) -> bytes:
    name = entry.name.encode() + b"\0"
    # inode, mode, uid, gid, links, mtime, size, device of the file (2), device it is (2), name size, checksum (0 in newc)
    fields = (inode, entry.mode, 0, 0, 1, 0, len(entry.data), 0, 0, *entry.device, len(name), 0)
    header = MAGIC + b"".join(b"%08x" % field for field in fields)
    return padded(header + name, 4) + padded(entry.data, 4)


def padded(data: bytes, unit: int) -> bytes:
    return data + bytes(-len(data) % unit)


def read(archive: bytes) -> dict[str, bytes]:
    """The regular files by name. Raises ValueError where the archive is not well formed."""
    files, at = {}, 0
    while True:
        header = archive[at : at + HEADER]
        if len(header) < HEADER or not header.startswith(MAGIC):
            raise ValueError(f"no cpio entry at byte {at}")
        fields = [int(header[i : i + 8], 16) for i in range(len(MAGIC), HEADER, 8)]
        mode, size, name_size = fields[1], fields[6], fields[11]
        name = archive[at + HEADER : at + HEADER + name_size].rstrip(b"\0").decode()
        start = at + HEADER + name_size + -(HEADER + name_size) % 4
        if name == TRAILER:
            return files
        if start + size > len(archive):
            raise ValueError(f"cpio entry {name} is cut off")
        if stat.S_ISREG(mode):
            files[name] = archive[start : start + size]
        at = start + size + -size % 4
