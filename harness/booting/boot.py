"""One boot from end to end: media prepared, emulator run, what it printed read. No verdicts: those are records.py's.

Invariant: the raw log is on the disk, as received, before anything of it is parsed.
"""

import re
import threading
from dataclasses import dataclass, field
from pathlib import Path

from harness.booting import image, media, process, protocol
from harness.catalogue import System
from harness.emulators.base import Emulator, Wiring
from harness.booting.follow import Follower


LINUX_PATIENCE = 3  # times the silence of ours: all of its boot is silent, and takes the time of several of theirs
PANIC = re.compile(rb"Kernel panic - not syncing: [ -~]*")  # Linux's


@dataclass(frozen=True)
class Order:
    """What to boot."""

    system: System
    emulator: Emulator
    programs: dict[str, Path]  # name -> ELF file, in the order they shall run
    run_dir: Path
    timeout: float = 60  # seconds of silence
    whole: float | None = None  # seconds of it all; None: by the timeout (process.Patience)
    index: int = 1
    label: str = ""  # instead of the emulator's name in file names
    plugin: str | None = None
    debugger: tuple[str, ...] = ()
    key: bytes = image.FIXED_KEY
    command_line: str = ""  # of our kernels
    cancel: threading.Event = field(default_factory=threading.Event)
    follower: Follower = field(default_factory=Follower)  # of the machine while it runs

    @property
    def name(self) -> str:
        return f"{self.place}-{self.index}"

    @property
    def place(self) -> str:
        return f"{self.system.name}-{self.label or self.emulator.name}"

    @property
    def patience(self) -> process.Patience:
        silence = self.timeout if self.system.kernel else self.timeout * LINUX_PATIENCE
        return process.Patience(silence, process.Patience(self.timeout, self.whole).whole)


@dataclass(frozen=True)
class Booted:
    """What came of it."""

    order: Order
    argv: list[str]
    hashes: dict[str, str]
    outcome: process.Outcome
    log: protocol.Log
    last_lines: list[str]
    emulator_said: str = ""  # the last line of its own output
    linux_panic: str = ""  # Linux's own word for it: it knows nothing of our wire format

    @property
    def log_path(self) -> str:
        """Relative to the run folder."""
        return f"logs/{self.order.name}.serial"

    @property
    def success(self) -> bool:
        """Whether the emulator ended as after a guest's orderly shutdown."""
        return self.outcome.status is not None and self.order.emulator.success(self.outcome.status)


def boot(order: Order) -> Booted:
    """Boot once and wait for the end. Raises Trouble if it cannot even start."""
    folder, logs = order.run_dir / "boot" / order.name, order.run_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    logs.mkdir(exist_ok=True)
    serial = logs / f"{order.name}.serial"
    medium = media.prepare(order.system, order.programs, folder, order.key, order.command_line) if order.emulator.needs_media else None
    wiring = Wiring(order.system.name, medium, folder, serial, order.index, order.plugin, debugger=order.debugger)
    argv = order.emulator.command(wiring)
    outcome = process.run(argv, folder, serial, order.patience, order.cancel, order.follower.look)
    serial.touch()  # an emulator that died before the guest's first byte may have made none
    serial.with_suffix(".status").write_text(f"{outcome}\n")
    data = serial.read_bytes()
    said = protocol.last_lines(serial.with_suffix(".emulator").read_bytes(), 1)
    panic = PANIC.search(data)
    log, last = protocol.parse(data), protocol.last_lines(data)
    hashes = medium.hashes if medium else {}
    return Booted(order, argv, hashes, outcome, log, last, "".join(said), panic[0].decode() if panic else "")
