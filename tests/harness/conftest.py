"""What the harness tests share: a build folder with two small workloads, logs written by hand, the real command line."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from harness import boot, catalogue, process, protocol  # noqa: E402

WORKLOADS = {
    "null": ["experiment|null|Table 4|null procedure and system call", "operation|call|a call", "operation|syscall|a system call"],
    "exception": ["experiment|exception|Table 5|exceptions", "operation|prot|a page fault", "operation|ud2|an undefined opcode"],
}


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


@pytest.fixture(scope="session")
def build(tmp_path_factory) -> Path:
    """A build folder whose workloads have no code, only their section `.exolab`."""
    folder = tmp_path_factory.mktemp("build")
    for flavour in ("exos", "unix"):
        (folder / "workloads" / flavour).mkdir(parents=True)
        for name, rows in WORKLOADS.items():
            text = "".join(f'.ascii "{row}\\n"\n' for row in rows)
            source = f'.section .exolab, "", @progbits\n{text}'.encode()
            output = folder / "workloads" / flavour / f"{name}.elf"
            subprocess.run(["gcc", "-c", "-x", "assembler", "-", "-o", output], input=source, check=True)
    return folder


@pytest.fixture
def experiments(build, monkeypatch) -> list[catalogue.Experiment]:
    monkeypatch.setattr("harness.paths.BUILD", build)
    return catalogue.experiments()


@pytest.fixture
def exolab(build, tmp_path):
    """The real command line with its own results folder: exolab("run", ...) -> CompletedProcess."""

    def run(*arguments, **environment) -> subprocess.CompletedProcess:
        where = {"EXOLAB_BUILD": str(build), "EXOLAB_RESULTS": str(tmp_path / "results")}
        return subprocess.run(
            [ROOT / "exolab", *map(str, arguments)],
            capture_output=True, text=True, timeout=30, cwd=tmp_path, env=os.environ | where | environment,
        )

    return run


class Recorded:
    """An emulator that never runs: enough of one to say what a status means."""

    name = "qemu"

    def success(self, status: int) -> bool:
        return status == 1


def booted(data: bytes, status: int | None = 1, cut: str = "", system: str = "exos") -> boot.Booted:
    """What boot.boot() would give for a machine that printed `data` and then ended so."""
    order = boot.Order(catalogue.SYSTEMS[system], Recorded(), {}, Path("."), cancel=threading.Event())
    outcome = process.Outcome(status, cut, 0.0)
    return boot.Booted(order, [], {}, outcome, protocol.parse(data), protocol.last_lines(data))
