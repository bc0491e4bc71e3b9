"""Logs written by hand, line by line with their checksums, and what a boot that printed them would be."""

import threading
from pathlib import Path

from harness import catalogue
from harness.booting import boot, process, protocol

ROOT = Path(__file__).resolve().parents[2]


def line(text: str) -> bytes:
    """One line of the wire format with its checksum."""
    covered = f"@exolab {text}".encode()
    return covered + b" #%04x\n" % protocol.fletcher16(covered)


def lines(*texts: str) -> bytes:
    return b"".join(map(line, texts))


START = ("boot 1 exos", "tick 2 102 2002")
NULL = (
    "begin null",
    "operation call",
    "region call 0x400010 0x400020",
    "samples call instructions 2 4x10",
    "operation syscall",
    "region syscall 0x400030 0x400040",
    "samples syscall instructions 2 8x9,10x1",
    "end null ok",
    "exit null 0",
)
EXCEPTION = (
    "begin exception",
    "operation prot",
    "region prot 0x400050 0x400060",
    "samples prot instructions 2 18x10",
    "operation ud2",
    "unsupported ud2 not on this machine",
    "end exception ok",
    "exit exception 0",
)
STOP = ("halt 0",)
GOOD = lines(*START, *NULL, *EXCEPTION, *STOP)


class Recorded:
    """An emulator that never runs: enough of one to say what a status means."""

    name = "qemu"
    wall_clock = False

    def success(self, status: int) -> bool:
        return status == 1


def booted(data: bytes, status: int | None = 1, cut: str = "", system: str = "exos") -> boot.Booted:
    """What boot.boot() would give for a machine that printed `data` and then ended so."""
    order = boot.Order(catalogue.SYSTEMS[system], Recorded(), {}, Path("."), cancel=threading.Event())
    outcome = process.Outcome(status, cut, 0.0)
    return boot.Booted(order, [], {}, outcome, protocol.parse(data), protocol.last_lines(data))
