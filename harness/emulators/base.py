"""The interface between the harness and an emulator. Starting and watching the process is process.py's business."""

import os
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

from harness.booting.media import Media
from harness.catalogue import System


@dataclass(frozen=True)
class Wiring:
    """Where the files of one boot go, and what is asked of the emulator besides running."""

    system: str
    media: Media | None  # None for an emulator that says needs_media = False
    folder: Path  # where it runs, and where its own configuration files go
    serial: Path  # every byte that the guest prints, as it comes
    index: int = 1  # which boot of this system in this run, from 1
    plugin: str | None = None  # value of QEMU's -plugin; None: no probe
    terminal: str | None = None  # a terminal device to be the guest's serial port, both ways: for console.py
    debugger: tuple[str, ...] = ()  # commands for Bochs's debugger, before the guest is let run to its end

    def path(self, file: Path) -> str:
        """`file` as seen from the folder: free of commas and blanks, which command lines and configuration files give a meaning."""
        return os.path.relpath(file, self.folder)


class Emulator(ABC):
    name: str
    cpu = ""  # the CPU model that the guest sees
    tested = ""  # how the version begins with which the law and the reference were tried; another one is used, and marked
    order = 9  # place in tables
    slowness = 1  # roughly, against the fastest; only used to start the longest boots first
    needs_media = True
    wall_clock = False  # True: ticks are the host's, so what counts them is told not to take them for instructions (wall.py)
    measures = True  # False: plays back what another measured, so it is no part of the whole set of cells

    @abstractmethod
    def problem(self) -> str | None:
        """None if it can be used, else one sentence that names the Debian package to install."""

    @abstractmethod
    def version(self) -> str:
        """The first line it says about itself. Only called if problem() is None."""

    def untested(self) -> str | None:
        """None, or how this version differs from the one that was tried. Only called if problem() is None."""
        version = self.version()
        return None if version.startswith(self.tested) else f"{version}, tried was {self.tested}"

    def refuses(self, system: System) -> str | None:
        """None if it can boot `system`, else why it cannot."""
        return None

    @abstractmethod
    def command(self, wiring: Wiring) -> list[str]:
        """The argument vector of one boot, to be run in wiring.folder; writes the configuration files it names. Raises Trouble."""

    @abstractmethod
    def success(self, status: int) -> bool:
        """Whether this exit status is the one that a guest's own orderly shutdown gives."""
