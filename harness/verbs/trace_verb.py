"""The verb `trace`: which operations, in which systems and emulators; boots, prints, and leaves a run folder with listings, JSON and a flame graph each."""

import json
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from harness import catalogue, emulators, packages
from harness.booting import linux_tuned
from harness.catalogue import Experiment, System
from harness.errors import BAD, OK, USAGE, Trouble
from harness.running.runner import BOOTS_AT_A_TIME
from harness.tracing import flame, trace_text, tracing
from harness.tracing.trace import Named, Trace, stacks
from harness.verbs import run

FORMATS = ("text", "json")
MADE_FOR = "QEMU emulator version 7.2"  # the plugin API and the counting rules that the probe relies on were established with this one


@dataclass(frozen=True)
class Shown:
    trace: Trace
    steps: list[Named]


def trace(arguments) -> int:
    """Do what the command line asks for. Raises Trouble."""
    if not arguments.no_build:
        run.build()
    systems = run.chosen("system", arguments.system, catalogue.SYSTEMS, catalogue.DEFAULT_SYSTEMS)
    wanted = chosen(arguments.operations, catalogue.experiments(), list(systems.values()))
    known = {name: one for name, one in emulators.load().items() if one.measures}
    machines = run.chosen("emulator", arguments.emulator, known, list(known))
    if linux_tuned.NAME in systems:
        linux_tuned.kernel(print)
    for name, machine in machines.items():
        note(machine.problem() or other_version(name, machine), f"{name}: ")
    note(packages.problem("python3-capstone"), "instructions are shown as bytes: ")
    folder = run.new_run_dir("trace-")
    requests = tracing.requests(wanted, list(systems.values()), machines, folder, arguments.timeout, cancel := threading.Event())
    if not requests:
        raise Trouble("no system that was asked for has this operation: see ./exolab list")
    found = [one for part in tracing.at_once(tracing.traces, requests, BOOTS_AT_A_TIME, cancel) for one in part]
    found.sort(key=lambda one: [experiment.name for experiment, _ in wanted].index(one.experiment))
    programs = {experiment.name: experiment.program for experiment, _ in wanted}
    shown = [Shown(one, tracing.namer(catalogue.SYSTEMS[one.system], programs[one.experiment]).named(one.steps)) for one in found]
    write(folder, shown)
    print(json.dumps([trace_text.as_json(one.trace, one.steps) for one in shown], indent=1) if arguments.format == "json" else text(shown, arguments.list))
    print(f"in {folder}: listings, trace.json, flame graphs (trace-OPERATION.svg)", file=sys.stderr)
    return status(shown)


def note(text: str | None, before: str) -> None:
    if text:
        print(f"exolab: {before}{text}", file=sys.stderr)


def other_version(name: str, machine) -> str | None:
    """A warning if this is not the emulator that was probed; the sums show whether it counts the same."""
    if name != tracing.QEMU or machine.version().startswith(MADE_FOR):
        return None
    return f"{machine.version()} is not the version that the probe was made for ({MADE_FOR}): believe a trace only if it adds up"


def chosen(names: list[str], experiments: list[Experiment], systems: list[System]) -> list[tuple[Experiment, tuple[str, ...]]]:
    """The experiments of the operations that were named, and which of theirs. Raises Trouble with what is near, or with who else has that name
    on these systems."""
    every = {f"{one.name}.{operation.name}": (one, operation.name) for one in experiments for operation in one.operations}
    found: dict[str, tuple[Experiment, list[str]]] = {}
    for name in (given.replace("/", ".") for given in names):  # `gate` writes them with a stroke
        full = [key for key in every if key == name or key.split(".", 1)[1] == name]
        full = [key for key in full if any(every[key][0].runs_on(system) for system in systems)] or full
        if len(full) > 1:
            raise Trouble(f"{name} is an operation of several experiments: say {' or '.join(full)}")
        key = full[0] if full else next(iter(run.chosen("operation", [name], every | {key.split(".", 1)[1]: one for key, one in every.items()}, [])))
        experiment, operation = every[key]
        found.setdefault(experiment.name, (experiment, []))[1].append(operation)
    return [(experiment, tuple(dict.fromkeys(operations))) for experiment, operations in found.values()]


def text(shown: list[Shown], lines: bool) -> str:
    """What is printed: the sums and, if asked for, the lines of each operation and system once, if the emulators agree."""
    parts: list[str] = []
    before: Shown | None = None
    for one in shown:
        part = [trace_text.headline(one.trace)]
        said = trace_text.comparison(before.trace, one.trace) if one.steps and before and before.steps and before.trace.name == one.trace.name else ""
        if said:
            part[0] += f"\n{said}"
        if one.steps and not trace_text.agree(said):
            part += [trace_text.sums(one.steps, one.trace), *([trace_text.listing(one.steps)] if lines else [])]
        parts.append("\n\n".join(part))
        before = one
    return "\n\n".join(parts) + "\n"


def write(folder: Path, shown: list[Shown]) -> None:
    """The run folder's files: a listing a trace, all as JSON, a flame graph an operation."""
    for one in shown:
        if one.steps:
            name = f"trace-{one.trace.operation}-{one.trace.system}-{one.trace.emulator}.txt"
            (folder / name).write_text(f"{trace_text.headline(one.trace)}\n\n{trace_text.sums(one.steps, one.trace)}\n\n{trace_text.listing(one.steps)}\n")
    (folder / "trace.json").write_text(json.dumps([trace_text.as_json(one.trace, one.steps) for one in shown], indent=1) + "\n")
    for operation in dict.fromkeys((one.trace.experiment, one.trace.operation) for one in shown):
        panels: dict[str, flame.Panel] = {}
        for one in shown:
            if (one.trace.experiment, one.trace.operation) == operation and one.steps:
                panels.setdefault(one.trace.system, flame.Panel(trace_text.headline(one.trace), stacks(one.steps)))
        if panels:
            (folder / f"trace-{operation[1]}.svg").write_text(flame.svg(list(panels.values())))


def status(shown: list[Shown]) -> int:
    """BAD if a trace does not add up or the emulators part; USAGE if there is none at all."""
    steps = [one for one in shown if one.steps]
    if not steps:
        return USAGE
    pairs = [(a, b) for a, b in zip(steps, steps[1:]) if a.trace.name == b.trace.name]
    wrong = any(one.trace.trouble() for one in steps) or any(trace_text.PART in trace_text.comparison(a.trace, b.trace) for a, b in pairs)
    return BAD if wrong else OK
