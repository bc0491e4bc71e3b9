"""A run: every chosen system booted in every chosen emulator with all experiments, some boots at a time, longest first or in a seed's order.

If a boot hangs, panics or dies, what it had finished is kept, the experiment it was in gets the verdict, and the rest is booted again
without that one. Boots that an interrupted run has already are read, not made. What a log means is verdicts.py's business, the law law.py's, and the run's
files folder.py's.
Invariant: every chosen cell ends up with exactly one record, whatever happens to the others.
"""

import errno
import os
import random
import shutil
import threading
import time
import traceback
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Callable

from harness import paths
from harness.addresses.symbols import Symbols
from harness.booting import image
from harness.booting.boot import Booted, Order, boot
from harness.booting.process import Patience
from harness.catalogue import NO_COUNTERPART, Experiment, System, kernel_file, program_file
from harness.crosscheck import events, law, probe_log
from harness.emulators.base import Emulator
from harness.errors import Trouble
from harness.model import cost_model, memory_log
from harness.reading import same_programs, verdicts
from harness.reading.records import Measurement, Record, Verdict, all_get
from harness.running import kept, wall
from harness.running.folder import DISK_FULL, Folder
from harness.watching.estimate import LINUX_SLOWNESS, Estimate, Estimates
from harness.watching.progress import Boot, Part

BOOTS_AT_A_TIME = max(1, len(os.sched_getaffinity(0)))  # an emulator keeps one processor busy
PROBE = "probe"  # in the names of boots with it
PROBE_SLOWNESS = 2
MEMORY = "memory"  # likewise
MEMORY_SLOWNESS = 10  # so much longer may they take, too
DISK_IS_FULL = "the disk is full"
DISK_RESERVE = 1 << 20  # less than this left after a boot that went wrong: the disk is to blame


@dataclass(frozen=True)
class Plan:
    experiments: list[Experiment]
    systems: list[System]
    emulators: dict[str, Emulator]
    run_dir: Path
    timeout: float  # seconds of silence that end a boot
    key: bytes = image.FIXED_KEY
    bindings: int | None = None  # bound of Aegis's cache of bindings; None: its default
    jobs: int = BOOTS_AT_A_TIME
    seed: int | None = None  # of the order of the boots; None: the longest first
    probed: bool = True  # with the boots that find R, F and D, where the law can be held
    memory: bool = False  # with the boots that simulate memory, for the cost model
    wall: int = 0  # boots of each system in plain QEMU, for wall.py
    whole: float | None = None  # seconds that end a boot whatever it prints; None: by the timeout

    def command_line(self, system: System, emulator: Emulator) -> str:
        """Of our kernels."""
        clock = ["clock=wall"] if system.kernel and emulator.wall_clock else []
        bound = [f"bindings={self.bindings}"] if system.kernel == "aegis" and self.bindings is not None else []
        return " ".join(clock + bound)

    @property
    def patience(self) -> Patience:
        return Patience(self.timeout, self.whole)

    def has(self, *emulators: str) -> bool:
        return all(name in self.emulators for name in emulators)


@dataclass(frozen=True)
class Result:
    records: list[Record]
    checks: list[dict]
    events: list[dict]
    memory: list[dict]
    wall: list[dict]
    interrupted: bool
    disk_full: bool = False


@dataclass(frozen=True)
class Job:
    """One thing to do: a boot, and what boots follow from its failures."""

    place: str  # system and emulator, or system and probe
    index: int  # of its first boot
    experiments: list[Experiment]  # that it will boot; none: it only says why there is nothing to boot
    boot: Boot  # for the display
    work: Callable
    arguments: tuple
    why_not: str = ""  # why there is nothing to boot

    @property
    def name(self) -> str:
        return f"{self.place}-{self.index}"

    @property
    def estimate(self) -> Estimate:
        return self.boot.estimate


