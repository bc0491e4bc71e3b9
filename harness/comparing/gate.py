"""Two runs held against each other, exactly: counts have no noise, so one instruction more or less on a measured path is a change that wants a reason.

The gate's other question, whether the baseline is a fair one, is fairness.py's.
"""

from dataclasses import dataclass

from harness.catalogue import SYSTEMS
from harness.comparing.show import cell, grid
from harness.errors import OK
from harness.reading.records import per_operation

CHANGED, UNTOLD = 1, 2  # exit statuses: a path has changed; nothing could be told

# what a cell's figures came to
SAME, DIFFERENT, LOST, NEW, UNKNOWN = "same", "changed", "lost", "new", "not measured"
NEVER = "no number in either"
HEAD = ["", "system", "emulator", "before", "after", "difference", "after / before"]


@dataclass(frozen=True)
class Line:
    """One cell in both runs."""

    name: tuple[str, str, str, str]  # experiment, operation, system, emulator
    state: str
    before: dict | None  # records as shown (per operation)
    after: dict | None

    @property
    def difference(self) -> float | None:
        if self.state not in (SAME, DIFFERENT):
            return None
        return round(self.after["median"] - self.before["median"], 4)

    @property
    def ratio(self) -> float | None:
        """After / before."""
        if self.state not in (SAME, DIFFERENT) or not self.before["median"]:
            return None
        return self.after["median"] / self.before["median"]


def key(record: dict) -> tuple[str, str, str, str]:
    return record["experiment"], record["operation"], record["system"], record["emulator"]


def lines(before: list[dict], after: list[dict]) -> list[Line]:
    """A line for each cell of either run, in the order of `before`, then what is new."""
    old, new = ({key(one): one for one in per_operation(run)} for run in (before, after))
    return [Line(name, state(old.get(name), new.get(name)), old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new])]


def state(before: dict | None, after: dict | None) -> str:
    if after is None:
        return UNKNOWN
    if before is None:
        return NEW
    if before["verdict"] != "ok" or after["verdict"] != "ok":
        return LOST if before["verdict"] == "ok" else NEW if after["verdict"] == "ok" else NEVER
    return SAME if figures(before) == figures(after) else DIFFERENT


def figures(record: dict) -> tuple:
    """What must be equal: all of our kernels' samples; Linux's timer may tick in one, so of Linux the median."""
    ours = SYSTEMS[record["system"]].kernel if record["system"] in SYSTEMS else None
    return (record["min"], record["median"], record["max"]) if ours else (record["median"],)


def status(found: list[Line]) -> int:
    """0: every cell of the newer run that the older one has is the same; 1: one is not, or has lost its number; 2: they have no cell in common."""
    states = {one.state for one in found}
    if states & {DIFFERENT, LOST}:
        return CHANGED
    return OK if SAME in states else UNTOLD


def table(found: list[Line]) -> str:
    """What is not the same, the largest change first, and how many are."""
    shown = sorted((one for one in found if one.state in (DIFFERENT, LOST)), key=lambda one: -abs(one.difference or 1e18))
    parts = [grid([HEAD], [row(one) for one in shown]), "\n".join(sentences(shown))] if shown else []
    return "\n\n".join([part for part in parts if part] + [summary(found)])


def sentences(shown: list[Line]) -> list[str]:
    """`null/syscall on exos: +1 instruction`: what changed, in words, an operation and system once if its emulators agree."""
    return list(dict.fromkeys(sentence(one) for one in shown if one.state == DIFFERENT and one.difference))


def sentence(one: Line) -> str:
    counted = "thing counted" if one.after["unit"] == "count" else "instruction"
    per, change = one.after.get("per") or 1, one.difference
    times = f" ({change * per:+.0f} in a region that performs it {per} times)" if per > 1 else ""
    return f"{one.name[0]}/{one.name[1]} on {one.name[2]}: {change:+g} {counted}{'' if abs(change) == 1 else 's'}{times}"


def row(one: Line) -> list[str]:
    change = "" if one.difference is None else f"{one.difference:+g}" if abs(one.difference) < 1e6 else f"{one.difference:+.0f}"
    ratio = "" if one.ratio is None else f"{one.ratio:.4f}"
    before, after = (cell(record) if record else "-" for record in (one.before, one.after))
    return [f"{one.name[0]}/{one.name[1]}", *one.name[2:], before, after, change, ratio]


def summary(found: list[Line]) -> str:
    count = {word: sum(one.state == word for one in found) for word in (SAME, DIFFERENT, LOST, NEW, UNKNOWN)}
    return (
        f"{count[SAME]} cells are the same, {count[DIFFERENT]} changed, {count[LOST]} lost their number, {count[NEW]} are new, "
        f"{count[UNKNOWN]} were not measured this time"
    )
