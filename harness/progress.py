"""What the user sees while a run goes on: on a terminal a line for each boot that runs or waits, anywhere else a plain line when one has ended.

Times to come are estimate.py's: by earlier runs, so `?` where there is none.
"""

import sys
import threading
from dataclasses import dataclass, field

from harness.estimate import Estimate
from harness.follow import Follower

REFRESH = 4  # a second
HEAD_ROOM = 3  # lines of the terminal that are not for boots


@dataclass
class Boot:
    """One boot that will be, is, or was."""

    name: str
    estimate: Estimate
    noperations: int
    follower: Follower | None = None  # while it runs

    @property
    def left(self) -> float:
        return max(0.0, self.estimate.seconds - (self.follower.elapsed if self.follower else 0))


@dataclass
class Lines:
    """One line a fact; also the interface. Its methods may be called by any thread."""

    jobs: int = 1  # at a time
    boots: dict[str, Boot] = field(default_factory=dict)  # waiting or running, in the order of their beginning
    ndone: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def plan(self, boots: list[Boot], jobs: int) -> None:
        """These will be booted, `jobs` at a time."""
        self.jobs, self.boots = jobs, {one.name: one for one in boots}
        self.note(f"{len(boots)} boots, {jobs} at a time: {self.left()}")

    def begin(self, name: str, follower: Follower) -> None:
        """A boot begins, planned or one more after a failure."""
        with self.lock:
            self.boots.setdefault(name, Boot(name, Estimate(0, False), 0)).follower = follower

    def end(self, name: str, said: str) -> None:
        """It is over, or will not be made."""
        with self.lock:
            self.boots.pop(name, None)
            self.ndone += 1
        self.note(f"{name}: {said}{self.progress()}")

    def progress(self) -> str:
        return f"  [{self.ndone} of {self.ndone + len(self.boots)}, {self.left()} left]" if self.boots else ""

    def left(self) -> str:
        """How long the rest may take."""
        with self.lock:
            boots = [*self.boots.values()]
        longest = max((one.left for one in boots), default=0)
        unknown = "" if all(one.estimate.known for one in boots) else " or more"
        return f"about {max(longest, sum(one.left for one in boots) / self.jobs):.0f} s{unknown}"

    def note(self, text: str) -> None:
        sys.stdout.write(text + "\n")  # in one piece: two boots at a time may have something to say
        sys.stdout.flush()


class Silence(Lines):
    """Nothing: for runs that are only read."""

    def note(self, text: str) -> None:
        pass


class Live(Lines):
    """rich's live display of what runs and what waits; what has ended scrolls away above it."""

    def __enter__(self):
        from rich.console import Console
        from rich.live import Live as Display

        self.console = Console()
        self.display = Display(console=self.console, get_renderable=self.table, refresh_per_second=REFRESH, transient=True)
        self.display.start()
        return self

    def __exit__(self, *_):
        self.display.stop()

    def note(self, text: str) -> None:
        self.console.print(text, markup=False, highlight=False)

    def progress(self) -> str:
        return ""  # the display says it

    def table(self):
        """A line for each boot: those that run, then those that wait, as many as the terminal has room for."""
        from rich.table import Table

        with self.lock:
            boots = sorted(self.boots.values(), key=lambda one: one.follower is None)
        grid = Table.grid(padding=(0, 2))
        for one in boots[: max(1, self.console.height - HEAD_ROOM)]:
            grid.add_row(*row(one))
        if boots:
            grid.add_row(f"{self.ndone} of {self.ndone + len(boots)}", "done", "", f"{self.left()} left")
        return grid


def row(one: Boot) -> tuple[str, str, str, str]:
    """Name, state, elapsed and estimated time, what it is doing."""
    if one.follower is None:
        return one.name, "waits", f"~ {one.estimate} s", ""
    cells = f" ({one.follower.ndone} of {one.noperations})" if one.noperations else ""
    return one.name, "runs", f"{one.follower.elapsed:.1f} of ~ {one.estimate} s", one.follower.doing + cells


def display() -> Lines:
    return Live() if sys.stdout.isatty() else Lines()