class Runner:
    def __init__(self, plan: Plan, progress, made: dict[str, dict] | None = None, folder: Folder | None = None):
        """`made`: the boots that are there already, by name, as the manifest has them. `folder` is told of each boot that is complete."""
        self.plan = plan
        self.progress = progress
        self.made = made or {}
        self.folder = folder
        self.cancel = threading.Event()
        self.why_cancelled = "interrupted"
        self.booted: list[Booted] = []
        self.not_booted: dict[str, str] = {}  # why, by name
        self.lacking: dict[str, list[str]] = {}  # by system, the programs that are not built
        self.records: list[Record] = []
        self.probes: dict[tuple[str, str], law.Probe] = {}
        self.memories: dict[tuple[str, str], memory_log.Memory] = {}
        self.walls: list[dict] = []  # of each boot in plain QEMU, what it took
        self.spans: list[tuple[float, float]] = []  # when an emulator ran
        self.estimates = Estimates()

    def run(self) -> Result:
        """Make every boot of the plan. Ctrl-C or a full disk ends it early, with what is complete."""
        self.carry_out(self.ordered(self.jobs()), self.plan.jobs, "boots")
        if self.plan.wall and not self.cancel.is_set():
            timed = {one.experiment for one in self.records if one.measurement and one.measurement.region}
            self.carry_out(self.wall_jobs(timed), 1, "boots in plain QEMU")  # alone: what runs beside them costs time
        disk_full = self.why_cancelled == DISK_IS_FULL
        if disk_full:  # the images can be made again from the build: room for the records
            shutil.rmtree(self.plan.run_dir / "boot", ignore_errors=True)
        records = same_programs.judged(self.in_order(), self.booted, {one.name: one.program for one in self.plan.experiments})
        counts = events.collect(records, self.probes), memory_log.collect(records, self.memories), wall.collect(records, self.walls, self.plan.wall)
        return Result(records, law.check_all(records, self.probes), *counts, self.cancel.is_set(), disk_full)

    def carry_out(self, jobs: list[Job], at_a_time: int, word: str) -> None:
        """Do them all, or until Ctrl-C or a full disk; then the event is set."""
        self.progress.plan([one.boot for one in jobs if one.experiments and one.name not in self.made], at_a_time, word)
        with ThreadPoolExecutor(at_a_time) as pool:
            waiting = {pool.submit(self.guarded, one.work, *one.arguments) for one in jobs}
            try:
                while waiting:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    for future in done:
                        future.result()
            except KeyboardInterrupt:
                self.cancel.set()  # the jobs that have not begun see it too, and give their cells their verdict
            except OSError as error:
                self.why_cancelled = DISK_IS_FULL
                self.cancel.set()
                if error.errno not in DISK_FULL:
                    raise

    def jobs(self) -> list[Job]:
        jobs = []

        def job(system, label, index, experiments, slowness, *rest):
            place = f"{system.name}-{label}"
            jobs.append(Job(place, index, experiments, self.expected(system, place, index, experiments, slowness), *rest))

        for system in self.plan.systems:
            present = [one for one in self.plan.experiments if one.runs_on(system)]
            for emulator in self.plan.emulators.values():
                why_not = emulator.refuses(system) or ("" if present else "no experiment is built for it")
                job(system, emulator.name, 1, [] if why_not else present, emulator.slowness, self.measure, (system, emulator), why_not)
            if self.plan.probed and self.plan.has(*law.EMULATORS) and system.name in law.SYSTEMS:
                for index, one in enumerate(self.plan.experiments, 1):
                    if one in present:
                        job(system, PROBE, index, [one], PROBE_SLOWNESS, self.probe, (system, index))
            if self.plan.memory and self.plan.has("qemu"):
                for index, one in enumerate(self.plan.experiments, 1):
                    if one in present:
                        job(system, MEMORY, index, [one], MEMORY_SLOWNESS, self.simulate, (system, index))
        return jobs

    def wall_jobs(self, timed: set[str]) -> list[Job]:
        """The boots in plain QEMU: in each round all systems, in another order each time, and in each of them the experiments likewise."""
        dice, jobs = random.Random(self.plan.seed or 0), []
        for index in range(1, self.plan.wall + 1):
            for system in dice.sample(self.plan.systems, len(self.plan.systems)):
                present = [one for one in self.plan.experiments if one.runs_on(system) and one.name in timed]
                mixed = dice.sample(present, len(present))
                if mixed:
                    place = f"{system.name}-{wall.LABEL}"
                    jobs.append(Job(place, index, mixed, self.expected(system, place, index, mixed, 1), self.time, (system, index, mixed)))
        return jobs

    def expected(self, system: System, place: str, index: int, experiments: list[Experiment], slowness: float) -> Boot:
        """A boot as the display shows it."""
        slowness *= 1 if system.kernel else LINUX_SLOWNESS
        parts = [Part(one.name, len(one.operations), self.estimates.of_experiment(place, one, slowness)) for one in experiments]
        return Boot(f"{place}-{index}", self.estimates.of(place, experiments, slowness), tuple(parts))

    def begun(self, order: Order) -> Boot:
        """The same of one that begins now."""
        inside = [one for one in self.plan.experiments if one.program in order.programs]
        slowness = {PROBE: PROBE_SLOWNESS, MEMORY: MEMORY_SLOWNESS}.get(order.label, order.emulator.slowness)
        return replace(self.expected(order.system, order.place, order.index, inside, slowness), follower=order.follower)

    def ordered(self, jobs: list[Job]) -> list[Job]:
        """Longest first, so that no processor is idle at the end; or as the seed says."""
        if self.plan.seed is None:
            return sorted(jobs, key=lambda one: -one.estimate.seconds)
        return random.Random(self.plan.seed).sample(sorted(jobs, key=lambda one: one.name), len(jobs))

    def guarded(self, work, *arguments) -> None:
        """Do one job; a defect of ours costs the cells of that job (in_order() fills them in), not those of the others."""
        try:
            work(*arguments)
        except Exception as error:
            if isinstance(error, OSError) and error.errno in DISK_FULL:
                raise
            self.progress.note(f"the harness failed, please report: {traceback.format_exc()}")

    def measure(self, system: System, emulator: Emulator) -> None:
        """Boot `system` in `emulator` until every experiment has its records."""
        concerned = [one for one in self.plan.experiments if one.concerns(system)]
        waiting, index = [one for one in concerned if one.runs_on(system)], 0
        absent = [one for one in concerned if one not in waiting]
        self.records.extend(all_get(Verdict("unsupported", NO_COUNTERPART), absent, system.name, emulator.name))
        refusal = emulator.refuses(system)
        if refusal:
            self.records.extend(all_get(Verdict("unsupported", refusal), waiting, system.name, emulator.name))
            return
        for lacking in self.not_built(system, waiting):
            absent = Verdict("missing", f"{lacking.program}.elf is not built for {system.name}: run make build")
            self.records.extend(all_get(absent, [lacking], system.name, emulator.name))
            waiting = [one for one in waiting if one is not lacking]
        while waiting:
            index += 1
            programs = {one.program: program_file(system, one.program) for one in waiting}
            order = Order(system, emulator, programs, self.plan.run_dir, self.plan.timeout, self.plan.whole, index)
            booted, trouble = self.boot(order)
            if trouble:
                self.records.extend(all_get(trouble, waiting, system.name, emulator.name))
                return
            records, waiting = verdicts.settle(booted, waiting, self.symboliser(booted))
            self.records.extend(records)

    def not_built(self, system: System, experiments: list[Experiment]) -> list[Experiment]:
        found = [one for one in experiments if not program_file(system, one.program).exists()]
        if found:
            self.lacking[system.name] = [one.program for one in found]
        return found

    def boot(self, order: Order) -> tuple[Booted | None, Verdict | None]:
        """One boot, or the verdict for what could not even be booted. Only a full disk gets past here."""
        if order.name in self.made:
            booted = kept.read(order, self.made[order.name])
            self.booted.append(booted)
            return booted, None
        if self.cancel.is_set():
            return self.no_boot(order, self.why_cancelled)
        began = time.monotonic()
        try:
            if problem := order.emulator.problem():
                raise Trouble(problem)
            order = replace(order, key=self.plan.key, command_line=self.plan.command_line(order.system, order.emulator), cancel=self.cancel)
            self.progress.begin(self.begun(order))
            booted = boot(order)
        except Trouble as trouble:
            self.progress.end(order.name, str(trouble))
            return self.no_boot(order, str(trouble))
        ended = time.monotonic()
        self.spans.append((max(began, ended - booted.outcome.seconds), ended))
        self.booted.append(booted)
        trouble = verdicts.ending(booted, self.symboliser(booted))
        if trouble and booted.outcome.cut != "interrupted" and shutil.disk_usage(self.plan.run_dir).free < DISK_RESERVE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if self.folder:
            self.folder.keep(self)
        self.tell(booted, trouble)
        return booted, None

    def no_boot(self, order: Order, why: str) -> tuple[None, Verdict]:
        self.not_booted[order.name] = why
        return None, Verdict("missing", why)

    def symboliser(self, booted: Booted) -> Callable[[int], str]:
        """What says which place in the kernel an address of a panic is."""
        if booted.order.name in self.made:  # perhaps of another kernel than today's
            known = self.made[booted.order.name].get("frames", {})
            return lambda address: known.get(hex(address), hex(address))
        return lambda address: symbols(booted.order.system).describe(address)

    def tell(self, booted: Booted, trouble: Verdict | None) -> None:
        if booted.outcome.cut == "interrupted":
            return
        said = f"{trouble.verdict}: {trouble.reason}" if trouble else "ok"
        self.progress.end(booted.order.name, f"{said} ({booted.outcome.seconds:.1f} s)")
        if trouble and trouble.verdict == "timeout":
            self.progress.note("\n".join(f"    | {line}" for line in booted.last_lines))

    def probe(self, system: System, index: int) -> None:
        """Boot one experiment in QEMU under the probe, which finds R, F and D of its regions."""
        experiment = self.plan.experiments[index - 1]
        self.probes[system.name, experiment.name] = self.probed(system, experiment, index)

    def probed(self, system: System, experiment: Experiment, index: int) -> law.Probe:
        order = self.order_with_plugin(system, experiment, index, PROBE)
        output = self.plan.run_dir / "logs" / f"{order.name}.probe"
        booted, trouble = self.boot_with_plugin(order, output, "probe", lambda: [vector_options(symbols(system).addresses)])
        if trouble:
            return law.Probe({}, (), f"the boot with the probe: {trouble.reason}")
        return read_probe(booted, experiment, output)

    def simulate(self, system: System, index: int) -> None:
        """Boot one experiment in QEMU with a simulated TLB and caches. What goes wrong is noted: its operations have no row in memory.json."""
        experiment = self.plan.experiments[index - 1]
        order = replace(self.order_with_plugin(system, experiment, index, MEMORY), timeout=self.plan.timeout * MEMORY_SLOWNESS, whole=max(self.plan.patience.whole, self.plan.timeout * MEMORY_SLOWNESS))
        output = self.plan.run_dir / "logs" / f"{order.name}.memory"
        booted, trouble = self.boot_with_plugin(order, output, "memory", lambda: [one.option for one in cost_model.machines()])
        if booted and not trouble:
            try:
                self.memories[system.name, experiment.name] = memory_log.Memory(samples_of(booted, experiment), memory_log.read(output.read_text()))
            except (FileNotFoundError, ValueError) as error:
                self.progress.note(f"{order.name}: {error}")

    def time(self, system: System, index: int, experiments: list[Experiment]) -> None:
        """Boot once in plain QEMU. What does not come to its end has no time in this boot."""
        programs = {one.program: program_file(system, one.program) for one in experiments}
        booted, _ = self.boot(Order(system, wall.EMULATOR, programs, self.plan.run_dir, self.plan.timeout, self.plan.whole, index, wall.LABEL))
        if booted:
            self.walls.append(wall.times(booted, experiments))

    def order_with_plugin(self, system: System, experiment: Experiment, index: int, label: str) -> Order:
        programs = {experiment.program: program_file(system, experiment.program)}
        return Order(system, self.plan.emulators["qemu"], programs, self.plan.run_dir, self.plan.timeout, self.plan.whole, index, label)

    def boot_with_plugin(self, order: Order, output: Path, name: str, options: Callable[[], list[str]]) -> tuple[Booted | None, Verdict | None]:
        """One boot under build/NAME/NAME.so, which writes `output`."""
        library = paths.BUILD / name / f"{name}.so"
        if not library.exists():
            return self.no_boot(order, f"{name}.so is not built: run make build")
        folder = self.plan.run_dir / "boot" / order.name
        try:
            words = [os.path.relpath(library, folder), f"out={os.path.relpath(output, folder)}", *options()]
        except Trouble as trouble:
            self.progress.end(order.name, str(trouble))
            return self.no_boot(order, str(trouble))
        return self.boot(replace(order, plugin=",".join(words)))

    def in_order(self) -> list[Record]:
        """The records as the tables show them: by experiment, operation, system, emulator."""
        cells = {(one.experiment, one.operation, one.system, one.emulator): one for one in self.records}
        names = [
            (experiment.name, operation.name, system.name, emulator)
            for experiment in self.plan.experiments
            for operation in experiment.operations
            for system in self.plan.systems
            if experiment.concerns(system)
            for emulator in self.plan.emulators
        ]
        lost = ("missing", DISK_IS_FULL) if self.why_cancelled == DISK_IS_FULL else ("fail", "the harness failed while it measured this")
        return [cells.get(name) or Record(*name, *lost) for name in names]


