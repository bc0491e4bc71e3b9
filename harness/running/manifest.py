"""Where a run's numbers come from: everything needed to say what was booted, and to boot it again."""

import contextlib
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable

from harness import paths
from harness.booting.boot import Booted
from harness.catalogue import SYSTEMS, kernel_file
from harness.emulators.base import Emulator


def collect(run: str, emulators: list[Emulator], key: bytes) -> dict:
    """All but the boots, and what only the runner knows: options, the PARTIAL stamp, whether it was interrupted."""
    commit = git("rev-parse", "HEAD")
    return {
        "run": run,
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": commit,
        "dirty": bool(git("status", "--porcelain")) if commit else None,
        "compiler": compiler(),
        "python": f"{sys.executable} {platform.python_version()}",
        "key": key.hex(),
        "host": {"uname": " ".join(os.uname()), "cpu": cpu_model(), "cores": os.cpu_count()},
        "emulators": {emulator.name: emulator.problem() or emulator.version() for emulator in emulators},
        "cpu_models": {emulator.name: emulator.cpu for emulator in emulators if emulator.cpu},
    }


def boots(booted: list[Booted], symboliser: Callable[[Booted], Callable[[int], str]]) -> list[dict]:
    return [describe(one, symboliser(one)) for one in sorted(booted, key=lambda one: one.order.name)]


def describe(booted: Booted, symbolise: Callable[[int], str]) -> dict:
    frames = {event.arguments[0] for event in booted.log.all("frame")}
    return {
        "name": booted.order.name,
        "argv": booted.argv,  # run in the folder boot/<name> of the run
        "status": str(booted.outcome),
        "wall_seconds": round(booted.outcome.seconds, 2),
        "experiment_seconds": booted.order.follower.seconds,
        "frames": {hex(address): symbolise(address) for address in sorted(frames)},  # of a panic: the kernel that can tell will be another one day
        "sha256": booted.hashes,
    }


def git(*arguments: str) -> str:
    """git's answer about our tree, "" where there is none."""
    try:
        return subprocess.run(["git", "-C", paths.ROOT, *arguments], capture_output=True, text=True).stdout.strip()
    except FileNotFoundError:
        return ""


def compiler() -> str | None:
    """What compiled our kernels and with which flags, as their debug information has it; None if none is built."""
    from elftools.common.exceptions import DWARFError, ELFError
    from elftools.elf.elffile import ELFFile

    for system in SYSTEMS.values():
        if system.kernel and (path := kernel_file(system, "elf")).exists():
            with path.open("rb") as file, contextlib.suppress(ELFError, DWARFError, KeyError):
                units = ELFFile(file).get_dwarf_info().iter_CUs()
                producers = (unit.get_top_DIE().attributes["DW_AT_producer"].value.decode() for unit in units)
                return next((producer for producer in producers if producer.startswith("GNU C")), None)
    return None


def cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown"
