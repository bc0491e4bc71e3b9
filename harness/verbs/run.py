"""The verb `run`: from what was asked for to a finished run folder with its tables, figures and report.

Booting and judging are runner.py's business; this chooses, builds, names the folder, and shows what came of it.
"""

import secrets
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Iterable

from harness import catalogue, emulators, interrupts, packages, paths, usage
from harness.booting import image, linux_tuned
from harness.catalogue import Experiment, System
from harness.comparing import show
from harness.crosscheck import law
from harness.errors import BAD, INTERRUPTED, OK, Trouble
from harness.reading import provenance, records
from harness.running import kept, layouts, planning, reprocess, wall
from harness.running.folder import MANIFEST, Folder
from harness.running.runner import BOOTS_AT_A_TIME, Plan, Runner
from harness.tracing import anatomy
from harness.watching import progress
from harness.watching.clock import Clock

QUICK_SYSTEMS = [name for name, system in catalogue.SYSTEMS.items() if system.default and system.kernel]  # --quick: ours, in the faster emulator
QUICK_EMULATORS = ["qemu"]
ALL = "all"  # --system all: also those that are measured only if asked for
NEEDED_TO_BUILD = ("make", "gcc", "binutils")
SPARE_NAMES = 100  # runs that may begin in the same second


def run(arguments) -> int:
    """Do what the command line asks for, from the build to the report. Returns the exit status. Raises Trouble."""
    if arguments.resume:
        return resume(arguments)
    clock = Clock()
    known, systems, machines = places(arguments)
    if arguments.layouts:
        able(arguments, machines, fixed_key=not arguments.random_key)
    if arguments.wall and (arguments.replay or wall.COUNTED not in machines):
        raise Trouble(f"--wall sets times in plain QEMU beside its counts: leave out --replay, and --emulator or name {wall.COUNTED} there too")
    if not arguments.no_build:
        build()
        clock.lap("build")
    everything, experiments = asked_for(arguments)
    if linux_tuned.NAME in systems:
        linux_tuned.kernel(print)  # now, not in the middle of the measuring
    key = secrets.token_bytes(16) if arguments.random_key else image.FIXED_KEY
    plan = planned(arguments, experiments, systems, machines, run_dir=new_run_dir(), key=key)
    status = carry_out(plan, clock, stamp=full_stamp(plan, known, everything, arguments.quick), layouts=arguments.layouts)
    return with_layouts(plan, arguments.layouts, status)


def able(arguments, machines: dict, fixed_key: bool) -> None:
    """Refuse what --layouts cannot do. Raises Trouble."""
    if arguments.no_build or arguments.replay or not fixed_key:
        raise Trouble("--layouts links every image anew and measures it with the fixed key: leave out --no-build, --replay and --random-key")
    if layouts.EMULATOR not in machines:
        raise Trouble(f"--layouts measures in {layouts.EMULATOR}: name it with --emulator, or leave --emulator out")


def with_layouts(plan: Plan, nlayouts: int | None, status: int) -> int:
    """The same experiments and systems in other layouts of the images, after a run that came to its end with `status`; says which counts depend on that, and
    writes the report again. Returns the exit status."""
    if not nlayouts or status == INTERRUPTED:
        return status
    systems = [one.name for one in plan.systems]
    asked = [*(one.name for one in plan.experiments), "--system", *systems, "--emulator", layouts.EMULATOR, "--timeout", f"{plan.timeout:g}", "--jobs", str(plan.jobs)]
    if plan.bindings is not None:
        asked += ["--bindings", str(plan.bindings)]
    interrupts.listen()  # carry_out() had no more use for them
    try:
        with progress.display() as display:
            layouts.measure(plan.run_dir, nlayouts, asked, display)
    except KeyboardInterrupt:
        print(f"report: {write_report(plan.run_dir)}")
        print(f"interrupted; {nlayouts - len(layouts.missing(plan.run_dir, nlayouts))} of {nlayouts} layouts are kept, and ./exolab run --resume {usage.named(plan.run_dir)} goes on")
        return INTERRUPTED
    print("\n" + layouts.text(layouts.load(plan.run_dir), nlayouts))
    print(f"report: {write_report(plan.run_dir)}")
    return status


def planned(arguments, experiments: dict, systems: dict, machines: dict, run_dir: Path = paths.RESULTS, key: bytes = image.FIXED_KEY) -> Plan:
    options = {"timeout": arguments.timeout, "bindings": arguments.bindings, "jobs": arguments.jobs or BOOTS_AT_A_TIME, "seed": arguments.seed, "probed": not arguments.quick, "memory": arguments.memory, "wall": arguments.wall or 0}
    return Plan([*experiments.values()], [*systems.values()], machines, run_dir, key=key, **options)


