"""QEMU with TCG and icount: one tick of the guest's TSC is one guest instruction."""

import shutil
import subprocess

from harness import packages
from harness.emulators.base import Emulator, Wiring

PROGRAM = "qemu-system-x86_64"
CPU = "max,-erms,-fsrm"  # with ERMS or FSRM, Linux would copy with rep movsb, and each byte would count as an instruction
# no5lvl: four-level page tables, like both of our kernels (-cpu max offers five)
LINUX_COMMAND_LINE = "console=ttyS0 quiet loglevel=1 nokaslr norandmaps no5lvl mitigations=off panic=-1"
# -seed: else RDRAND, and the random seed that Linux is handed at boot, are the host's, and Linux's path depends on them.
DETERMINISTIC = ["-accel", "tcg", "-cpu", CPU, "-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1"]
PLAIN = ["-accel", "tcg", "-cpu", CPU, "-rtc", "base=2020-01-01", "-seed", "1"]  # as fast as it goes, for wall.py: its ticks are the host's
KVM = ["-accel", "kvm", "-cpu", "host"]  # for the doctor's canary only: nothing is measured in it


class Qemu(Emulator):
    name = "qemu"
    tested = "QEMU emulator version 7.2"
    order = 1
    cpu = CPU

    def __init__(self, machine: list[str] = DETERMINISTIC, wall_clock: bool = False):
        self.machine = machine
        self.wall_clock = wall_clock

    def problem(self) -> str | None:
        return packages.problem("qemu-system-x86")

    def version(self) -> str:
        path = shutil.which(PROGRAM)
        asked = subprocess.run([path, "--version"], capture_output=True, text=True)
        return (asked.stdout.splitlines() or [f"QEMU of unknown version: {path} --version ended with {asked.returncode}"])[0]

    def command(self, wiring: Wiring) -> list[str]:
        media = wiring.media
        argv = [PROGRAM, "-nodefaults", "-no-user-config", "-display", "none", *self.machine, "-no-reboot"]
        serial = wiring.terminal or f"file:{wiring.path(wiring.serial)}"
        argv += ["-serial", serial, "-device", "isa-debug-exit,iobase=0xf4,iosize=4"]
        if media.disk:
            argv += ["-m", "128", "-drive", f"file={wiring.path(media.disk)},format=raw,if=ide,snapshot=on"]
        else:
            argv += ["-m", "256", "-kernel", str(media.kernel), "-initrd", wiring.path(media.initramfs)]
            argv += ["-append", LINUX_COMMAND_LINE + (" exolab.clock=wall" if self.wall_clock else "")]  # for workloads/linux/init.c
        if wiring.plugin:
            argv += ["-plugin", wiring.plugin]
        return argv

    def success(self, status: int) -> bool:
        return status > 0 and status % 2 == 1  # isa-debug-exit: a guest that writes v ends QEMU with 2v+1; a triple fault gives 0
