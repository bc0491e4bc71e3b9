"""The verb `run`: from what was asked for to a finished run folder with its tables, figures and report.

Booting and judging are runner.py's business; this chooses, builds, names the folder, and shows what came of it.
"""

import difflib
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterable

from harness import catalogue, emulators, image, law, linux_tuned, packages, paths, planning, progress, records, show
from harness.catalogue import Experiment, System
from harness.errors import BAD, INTERRUPTED, OK, Trouble
from harness.runner import Plan, Runner

ALL = "all"  # --system all: also those that are measured only if asked for
NEEDED_TO_BUILD = ("make", "gcc", "binutils")
SPARE_NAMES = 100  # runs that may begin in the same second


def run(arguments) -> int:
    """Do what the command line asks for, from the build to the report. Returns the exit status. Raises Trouble."""
    known, systems, machines = places(arguments)
    if not arguments.no_build:
        build()
    everything, experiments = asked_for(arguments)
    if linux_tuned.NAME in systems:
        linux_tuned.kernel(print)  # now, not in the middle of the measuring
    key = secrets.token_bytes(16) if arguments.random_key else image.FIXED_KEY
    plan = Plan(list(experiments.values()), list(systems.values()), machines, new_run_dir(), arguments.timeout, key, arguments.bindings)
    with progress.display() as display:
        runner = Runner(plan, display)
        result = runner.run()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the end is near: an impatient (second) Ctrl-C must not cost the records
    runner.save(result, stamp=stamp(plan, known, everything), bindings=arguments.bindings)
    if result.disk_full:
        kept = sum(one.verdict in records.GOOD for one in result.records)
        raise Trouble(f"the disk is full: {kept} cells of {len(result.records)} are kept in {plan.run_dir}; free some space and run again (results/latest is unchanged)")
    return conclude(plan.run_dir, result.interrupted)


def show_plan(arguments) -> int:
    """Say what run would do with the same arguments. Raises Trouble."""
    _, systems, machines = places(arguments)
    _, experiments = asked_for(arguments)
    print(planning.text(Plan(list(experiments.values()), list(systems.values()), machines, paths.RESULTS, 0)))
    return OK


def asked_for(arguments) -> tuple[dict[str, Experiment], dict[str, Experiment]]:
    """Every experiment that is built, and those that the command line names."""
    everything = {one.name: one for one in catalogue.experiments()}
    return everything, chosen("experiment", arguments.experiments, everything, list(everything))


def places(arguments) -> tuple[dict, dict[str, System], dict]:
    """All emulators, and the systems and emulators that the command line names. Raises Trouble if none of the emulators is usable."""
    known = emulators.load()
    asked = list(catalogue.SYSTEMS) if ALL in (arguments.system or []) else arguments.system
    systems = chosen("system", asked, catalogue.SYSTEMS, catalogue.DEFAULT_SYSTEMS)
    default = ["replay"] if arguments.replay else [name for name, one in known.items() if one.measures]
    machines = chosen("emulator", arguments.emulator, known, default)
    if arguments.replay and "replay" not in machines:
        raise Trouble("--replay DIR needs the emulator replay: leave --emulator out")
    if arguments.replay and not arguments.replay.is_dir():
        raise Trouble(f"{arguments.replay} is not a folder: give --replay a folder of recorded logs")
    known["replay"].recordings = arguments.replay and arguments.replay.absolute()
    problems = [problem for one in machines.values() if (problem := one.problem())]
    if len(problems) == len(machines):
        raise Trouble("; ".join(problems))
    return known, systems, machines


def chosen(kind: str, names: list[str] | None, known: dict, default: list[str]) -> dict:
    """The entries of `known` that were asked for, in the order of `known`. Raises Trouble with what is near to a misspelt name."""
    for name in names or []:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
            raise Trouble(f"no {kind} is called {name}: {hint}")
    return {name: one for name, one in known.items() if name in (names or default)}


def build() -> None:
    if problem := packages.problem(*NEEDED_TO_BUILD):
        raise Trouble(problem)
    made = subprocess.run(["make", "-C", paths.ROOT, "build"], capture_output=True, text=True, errors="replace")
    if made.returncode:
        sys.stderr.write("".join(f"    {line}\n" for line in (made.stdout + made.stderr).splitlines()[-20:]))
        raise Trouble("make build failed: its last lines are above")


def new_run_dir() -> Path:
    """A new folder under results/, named after the moment."""
    name = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    for suffix in ["", *(f"-{n}" for n in range(2, SPARE_NAMES))]:
        try:
            (paths.RESULTS / (name + suffix)).mkdir(parents=True)
            return paths.RESULTS / (name + suffix)
        except FileExistsError:
            continue
        except OSError as error:
            raise Trouble(f"no run folder can be made in {paths.RESULTS}: {error.strerror}") from error
    raise Trouble(f"{paths.RESULTS} has too many runs of this second: try again")


def stamp(plan: Plan, known: dict, everything: dict) -> str:
    """What must stand on every page of a run that is not the whole of what can be measured."""
    if any(not one.measures for one in plan.emulators.values()):
        return "REPLAY of recorded logs, not a measurement"
    machines = [one for one in known.values() if one.measures]
    default = [catalogue.SYSTEMS[name] for name in catalogue.DEFAULT_SYSTEMS]
    n = ncells(plan.experiments, [one for one in plan.systems if one.default]) * len(plan.emulators)
    m = ncells(everything.values(), default) * len(machines)
    return f"PARTIAL {n}/{m} cells" if n < m else ""


def ncells(experiments: Iterable[Experiment], systems: list[System]) -> int:
    """How many cells there are in one emulator."""
    return sum(len(one.operations) for one in experiments for system in systems if one.concerns(system))


def conclude(run_dir: Path, interrupted: bool) -> int:
    """Show a finished run, draw it, and decide the exit status."""
    cells, checks = records.load(run_dir), law.load_checks(run_dir)
    about = records.load_json(run_dir, "manifest.json")
    print("\n" + show.as_tables(cells, about) + "\n")
    wrong = law.violated(checks)
    if checks:
        good = sum(one["verdict"] == "ok" for one in checks)
        broken = sum(one["verdict"] == "fail" for one in checks)
        print(f"the law bochs = qemu - R + F + D: of {len(checks)} regions {good} hold it exactly, {broken} do not, {len(checks) - good - broken} have no numbers")
        print("".join(f"    {line}\n" for line in show.reasons(checks)), end="")
    if interrupted:
        print(f"interrupted; what is complete is in {run_dir}")
        return INTERRUPTED
    draw(run_dir)
    print(f"report: {write_report(run_dir)}")
    return BAD if wrong or any(one["verdict"] not in records.GOOD for one in cells) else OK


def draw(run_dir: Path) -> list[Path]:
    from harness import plot

    return plot.draw(run_dir.resolve())


def write_report(run_dir: Path) -> Path:
    from harness import report  # here, because importing jinja2 takes longer than most verbs

    return report.write(run_dir.resolve())