def resume(arguments) -> int:
    """Go on with a run that was interrupted: what it planned is measured, but for the boots that it has. Raises Trouble if it is not the same build."""
    clock, run_dir = Clock(), arguments.resume.resolve()
    asked = [*arguments.experiments, *(arguments.system or []), *(arguments.emulator or [])]
    if asked or arguments.quick or arguments.memory or arguments.wall or arguments.seed is not None:
        raise Trouble(f"--resume goes on with what the run had planned: leave out {asked[0] if asked else '--quick, --memory, --wall and --seed'}")
    about = records.load_json(run_dir, "manifest.json") and provenance.loaded(run_dir)
    complete, nlayouts = about.get("interrupted") is False, arguments.layouts or about.get("layouts")
    if complete and not (nlayouts and layouts.missing(run_dir, nlayouts)):
        raise Trouble(f"{run_dir} is complete: nothing to go on with (--layouts {max(nlayouts or 0, 10) * 2} would measure more layouts)")
    if not arguments.no_build:
        build()
        clock.lap("build")
    plan = replace(reprocess.plan_of(run_dir, about), jobs=arguments.jobs or BOOTS_AT_A_TIME)
    wire(plan.emulators, arguments.replay)
    if nlayouts:
        able(arguments, plan.emulators, fixed_key=plan.key == image.FIXED_KEY)
    made = kept.finished(run_dir, about["boots"])
    for name, one in made.items():
        kept.same_files(name, one)
    for one in plan.emulators.values():
        before = about["emulators"].get(one.name)
        if one.measures and not one.problem() and before != one.version():
            raise Trouble(f"{run_dir} was begun with {before}, here is {one.version()}: a run cannot go on in another emulator, begin a new one")
    print(f"{run_dir.name}: {len(made)} boots are there already")
    if complete:
        records.write_json(run_dir / MANIFEST, records.load_json(run_dir, MANIFEST) | {"layouts": nlayouts})
        status = status_of(records.load(run_dir), law.load_checks(run_dir))
    else:
        status = carry_out(plan, clock, made, stamp=about["stamp"], layouts=nlayouts)
    return with_layouts(plan, nlayouts, status)


def carry_out(plan: Plan, clock: Clock, made: dict[str, dict] | None = None, **facts) -> int:
    """Make the boots of a plan but those that are `made`; check, save, show, draw. Returns the exit status. Raises Trouble."""
    folder = Folder(plan, **facts)
    with progress.display() as display:
        runner = Runner(plan, display, made, folder)
        result = runner.run()
    interrupts.ignore()  # the end is near: an impatient (second) Ctrl-C must not cost the records
    clock.lap("boots")
    folder.save(runner, result)
    if result.disk_full:
        kept_cells = sum(one.verdict in records.GOOD for one in result.records)
        raise Trouble(
            f"the disk is full: {kept_cells} cells of {len(result.records)} are kept in {plan.run_dir}; free some space, then ./exolab run --resume {usage.named(plan.run_dir)} "
            "goes on (results/latest is unchanged)"
        )
    interrupted = result.interrupted
    if plan.probed and not interrupted:
        interrupted = not dissected(plan, runner, result.records)
        folder.keep(runner, interrupted)
        clock.lap("anatomy")
    status = conclude(plan.run_dir, interrupted)
    if not interrupted:
        clock.lap("tables, figures, report")
        folder.keep(runner, False, seconds=clock.seconds(runner.spans))
        print(clock.text(runner.spans, plan.jobs))
    return status


def dissected(plan: Plan, runner: Runner, cells: list[records.Record]) -> bool:
    """Trace the headline operations. False if that was interrupted."""
    try:  # all of it: whoever reads the line and interrupts at once is told how to go on, too
        interrupts.listen()
        print("tracing the headline operations, for the report", flush=True)
        runner.spans += anatomy.make(plan.experiments, plan.systems, plan.emulators, cells, plan.run_dir, plan.timeout, plan.jobs)
        interrupts.ignore()
    except KeyboardInterrupt:
        return False
    return True


def show_plan(arguments) -> int:
    """Say what run would do with the same arguments. Raises Trouble."""
    _, systems, machines = places(arguments)
    _, experiments = asked_for(arguments)
    print(planning.text(planned(arguments, experiments, systems, machines)))
    return OK


def asked_for(arguments) -> tuple[dict[str, Experiment], dict[str, Experiment]]:
    """Every experiment that is built, and those that the command line names."""
    everything = {one.name: one for one in catalogue.experiments()}
    return everything, chosen("experiment", arguments.experiments, everything, list(everything))


def places(arguments) -> tuple[dict, dict[str, System], dict]:
    """All emulators, and the systems and emulators that the command line names. Raises Trouble if none of the emulators is usable."""
    known = emulators.load()
    asked = list(catalogue.SYSTEMS) if ALL in (arguments.system or []) else arguments.system
    systems = chosen("system", asked, catalogue.SYSTEMS, QUICK_SYSTEMS if arguments.quick else catalogue.DEFAULT_SYSTEMS)
    default = ["replay"] if arguments.replay else QUICK_EMULATORS if arguments.quick else [name for name, one in known.items() if one.measures]
    machines = chosen("emulator", arguments.emulator, known, default)
    if arguments.replay and "replay" not in machines:
        raise Trouble("--replay DIR needs the emulator replay: leave --emulator out")
    wire(known, arguments.replay)
    problems = [problem for one in machines.values() if (problem := one.problem())]
    if len(problems) == len(machines):
        raise Trouble("; ".join(problems))
    return known, systems, machines


