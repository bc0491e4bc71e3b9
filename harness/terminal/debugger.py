"""`boot --gdb`: a system in QEMU, stopped before its first instruction, and gdb on it with the symbols of its kernel and programs.

gdb has this terminal; the machine's console is a file, and two commands of gdb's: `console` shows what it has printed, `type TEXT` types a line.
"""

import os
import shutil
import subprocess
import threading
from pathlib import Path

from harness import catalogue, interrupts, paths
from harness.booting import media
from harness.emulators.base import Emulator
from harness.errors import Trouble
from harness.terminal import console

COMMANDS = """\
set confirm off
set pagination off
set architecture i386:x86-64
directory "{root}"
{symbols}
python
import gdb

class Console(gdb.Command):
    "Show what the machine has printed."

    def __init__(self):
        super().__init__("console", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        print(open("console.txt", errors="replace").read(), end="")

class Type(gdb.Command):
    "Type a line on the machine's console; it is read when the machine goes on."

    def __init__(self):
        super().__init__("type", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        with open("keys", "w") as keys:
            keys.write(argument + "\\r")

Console()
Type()
end
target remote gdb.socket
echo The machine has not begun. Break somewhere (break main), then continue; console, type TEXT: its console.\\n
"""


def debug(system: catalogue.System, programs: dict[str, Path], emulator: Emulator, medium: media.Media, folder: Path) -> int:
    if emulator.name != "qemu":
        raise Trouble(f"{emulator.name} has no gdb stub: leave --emulator out")
    if not shutil.which("gdb"):
        raise Trouble("gdb is missing: install the Debian package gdb (make setup)")
    os.mkfifo(folder / "keys")
    (folder / "console.txt").touch()
    (folder / "gdb.commands").write_text(COMMANDS.format(root=paths.ROOT, symbols="\n".join(symbols(system, programs))))
    with console.machine(system, emulator, medium, folder, ("-S", "-gdb", "unix:gdb.socket,server=on,wait=off")) as (running, master):
        wait_for(folder / "gdb.socket", running, folder)
        for carry in (keep_output, keep_typing):
            threading.Thread(target=carry, args=(master, folder), daemon=True).start()
        return attended(["gdb", "-q", "-nx", "-x", "gdb.commands"], folder)


def attended(argv: list[str], folder: Path) -> int:
    """Run gdb, whose Ctrl-C stops the guest and not us. Returns its exit status."""
    with subprocess.Popen(argv, cwd=folder) as gdb:
        interrupts.ignore()  # now: before, gdb would have inherited that
        try:
            return gdb.wait()
        finally:
            interrupts.listen()


def symbols(system: catalogue.System, programs: dict[str, Path]) -> list[str]:
    """gdb's commands for them. Linux's kernel has none, as Debian packs it."""
    kernel = [f"add-symbol-file \"{catalogue.kernel_file(system, 'elf')}\""] if system.kernel else []
    whole = [path.with_suffix(".symbols") for path in programs.values()]  # programs of bin/ are stripped
    return kernel + [f"add-symbol-file \"{one if one.exists() else path}\"" for path, one in zip(programs.values(), whole)]


def wait_for(socket: Path, running: subprocess.Popen, folder: Path) -> None:
    while not socket.exists():
        try:
            running.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        raise Trouble(f"QEMU did not start: {(folder / 'emulator.txt').read_text().strip()}")


def keep_output(master: int, folder: Path) -> None:
    with (folder / "console.txt").open("wb", buffering=0) as file:
        while data := read(master):
            file.write(data)


def keep_typing(master: int, folder: Path) -> None:
    keys = os.open(folder / "keys", os.O_RDWR)  # to write too, so that it never ends
    while data := read(keys):
        os.write(master, data)


def read(fd: int) -> bytes:
    """b"" when the other side is gone."""
    try:
        return os.read(fd, console.CHUNK)
    except OSError:
        return b""
