"""What is missing on this machine, which Debian package has it, and whether a kernel really comes back from each emulator.

The canary is aegis with no program to run: it prints boot, tick and halt. Installing is setup.sh's business.
"""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from harness import packages
from harness.booting import linux
from harness.booting.boot import Booted, Order, boot
from harness.catalogue import SYSTEMS, kernel_file
from harness.emulators.base import Emulator
from harness.emulators.qemu import KVM, Qemu
from harness.errors import Trouble
from harness.reading import verdicts

CANARY = SYSTEMS["exos"]
CANARY_SECONDS = 20


@dataclass(frozen=True)
class Finding:
    kind: str  # "ok", "missing" (a tool), "broken" (a canary that did not come back), "note"
    text: str


def examine(emulators: list[Emulator]):
    """Yield findings as they are made."""
    yield Finding("ok", f"python: {sys.executable}")
    lacking = packages.missing()
    for package, sign in lacking.items():
        yield Finding("missing", f"{sign.split(':', 1)[1]}: install the Debian package {package} (make setup)")
    if not lacking:
        yield Finding("ok", f"packages: all {len(packages.required())} are there")
    yield linux_kernel()
    if not kernel_file(CANARY, "bin").exists():
        yield Finding("missing", "the kernels are not built, so no canary was booted: run make build")
        return
    for emulator in emulators:
        yield canary(emulator)
    yield kvm()


def linux_kernel() -> Finding:
    if cached := linux.newest(linux.cache()):
        return Finding("ok", f"linux: {cached}")
    return Finding("note", "linux: not downloaded yet, ./exolab run will do it (needs the network once)")


def canary(emulator: Emulator) -> Finding:
    """Boot the canary and hold what it prints against what it must print."""
    if problem := emulator.problem():
        return Finding("missing", f"{emulator.name}: {problem}")
    with tempfile.TemporaryDirectory(prefix="exolab-canary-") as folder:
        try:
            booted = fly(emulator, Path(folder))
        except Trouble as trouble:
            return Finding("broken", f"{emulator.name}: {trouble}")
    trouble = verdicts.ending(booted) or verdicts.system_trouble(booted)
    if trouble:
        return Finding("broken", f"{emulator.name}: the canary did not come back: {trouble.verdict}: {trouble.reason}")
    return Finding("ok", f"{emulator.name}: {emulator.version()}; the canary came back in {booted.outcome.seconds:.1f} s")


def fly(emulator: Emulator, folder: Path) -> Booted:
    return boot(Order(CANARY, emulator, {}, folder, CANARY_SECONDS))


def kvm() -> Finding:
    """KVM may open and still run no guest, so only a canary that came back counts. Its ticks are not instructions and not looked at."""
    if not os.access("/dev/kvm", os.R_OK | os.W_OK):
        return Finding("note", "kvm: not offered, /dev/kvm is not there or not open to you")
    with tempfile.TemporaryDirectory(prefix="exolab-canary-") as folder:
        try:
            log = fly(Qemu(KVM), Path(folder)).log
        except Trouble as trouble:
            return Finding("note", f"kvm: not offered, {trouble}")
    if log.first("boot") and log.first("halt"):
        return Finding("ok", "kvm: the canary came back (no experiment uses KVM yet)")
    return Finding("note", "kvm: not offered, /dev/kvm opens but the canary did not come back")