def wire(machines: dict, recordings: Path | None) -> None:
    """Say to the emulator replay, if it is one of them, what to play. Raises Trouble."""
    if recordings and not recordings.is_dir():
        raise Trouble(f"{recordings} is not a folder: give --replay a folder of recorded logs")
    if "replay" in machines:
        machines["replay"].recordings = recordings and recordings.absolute()


def chosen(kind: str, names: list[str] | None, known: dict, default: list[str]) -> dict:
    """The entries of `known` that were asked for, in the order of `known`. Raises Trouble with what is near to a misspelt name."""
    for name in names or []:
        if name not in known:
            raise usage.wrong(kind, name, known)
    return {name: one for name, one in known.items() if name in (names or default)}


def build() -> None:
    if problem := packages.problem(*NEEDED_TO_BUILD):
        raise Trouble(problem)
    made = subprocess.run(["make", "-C", paths.ROOT, "build"], capture_output=True, text=True, errors="replace")
    if made.returncode:
        sys.stderr.write("".join(f"    {line}\n" for line in (made.stdout + made.stderr).splitlines()[-20:]))
        raise Trouble("make build failed: its last lines are above")


def new_run_dir(prefix: str = "") -> Path:
    """A new folder under results/, named after the moment."""
    name = prefix + time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    for suffix in ["", *(f"-{n}" for n in range(2, SPARE_NAMES))]:
        try:
            (paths.RESULTS / (name + suffix)).mkdir(parents=True)
            return paths.RESULTS / (name + suffix)
        except FileExistsError:
            continue
        except OSError as error:
            raise Trouble(f"no run folder can be made in {paths.RESULTS}: {error.strerror}") from error
    raise Trouble(f"{paths.RESULTS} has too many runs of this second: try again")


def stamp(plan: Plan, known: dict, everything: dict, quick: bool = False) -> str:
    """What must stand on every page of a run that is not the whole of what can be measured."""
    if any(not one.measures for one in plan.emulators.values()):
        return "REPLAY of recorded logs, not a measurement"
    machines = [one for one in known.values() if one.measures]
    default = [catalogue.SYSTEMS[name] for name in catalogue.DEFAULT_SYSTEMS]
    n = ncells(plan.experiments, [one for one in plan.systems if one.default]) * len(plan.emulators)
    m = ncells(everything.values(), default) * len(machines)
    return f"{'QUICK, not cross-checked: ' if quick else ''}PARTIAL {n}/{m} cells" if n < m else ""


def full_stamp(plan: Plan, known: dict, everything: dict, quick: bool = False) -> str:
    """That, and whether it is measured with other emulators than were tried."""
    untried = [f"UNTRIED EMULATOR: {text}" for one in plan.emulators.values() if not one.problem() and (text := one.untested())]
    return "; ".join(filter(None, (stamp(plan, known, everything, quick), *untried)))


def ncells(experiments: Iterable[Experiment], systems: list[System]) -> int:
    """How many cells there are in one emulator."""
    return sum(len(one.operations) for one in experiments for system in systems if one.concerns(system))


def conclude(run_dir: Path, interrupted: bool) -> int:
    """Show a finished run, draw it, and decide the exit status."""
    cells, checks = records.load(run_dir), law.load_checks(run_dir)
    about = provenance.loaded(run_dir)
    print("\n" + show.as_tables(cells, about) + "\n")
    if checks:
        good = sum(one["verdict"] == "ok" for one in checks)
        broken = sum(one["verdict"] == "fail" for one in checks)
        print(f"the law bochs = qemu - R + F + D: of {len(checks)} regions {good} hold it exactly, {broken} do not or could not be held against it, {len(checks) - good - broken} have no numbers")
        reasons = [line for line in show.reasons(checks) if not line.startswith("unsupported")]  # of those the tables have just said why
        print("".join(f"    {line}\n" for line in reasons), end="")
    if interrupted:
        print(f"interrupted; what is complete is kept, and ./exolab run --resume {usage.named(run_dir)} goes on")
        return INTERRUPTED
    draw(run_dir)
    print(f"report: {write_report(run_dir)}")
    return status_of(cells, checks)


def status_of(cells: list[dict], checks: list[dict]) -> int:
    return BAD if law.violated(checks) or any(one["verdict"] not in records.GOOD for one in cells) else OK


def draw(run_dir: Path) -> list[Path]:
    from harness.figures import plot

    return plot.draw(run_dir.resolve())


def write_report(run_dir: Path) -> Path:
    from harness.pages import report

    return report.write(run_dir.resolve())
