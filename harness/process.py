"""One emulator process: started, watched, ended.

What its serial log means is protocol.py's and records.py's business. Invariant: when run() returns or raises, the process and its group are gone.
"""

import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from harness.errors import Trouble

MAX_SERIAL = 64 << 20  # bytes; a guest that prints for ever must not fill the disk
POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Outcome:
    status: int | None  # None if we ended it
    cut: str  # "" if it ended by itself, else why we ended it: timeout, interrupted, flood
    seconds: float  # wall

    def __str__(self) -> str:
        return self.cut or str(self.status)


def run(argv: list[str], folder: Path, serial: Path, timeout: float, cancel: threading.Event, look: Callable[[Path], None] = lambda _: None) -> Outcome:
    """Run `argv` in `folder` to its end. The guest's output goes to `serial` (argv sees to that), its own beside it, as .emulator. `look` is called
    with `serial` now and then, and once more at the end."""
    start = time.monotonic()
    environment = os.environ | {"TERM": "vt100"}  # Bochs' terminal display wants one, whatever ours is
    with serial.with_suffix(".emulator").open("wb") as log:
        try:
            process = subprocess.Popen(
                argv, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        except FileNotFoundError as error:
            raise Trouble(f"{argv[0]} cannot be started: run ./exolab doctor") from error
        try:
            cut = watch(process, serial, start + timeout, cancel, look)
        finally:
            end_group(process)
    return Outcome(None if cut else process.returncode, cut, time.monotonic() - start)


def watch(process: subprocess.Popen, serial: Path, deadline: float, cancel: threading.Event, look: Callable[[Path], None]) -> str:
    """Wait until the process ends ("") or there is a reason to end it."""
    while True:
        try:
            process.wait(POLL_SECONDS)
            look(serial)
            return ""
        except subprocess.TimeoutExpired:
            look(serial)
            if cancel.is_set():
                return "interrupted"
            if time.monotonic() > deadline:
                return "timeout"
            if serial.exists() and serial.stat().st_size > MAX_SERIAL:
                return "flood"


def end_group(process: subprocess.Popen) -> None:
    """Kill the process and what it started, if anything is left of it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
