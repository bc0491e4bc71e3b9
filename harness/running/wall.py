"""`run --wall N`: how long the operations take in plain QEMU, by the host's clock. Each system is booted N times, one boot at a time, in an interleaved order.

Plain QEMU translates the guest's code and runs it as fast as it can: a tick of the guest's time-stamp counter is one of the host's, and the system says at its boot how
long that is (docs/wire-format.md). What comes of it is the time of an emulator on this host, which no processor takes: it is kept in wall.json, apart from the counts, and no
claim, ratio or gate is made of it. Unlike counts it has noise, so each boot gives one value, the median of its samples, and of those there is a median with its interval.
"""

import json
import statistics
from pathlib import Path

from harness import stats, usage
from harness.booting.boot import Booted
from harness.catalogue import Experiment
from harness.comparing.show import grid
from harness.emulators.qemu import PLAIN, Qemu
from harness.errors import Trouble
from harness.published import ratios
from harness.reading import verdicts
from harness.reading.records import Record, load, load_json, per_operation, violation

FILE = "wall.json"
LABEL = "wall"  # in the names of its boots
LEAST, MOST = 2, 1000
EMULATOR = Qemu(PLAIN, wall_clock=True)
COUNTED = "qemu"  # whose counts stand beside the times
NUMBER = {"type": "number"}
KEY = ("experiment", "operation", "system")
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": [*KEY, "boots", "nanoseconds", "median", "low", "high"],
        "properties": {
            **{name: {"type": "string", "minLength": 1} for name in KEY},
            "boots": {"type": "integer", "minimum": 1},
            "nanoseconds": {"type": "array", "items": NUMBER, "minItems": 1},
            "median": NUMBER,
            **{name: {"type": ["number", "null"]} for name in ("low", "high")},
        },
    },
}


def times(booted: Booted, experiments: list[Experiment]) -> dict[tuple[str, str, str], float]:
    """Of one boot, the nanoseconds of one execution of each operation: the median of its samples, net of the region's own frame."""
    clock = booted.log.first("clock")
    if not clock or not clock.arguments[0]:
        return {}
    ticks, nanoseconds = clock.arguments
    found, _ = verdicts.settle(booted, experiments)
    measured = [one for one in found if one.measurement and one.measurement.region]
    return {key(one): (statistics.median(one.measurement.raw) - one.measurement.overhead) / one.measurement.per * nanoseconds / ticks for one in measured}


def key(record: Record) -> tuple[str, str, str]:
    return record.experiment, record.operation, record.system


def collect(records: list[Record], boots: list[dict], asked: int) -> list[dict]:
    """A row for each operation that was measured in instructions and timed in at least one boot. `boots`: the times() of each."""
    rows = []
    for name in dict.fromkeys(key(one) for one in records if one.measurement and one.measurement.region):
        values = [round(one[name], 1) for one in boots if name in one]
        if values:
            low, high = stats.median_interval(values) or (None, None)
            rows.append(dict(zip(KEY, name)) | {"boots": asked, "nanoseconds": values, "median": round(statistics.median(values), 1), "low": low, "high": high})
    return rows


def load_rows(run_dir: Path) -> list[dict]:
    """The rows of a run, [] if it was not asked for. Raises Trouble if they are damaged."""
    if not (run_dir / FILE).exists():
        return []
    rows = load_json(run_dir, FILE)
    if wrong := violation(rows, SCHEMA):
        raise Trouble(f"{run_dir}/{FILE} is not what wall times are kept as ({wrong}): ./exolab reprocess --run {usage.named(run_dir)} makes it again")
    return rows


def cell(row: dict | None) -> str:
    """The median and its interval."""
    if not row:
        return "-"
    return brief(row["median"]) + ("" if row["low"] is None else f" [{brief(row['low'])}..{brief(row['high'])}]")


def brief(value: float) -> str:
    return f"{value:.1f}" if abs(value) < 100 else f"{value:.0f}"


def table(rows: list[dict]) -> tuple[list[str], list[tuple[str, str, list[dict | None]]]]:
    """Systems across, operations down."""
    systems = list(dict.fromkeys(one["system"] for one in rows))
    by_key = {tuple(one[name] for name in KEY): one for one in rows}
    operations = dict.fromkeys((one["experiment"], one["operation"]) for one in rows)
    return systems, [(*name, [by_key.get((*name, system)) for system in systems]) for name in operations]


def sentences(rows: list[dict], run_dir: Path) -> list[str]:
    """What they are, and how a UNIX system compares by either measure."""
    asked = max(one["boots"] for one in rows)
    fewer = sum(len(one["nanoseconds"]) < one["boots"] for one in rows)
    said = f"Nanoseconds in plain QEMU on this host: the median of {asked} boots of each system, and the 95 % interval of the median (bootstrap)"
    return [said + (f"; {fewer} of {len(rows)} have a number in fewer boots." if fewer else "."), *comparison(rows, per_operation(load(run_dir)))]


def comparison(rows: list[dict], counts: list[dict]) -> list[str]:
    """For each UNIX system, the geometric mean of unix / exokernel in instructions and in time, over the operations that have both."""
    time = {tuple(one[name] for name in KEY): one["median"] for one in rows}
    lines = []
    for unix in dict.fromkeys(one["system"] for one in rows if one["system"] not in ratios.EXOKERNELS):
        both = []
        for one in ratios.ratios(counts):
            above, below = time.get((one.experiment, one.unix_operation, unix), 0), time.get((one.experiment, one.operation, ratios.EXOKERNEL), 0)
            if one.unix == unix and one.value and above > 0 and below > 0:
                both.append((one.value, above / below))
        if both:
            count, wall = (stats.geometric_mean(values) for values in zip(*both))
            lines.append(f"{unix} / exokernel, geometric mean over {len(both)} operations: {count:.2f} in instructions, {wall:.2f} in time.")
    return lines


def text(rows: list[dict], run_dir: Path) -> str:
    systems, lines = table(rows)
    body = [[f"{experiment}/{operation}", *map(cell, found)] for experiment, operation, found in lines]
    return "\n\n".join([grid([["", *systems]], body), *sentences(rows, run_dir)])


def as_json(rows: list[dict], _run_dir: Path) -> str:
    return json.dumps(rows, indent=1)


FORMATS = {"table": text, "json": as_json}
