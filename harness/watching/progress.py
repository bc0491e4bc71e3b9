"""What the user sees while a run goes on: a plain line when a boot has ended, and on a terminal below them what runs and waits, which is live.py's business.

Times to come are estimate.py's: by earlier runs, so `?` where there is none.
"""

import sys
import threading
from dataclasses import dataclass, field, replace

from harness.watching.estimate import Estimate
from harness.booting.follow import Follower


@dataclass(frozen=True)
class Part:
    """One experiment of a boot."""

    name: str
    noperations: int
    estimate: Estimate


@dataclass
class Boot:
    """One boot that will be, is, or was."""

    name: str
    estimate: Estimate
    parts: tuple[Part, ...] = ()
    follower: Follower | None = None  # while it runs

    @property
    def noperations(self) -> int:
        return sum(part.noperations for part in self.parts)

    @property
    def left(self) -> float:
        """Seconds. If it takes longer than it may: what has not begun, at least."""
        if not self.follower:
            return self.estimate.seconds
        begun = {*self.follower.seconds, self.follower.experiment}
        return max(self.estimate.seconds - self.follower.elapsed, sum(part.estimate.seconds for part in self.parts if part.name not in begun))


@dataclass
class Lines:
    """One line a fact; also the interface. Its methods may be called by any thread."""

    jobs: int = 1  # at a time
    word: str = "boots"  # what they are
    boots: dict[str, Boot] = field(default_factory=dict)  # waiting or running, in the order of their beginning
    ndone: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def plan(self, boots: list[Boot], jobs: int, word: str = "boots") -> None:
        """These will be booted, `jobs` at a time."""
        self.jobs, self.word, self.boots = jobs, word, {one.name: one for one in boots}
        self.note(f"{len(boots)} {word}, {jobs} at a time: {self.left()}")

    def expect(self, estimate: Estimate) -> None:
        """All that waits will take so long."""
        with self.lock:
            self.boots = {name: one if one.follower else replace(one, estimate=estimate) for name, one in self.boots.items()}

    def begin(self, one: Boot) -> None:
        """A boot begins, planned or one more after a failure."""
        with self.lock:
            self.boots[one.name] = one

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


def display() -> Lines:
    if not sys.stdout.isatty():
        return Lines()
    from harness.watching.live import Live

    return Live()
