"""What a machine boots from: a disk image for our kernels, a kernel and an initramfs for Linux. Written, then read back and checked.

The formats are image.py's and cpio.py's; where Linux comes from is linux.py's and linux_tuned.py's.
Invariant: the programs on the media are, byte for byte, the files that were asked for.
"""

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from harness import paths
from harness.booting import cpio, image, linux, linux_tuned
from harness.catalogue import NOT_A_WORKLOAD, System, archive_files, kernel_file
from harness.errors import Trouble

CONSOLE = cpio.Entry("dev/console", mode=stat.S_IFCHR | 0o600, device=(5, 1))


@dataclass(frozen=True)
class Media:
    hashes: dict[str, str]  # sha256 by what it is: each program by name, the kernel, the image
    disk: Path | None = None
    kernel: Path | None = None
    initramfs: Path | None = None


def ingredients(system: System, programs: dict[str, Path]) -> dict[str, str]:
    """The hashes of what prepare() would put on the media, but for Linux's kernel and init. Raises Trouble."""
    files = programs | archive_files(system) | ({"kernel": kernel_file(system, "bin")} if system.kernel else {})
    return {name: sha256(read(path)) for name, path in files.items()}


def prepare(system: System, programs: dict[str, Path], folder: Path, key: bytes = image.FIXED_KEY, command_line: str = "") -> Media:
    """Media in `folder` that boot `system` and run `programs` (name -> ELF file) in order. In front of them stands bin/NAME, as files: where these lie, and so what it costs to read
    them, does not depend on what else is run. The key and the command line are our kernels'. Raises Trouble."""
    contents = {name: read(path) for name, path in (archive_files(system) | programs).items()}
    media = disk(system, contents, folder, key, command_line) if system.kernel else initramfs(system, contents, folder)
    hashes = {name: sha256(content) for name, content in contents.items()}
    return Media(hashes | media.hashes, media.disk, media.kernel, media.initramfs)


def disk(system: System, contents: dict[str, bytes], folder: Path, key: bytes, command_line: str) -> Media:
    kernel = read(kernel_file(system, "bin"))
    archive = cpio.write([cpio.Entry(name, content) for name, content in contents.items()])
    path = folder / "disk.img"
    path.write_bytes(image.build(read(paths.BUILD / "machine" / "mbr.bin"), kernel, archive, key, command_line))
    check(cpio.read(image.verify(path)), contents, path)
    return Media({"kernel": sha256(kernel), "image": sha256(path.read_bytes())}, disk=path)


def initramfs(system: System, contents: dict[str, bytes], folder: Path) -> Media:
    """Linux's: what has a / in its name stands under /, as the other systems see it; the rest init starts one after the other."""
    kernel = linux_tuned.kernel() if system.name == linux_tuned.NAME else linux.kernel()
    init = read(paths.BUILD / "workloads" / "unix" / f"{NOT_A_WORKLOAD}.elf")
    order = "".join(f"{name}\n" for name in contents if "/" not in name).encode()
    files = {"init": init, "exolab/order": order} | {name if "/" in name else f"exolab/{name}": content for name, content in contents.items()}
    folders = [cpio.folder(name) for name in dict.fromkeys(["dev", *(str(parent) for name in files for parent in reversed(PurePosixPath(name).parents[:-1]))])]
    entries = [*folders, CONSOLE, *(cpio.Entry(*file) for file in files.items())]
    path = folder / "initramfs.cpio"
    path.write_bytes(cpio.write(entries))
    check(cpio.read(path.read_bytes()), files, path)
    hashes = {"kernel": sha256(read(kernel)), "image": sha256(path.read_bytes()), "init": sha256(init)}
    return Media(hashes, kernel=kernel, initramfs=path)


def check(found: dict[str, bytes], expected: dict[str, bytes], path: Path) -> None:
    if found != expected:
        raise Trouble(f"{path}: does not hold the programs that were put in: build the image again")


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Trouble(f"{path} is not built: run make build") from error


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