def samples_of(booted: Booted, experiment: Experiment) -> dict[str, Measurement]:
    records, _ = verdicts.settle(booted, [experiment])
    return {one.operation: one.measurement for one in records if one.measurement}


def read_probe(booted: Booted, experiment: Experiment, output: Path) -> law.Probe:
    try:
        return law.Probe(samples_of(booted, experiment), probe_log.read_intervals(output.read_text()))
    except FileNotFoundError:
        ended = verdicts.ending(booted)
        said = ended.reason if ended else f"see {booted.log_path.replace('.serial', '.emulator')}"
        return law.Probe({}, (), f"the probe wrote nothing: {said}")
    except ValueError as error:
        return law.Probe({}, (), str(error))


def vector_options(addresses: dict[str, int]) -> str:
    """The probe's options that say where our kernels' exceptions enter. Raises Trouble if the symbols do not say it."""
    known = [f"vector{n}=0x{addresses[f'vector_{n}']:x}" for n in range(32) if f"vector_{n}" in addresses]
    if not known:
        raise Trouble("the kernel's ELF file has no symbols, so the probe cannot know where exceptions enter: run make clean build")
    return ",".join(known)


@cache
def symbols(system: System) -> Symbols:
    return Symbols(kernel_file(system, "elf") if system.kernel else None)
