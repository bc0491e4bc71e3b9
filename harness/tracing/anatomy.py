"""The anatomy of the headline operations: traced in QEMU at the end of a run, kept in its folder, shown in its report.

Cheap: our kernels take one more boot each, of what the run has measured already; Linux two, since its paths depend on which programs ran before.
"""

import json
import threading
import time
from pathlib import Path

from markupsafe import Markup

from harness.catalogue import Experiment, System
from harness.errors import Trouble
from harness.figures import plot
from harness.reading.records import Record, write_json
from harness.tracing import flame, trace_text, tracing
from harness.tracing.trace import Frame, Trace, folded, stacks
from harness.tracing.tracing import QEMU, Request, name_of

FILE = "anatomy.json"
HEADLINES = ("null.syscall", "exception.prot-dispatch", "exception.prot-roundtrip", "pct.sync", "ipc.pipe", "ipc.lrpc", "vm.prot1", "vm.appel1")
SYSTEMS = ("exos", "ultrix-compat", "linux", "linux-tuned")
MOST_ROWS = 16  # of a table in the report: the largest functions; the others are one row


def make(experiments: list[Experiment], systems: list[System], emulators: dict, records: list[Record], run_dir: Path, timeout: float, jobs: int) -> list[tuple[float, float]]:
    """Trace what of the headlines this run has measured in QEMU, and write it to the run's folder. Returns when emulators ran. An interrupt ends them."""
    if QEMU not in emulators:
        return []
    spans: list[tuple[float, float]] = []
    wanted = [(one, tuple(operation.name for operation in one.operations if f"{one.name}.{operation.name}" in HEADLINES)) for one in experiments]
    requests, cancel = [], threading.Event()
    for system in systems:
        mine = tuple((one, names) for one, names in wanted if names and one.runs_on(system))
        if mine and system.name in SYSTEMS:
            requests.append(Request(system, mine, {QEMU: emulators[QEMU]}, run_dir, timeout, cancel))
    found = [one for part in tracing.at_once(lambda request: traced(request, records, spans), requests, jobs, cancel) for one in part]
    programs = {one.name: one.program for one in experiments}
    write_json(run_dir / FILE, [as_json(one, requests, programs, records) for one in found if one.steps or not one.why.startswith("unsupported")])
    return spans


def traced(request: Request, records: list[Record], spans: list[tuple[float, float]]) -> list[Trace]:
    began = time.monotonic()
    if request.system.kernel:
        mine = [one for one in records if (one.system, one.emulator) == (request.system.name, QEMU) and name_of(one) in request.names]
        found = tracing.trace_again(request, [one for one in mine if one.measurement and one.measurement.region])
    else:
        found = tracing.in_qemu(request)
    spans.append((began, time.monotonic()))
    return found


def as_json(one: Trace, requests: list[Request], programs: dict[str, str], records: list[Record]) -> dict:
    system = next(request.system for request in requests if request.system.name == one.system)
    steps = tracing.namer(system, programs[one.experiment], sources=False).named(one.steps)
    return {
        "experiment": one.experiment,
        "operation": one.operation,
        "system": one.system,
        "headline": trace_text.headline(one),
        "trouble": one.trouble(),
        "raw": one.raw,
        "overhead": one.overhead,
        "per": one.per,
        "as_measured": any(name_of(record) == name_of(one) and record.system == one.system and record.emulator == QEMU and record.measurement
                           and one.raw in record.measurement.raw for record in records),
        "functions": [{"ring": key[0], "of": key[1], "function": key[2], "instructions": count} for key, count in folded(steps).items()],
        "stacks": tree(stacks(steps)),
    }  # fmt: skip


def tree(frame: Frame) -> list:
    """[[ring, of, function], its own instructions, [children]]"""
    return [list(frame.key), frame.own, [tree(child) for child in frame.children.values()]]


def frame(kept: list) -> Frame:
    key, own, children = kept
    found = [frame(child) for child in children]
    return Frame(tuple(key), own, {child.key: child for child in found})


def section(run_dir: Path) -> Markup | None:
    """The section of the report, or None if the run has no traces. Raises Trouble if the file is damaged."""
    path = run_dir / FILE
    if not path.exists():
        return None
    try:
        found = json.loads(path.read_text())
        shown = [shown_row(one) for one in found]
    except (ValueError, KeyError, TypeError) as error:
        raise Trouble(f"{path} is damaged ({error}): remove it, and the report has no anatomy") from error
    groups = {name: [one for one in shown if f"{one['experiment']}.{one['operation']}" == name] for name in HEADLINES}
    return Markup(plot.template("anatomy.html", autoescape=True).render(groups={name: group for name, group in groups.items() if group}))


def shown_row(one: dict) -> dict:
    rows = one["functions"]
    kept = sorted(rows, key=lambda row: -row["instructions"])[:MOST_ROWS] if len(rows) > MOST_ROWS else rows
    rest = [row for row in rows if row not in kept]
    drawn = flame.svg([flame.Panel("", frame(one["stacks"]))]) if rows else ""
    net = one["raw"] - one["overhead"]
    return one | {"rows": [row for row in rows if row in kept], "nrest": len(rest), "rest": sum(row["instructions"] for row in rest), "net": net, "svg": Markup(drawn)}
