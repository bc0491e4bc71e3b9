"""The live view of a run on a terminal: a line for each boot and, under one that runs, for each of its experiments; as many as there is room for.

What has ended scrolls away above it, one line a boot, as anywhere else (progress.py). Where there is less room than there are lines, an experiment that runs
goes before those that wait, and those before the ones that are done; what has no line is counted.
"""

from harness.booting.follow import Follower
from harness.watching.progress import Boot, Lines, Part

REFRESH = 4  # a second
HEAD_ROOM = 3  # lines of the terminal that are for none of these: the total, the cursor's, and the last thing that was said
WAITING = 4  # boots that wait have one line in so many, at least
INDENT = "  "
STATES = ("runs", "waits", "done")
DIM = STATES[1:]  # that nobody need look at now

Row = tuple[str, str, str, str]  # name, state, elapsed and estimated time, what it is doing


class Live(Lines):
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
        from rich.table import Table

        with self.lock:
            boots = [*self.boots.values()]
        grid = Table.grid(padding=(0, 2))
        for at, _ in enumerate(Row.__args__):
            width = max(map(len, STATES)) if at == 1 else None  # the state is never cut
            grid.add_column(no_wrap=True, overflow="ellipsis", min_width=width)  # a line that wraps would push another one out
        for row in rows(boots, max(2, self.console.height - HEAD_ROOM)):
            grid.add_row(*row, style="dim" if row[1] in DIM else "")
        if boots:
            grid.add_row(f"{self.ndone} of {self.ndone + len(boots)} {self.word}", "done", f"{self.left()} left", "")
        return grid


def rows(boots: list[Boot], room: int) -> list[Row]:
    """At most `room` (two or more) lines: what runs, then what waits."""
    running, waiting = [one for one in boots if one.follower], [one for one in boots if not one.follower]
    kept = min(len(waiting), max(1, min(room // WAITING, room - len(running))))
    found: list[Row] = []
    for number, one in enumerate(running):
        found += of_running(one, one.follower, (room - kept - len(found)) // (len(running) - number))
    found = cut(found, room - kept)
    return found + cut([(one.name, "waits", f"~ {one.estimate} s", what(one)) for one in waiting], room - len(found))


def cut(found: list[Row], room: int) -> list[Row]:
    return found if len(found) <= room else [*found[: max(0, room - 1)], (f"and {len(found) - max(0, room - 1)} more", found[-1][1], "", "")]


def what(one: Boot) -> str:
    return one.parts[0].name if len(one.parts) == 1 else f"{len(one.parts)} experiments" if one.parts else ""


def of_running(one: Boot, follower: Follower, room: int) -> list[Row]:
    """The boot's line and, if it has several experiments and there is room, theirs."""
    time = f"{follower.elapsed:.1f} of ~ {one.estimate} s"
    below = window(one.parts, follower, room - 1) if len(one.parts) > 1 else []
    if below:
        said = f"{len(follower.seconds)} of {len(one.parts)} experiments done" if follower.seconds or follower.experiment else follower.doing
    else:
        said = follower.doing + (f", {follower.ndone} of {one.noperations} done" if one.noperations else "")
    return [(one.name, "runs", time, said), *below]


def window(parts: tuple[Part, ...], follower: Follower, room: int) -> list[Row]:
    """`room` of the experiments: the first that is not done, what follows it, and in front of it what is done if that leaves lines."""
    ndone = next((number for number, part in enumerate(parts) if part.name not in follower.seconds), len(parts))
    first = max(0, min(ndone, len(parts) - room))
    return [of_part(part, follower) for part in parts[first : first + max(0, room)]]


def of_part(part: Part, follower: Follower) -> Row:
    name = INDENT + part.name
    if part.name in follower.seconds:
        return name, "done", f"{follower.seconds[part.name]:.1f} s", ""
    if part.name != follower.experiment:
        return name, "waits", f"~ {part.estimate} s", f"{part.noperations} operation{'s' if part.noperations != 1 else ''}"
    done = f"{follower.ndone_here} of {part.noperations}"
    return name, "runs", f"{follower.elapsed_here:.1f} of ~ {part.estimate} s", f"{follower.operation}, {done}" if follower.operation else f"{done} done"
