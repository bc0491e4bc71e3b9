"""Bochs, Debian's debugger build: one tick is one instruction. A build without the debugger chains traces and counts wrong."""

import subprocess

from harness import packages
from harness.booting.image import CYLINDER, HEADS, SECTORS_PER_TRACK
from harness.catalogue import System
from harness.emulators.base import Emulator, Wiring

PROGRAM = "bochs-bin"
CPU = "corei7_icelake_u"

# ips is low because Bochs paces the serial port by it; ticks do not depend on it. mode=volatile leaves no lock behind.
CONFIGURATION = f"""\
display_library: term
config_interface: textconfig
log: bochs.log
panic: action=fatal
error: action=report
megs: 128
romimage: file=/usr/share/bochs/BIOS-bochs-latest, options=fastboot
vgaromimage: file=/usr/share/vgabios/vgabios.bin
speaker: enabled=0
com1: enabled=1, {{serial}}
clock: sync=none, time0=1000000000
cpu: model={CPU}, count=1, ips=4000000, reset_on_triple_fault=0
ata0-master: type=disk, path={{disk}}, mode=volatile, cylinders={{cylinders}}, heads={HEADS}, spt={SECTORS_PER_TRACK}
boot: disk
"""
DEBUGGER_COMMANDS = ("c", "q")  # continue until the guest shuts down, then quit with status 0


class Bochs(Emulator):
    name = "bochs"
    tested = "Bochs 2.7"
    order = 2
    cpu = CPU
    slowness = 3

    def problem(self) -> str | None:
        return packages.problem("bochs", "bochs-term", "bochsbios", "vgabios")

    def version(self) -> str:
        # Bochs says its version only in the log of a boot; the package knows it, and its patches, exactly.
        asked = subprocess.run(["dpkg-query", "-W", "-f=${Version}", "bochs"], capture_output=True, text=True)
        return f"Bochs {asked.stdout or 'of unknown version'} (Debian package bochs)"

    def refuses(self, system: System) -> str | None:
        return None if system.kernel else "Linux boots in QEMU only for now"

    def command(self, wiring: Wiring) -> list[str]:
        disk = wiring.media.disk
        configuration, commands = wiring.folder / "bochsrc", wiring.folder / "bochs.rc"
        cylinders = disk.stat().st_size // CYLINDER
        serial = f"mode=term, dev={wiring.terminal}" if wiring.terminal else f"mode=file, dev={wiring.path(wiring.serial)}"
        names = {"serial": serial, "disk": wiring.path(disk)}
        configuration.write_text(CONFIGURATION.format(cylinders=cylinders, **names))
        commands.write_text("".join(f"{command}\n" for command in (*wiring.debugger, *DEBUGGER_COMMANDS)))
        return [PROGRAM, "-q", "-f", configuration.name, "-rc", commands.name]

    def success(self, status: int) -> bool:
        return status == 0  # back from the guest's shutdown to the debugger, whose next command was q
