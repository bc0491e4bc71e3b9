"""A model of what regions might cost on a machine: events, and misses of a simulated TLB and caches, times published costs. Nothing here is measured in cycles.

The machines are machines/*.toml, each value with its source. The counts come from the plugin memory/memory.c, kept in a run as memory.json. What is wrong with such
a model is that it adds up what a processor overlaps; what it is good for is to see which conclusions hold whatever the costs are: sensitivity().
"""

import statistics
import tomllib
from dataclasses import dataclass
from pathlib import Path

from harness.errors import Trouble

FOLDER = Path(__file__).with_name("machines")
LEVELS = ("tlb", "l1i", "l1d", "l2")
SHAPES = {"tlb": ("entries", "ways", "tagged"), "l1i": ("bytes", "ways", "line"), "l1d": ("bytes", "ways", "line"), "l2": ("bytes", "ways", "line")}
COSTS = ("insns", "loads", "stores", "entries", "sysrets", "irets", "exceptions", "cr3", "invlpg", "wrmsr", "io", "rep", *LEVELS)
FACTORS = (0.5, 2)


@dataclass(frozen=True)
class Machine:
    name: str
    title: str
    shape: dict[str, tuple[int, int, int]]  # of the TLB and each cache, as SHAPES has them
    cost: dict[str, float]  # cycles, by event
    sources: dict[str, str]  # by table.key

    @property
    def option(self) -> str:
        """The plugin's option for it."""
        return ":".join([f"machine={self.name}", *("/".join(str(int(number)) for number in self.shape[level]) for level in LEVELS)])


def load(path: Path) -> Machine:
    """One machine's file. Raises Trouble that names what is missing, or not a number with its source."""
    try:
        data = tomllib.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise Trouble(f"{path} is not a readable machine: {error}") from error
    sources: dict[str, str] = {}

    def number(table: str, key: str) -> float:
        held = data.get(table)
        entry = held.get(key) if isinstance(held, dict) else None
        value = entry.get("value") if isinstance(entry, dict) else None
        if not isinstance(value, int | float) or not 0 <= value < 1e9 or not isinstance(entry.get("source"), str) or not entry["source"]:
            raise Trouble(f"{path}: [{table}] {key} is not {{ value = NUMBER, source = TEXT }}")
        sources[f"{table}.{key}"] = entry["source"]
        return value

    shape = {level: tuple(number(level, key) for key in SHAPES[level]) for level in LEVELS}
    cost = {key: number("cost", key) for key in COSTS}
    if not isinstance(data.get("title"), str):
        raise Trouble(f"{path}: no title")
    unknown = set(data) - {"title", "clock_mhz", "cost", *LEVELS} or set(data["cost"]) - set(COSTS)
    if unknown:
        raise Trouble(f"{path}: {', '.join(sorted(unknown))} is no cost or cache that the model has")
    return Machine(path.stem, data["title"], shape, cost, sources)


def machines(folder: Path = FOLDER) -> list[Machine]:
    return [load(path) for path in sorted(folder.glob("*.toml"))]


def cycles(machine: Machine, row: dict, cost: dict[str, float] | None = None) -> float:
    """Modelled cycles of one operation, from its row of memory.json."""
    cost = cost or machine.cost
    counts = row["counts"]
    events = {key: counts.get(f"{machine.name}.{key}" if key in LEVELS else key, 0) for key in COSTS}
    events["insns"] -= row["overhead"]
    return sum(events[key] * cost[key] for key in COSTS) / row["per"]


@dataclass(frozen=True)
class Conclusion:
    """On this operation one system is cheaper than another, in the model."""

    operation: tuple[str, str]
    system: str
    other: str
    ratio: float  # other / system

    @property
    def winner(self) -> str:
        return self.system if self.ratio > 1 else self.other if self.ratio < 1 else "neither"


def conclusions(machine: Machine, rows: list[dict], system: str, cost: dict[str, float] | None = None) -> list[Conclusion]:
    """`system` against every other, operation by operation."""
    found = {(row["experiment"], row["operation"], row["system"]): cycles(machine, row, cost) for row in rows}
    return [
        Conclusion((experiment, operation), system, other, value / found[experiment, operation, system])
        for (experiment, operation, other), value in found.items()
        if other != system and found.get((experiment, operation, system), 0) > 0 and value > 0
    ]


@dataclass(frozen=True)
class Change:
    """One cost halved or doubled."""

    cost: str
    factor: float
    means: dict[str, float]  # geometric mean of other / system, by other
    flipped: list[Conclusion]  # as they are now; the winner was another


def sensitivity(machine: Machine, rows: list[dict], system: str) -> list[Change]:
    """Each cost alone halved and doubled, and which conclusions change."""
    before = {(one.operation, one.other): one.winner for one in conclusions(machine, rows, system)}
    changes = []
    for key in COSTS:
        for factor in FACTORS if machine.cost[key] else ():
            now = conclusions(machine, rows, system, machine.cost | {key: machine.cost[key] * factor})
            changes.append(Change(key, factor, means(now), [one for one in now if before[one.operation, one.other] != one.winner]))
    return changes


def means(found: list[Conclusion]) -> dict[str, float]:
    by: dict[str, list[float]] = {}
    for one in found:
        by.setdefault(one.other, []).append(one.ratio)
    return {other: statistics.geometric_mean(ratios) for other, ratios in by.items()}
