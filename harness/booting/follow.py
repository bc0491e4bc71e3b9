"""What a machine is doing while it runs, read from its serial log as it grows: for whoever watches, and for the estimate of the next run.

Nothing of it enters a record: a boot's log is read whole, and judged, when it is there.
"""

import time
from pathlib import Path

from harness.booting import protocol

DONE = ("samples", "unsupported", "fail")  # each is one operation's last word


class Follower:
    """One boot. look() is called now and then by the thread that runs the emulator; anyone may read the attributes."""

    def __init__(self):
        self.began = time.monotonic()
        self.experiment = ""
        self.operation = ""
        self.ndone = 0  # operations
        self.ndone_here = 0  # of the present experiment
        self.seconds: dict[str, float] = {}  # wall, of each experiment that has ended, to the pace of look()
        self.offset = 0
        self.rest = b""  # the beginning of a line whose end was not there yet
        self.since = self.began  # the present experiment

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.began

    @property
    def elapsed_here(self) -> float:
        """In the present experiment."""
        return time.monotonic() - self.since

    @property
    def doing(self) -> str:
        return "/".join(word for word in (self.experiment, self.operation) if word) or "booting"

    def look(self, serial: Path) -> None:
        """Read what is new in the log, as far as it has whole lines."""
        try:
            with serial.open("rb") as file:
                file.seek(self.offset)
                new = file.read()
        except FileNotFoundError:  # nothing was printed yet
            return
        self.offset += len(new)
        *lines, self.rest = (self.rest + new).split(b"\n")
        self.rest = self.rest[: protocol.MAX_LINE + 1]  # what is longer is no line of the protocol
        for line in lines:
            if line.startswith(protocol.PREFIX):
                try:
                    self.hear(*protocol.read_line(line.removesuffix(b"\r")))
                except ValueError:
                    continue  # damaged: the verdict will say so

    def hear(self, verb: str, arguments: tuple) -> None:
        if verb == "begin":
            self.since, self.ndone_here, self.operation, self.experiment = time.monotonic(), 0, "", arguments[0]
        elif verb == "operation":
            self.operation = arguments[0]
        elif verb in DONE:
            self.ndone += 1
            self.ndone_here += 1
        elif verb == "exit" and self.experiment:
            self.seconds[self.experiment] = round(time.monotonic() - self.since, 2)
            self.experiment = self.operation = ""
