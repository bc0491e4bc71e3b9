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
SILENCES = 10  # that a whole boot may take: on a busy machine a healthy one takes long, but one that prints now and then for ever must end


@dataclass(frozen=True)
class Outcome:
    status: int | None  # None if we ended it
    cut: str  # "" if it ended by itself, else why we ended it: silence, timeout, interrupted, flood
    seconds: float  # wall

    def __str__(self) -> str:
        return self.cut or str(self.status)


@dataclass(frozen=True)
class Patience:
    """How long a guest is waited for, in seconds."""

    silence: float  # in which it prints nothing: a hang
    limit: float | None = None  # of it all; None: SILENCES times the silence

    @property
    def whole(self) -> float:
        return SILENCES * self.silence if self.limit is None else self.limit


def run(argv: list[str], folder: Path, serial: Path, patience: Patience, cancel: threading.Event, look: Callable[[Path], None] = lambda _: None) -> Outcome:
    """Run `argv` in `folder` to its end. The guest's output goes to `serial`, a new file (argv sees to that), its own beside it, as .emulator. `look` is called
    with `serial` now and then, and once more at the end."""
    start = time.monotonic()
    serial.unlink(missing_ok=True)  # of a boot that was interrupted: it would look like what this one prints
    environment = os.environ | {"TERM": "vt100"}  # Bochs' terminal display wants one, whatever ours is
    with serial.with_suffix(".emulator").open("wb") as log:
        try:
            process = subprocess.Popen(
                argv, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        except FileNotFoundError as error:
            raise Trouble(f"{argv[0]} cannot be started: run ./exolab doctor") from error
        try:
            cut = watch(process, serial, patience, cancel, look)
        finally:
            end_group(process)
    return Outcome(None if cut else process.returncode, cut, time.monotonic() - start)


def watch(process: subprocess.Popen, serial: Path, patience: Patience, cancel: threading.Event, look: Callable[[Path], None]) -> str:
    """Wait until the process ends ("") or there is a reason to end it."""
    start = heard = time.monotonic()
    printed = 0
    while True:
        try:
            process.wait(POLL_SECONDS)
            look(serial)
            return ""
        except subprocess.TimeoutExpired:
            look(serial)
            if cancel.is_set():
                return "interrupted"
            now, size = time.monotonic(), serial.stat().st_size if serial.exists() else 0
            if size > printed:
                printed, heard = size, now
            if printed > MAX_SERIAL:
                return "flood"
            if now - heard > patience.silence:
                return "silence"
            if now - start > patience.whole:
                return "timeout"


def end_group(process: subprocess.Popen) -> None:
    """Kill the process and what it started, if anything is left of it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
