"""A run: every chosen system booted in every chosen emulator with all experiments, two boots at a time, longest first.

If a boot hangs, panics or dies, what it had finished is kept, the experiment it was in gets the verdict, and the rest is booted again
without that one. What a log means is verdicts.py's business, the law law.py's.
Invariant: every chosen cell ends up with exactly one record, whatever happens to the others.
"""

import errno
import os
import shutil
import threading
import traceback
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from harness import events, image, law, manifest, paths, probe_log, same_programs, verdicts
from harness.boot import Booted, Order, boot
from harness.catalogue import NO_COUNTERPART, SYSTEMS, Experiment, System, kernel_file, program_file
from harness.emulators.base import Emulator
from harness.errors import Trouble
from harness.records import Record, Verdict, all_get, write_json
from harness.symbols import Symbols

BOOTS_AT_A_TIME = 2
LINUX_SLOWNESS = 5  # against our kernels; only used to start the longest boots first
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
DISK_IS_FULL = "the disk is full"
DISK_RESERVE = 1 << 20  # less than this left after a boot that went wrong: the disk is to blame


@dataclass(frozen=True)
class Plan:
    experiments: list[Experiment]
    systems: list[System]
    emulators: dict[str, Emulator]
    run_dir: Path
    timeout: float
    key: bytes = image.FIXED_KEY
    bindings: int | None = None  # bound of Aegis's cache of bindings; None: its default

    def command_line(self, system: System) -> str:
        return "" if self.bindings is None or system.kernel != "aegis" else f"bindings={self.bindings}"

    def has(self, *emulators: str) -> bool:
        return all(name in self.emulators for name in emulators)


@dataclass(frozen=True)
class Result:
    records: list[Record]
    checks: list[dict]
    events: list[dict]
    interrupted: bool
    disk_full: bool = False


class Runner:
    def __init__(self, plan: Plan, progress):
        self.plan = plan
        self.progress = progress
        self.cancel = threading.Event()
        self.why_cancelled = "interrupted"
        self.booted: list[Booted] = []
        self.not_booted: dict[str, str] = {}  # why, by name
        self.records: list[Record] = []
        self.probes: dict[tuple[str, str], law.Probe] = {}

    def run(self) -> Result:
        """Make every boot of the plan. Ctrl-C or a full disk ends it early, with what is complete."""
        jobs = sorted(self.jobs(), key=lambda job: -job[0])
        self.progress.start(len(jobs))
        with ThreadPoolExecutor(BOOTS_AT_A_TIME) as pool:
            waiting = {pool.submit(self.guarded, work, *arguments) for _, work, arguments in jobs}
            try:
                while waiting:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    for future in done:
                        future.result()
                        self.progress.advance()
            except KeyboardInterrupt:
                self.cancel.set()  # the jobs that have not begun see it too, and give their cells their verdict
            except OSError as error:
                self.why_cancelled = DISK_IS_FULL
                self.cancel.set()
                if error.errno not in DISK_FULL:
                    raise
        disk_full = self.why_cancelled == DISK_IS_FULL
        if disk_full:  # the images can be made again from the build: room for the records
            shutil.rmtree(self.plan.run_dir / "boot", ignore_errors=True)
        records = same_programs.judged(self.in_order(), self.booted, {one.name: one.program for one in self.plan.experiments})
        return Result(records, law.check_all(records, self.probes), events.collect(records, self.probes), self.cancel.is_set(), disk_full)

    def jobs(self) -> list[tuple]:
        """(cost, function, arguments) of everything to do."""
        jobs = []
        for system in self.plan.systems:
            for emulator in self.plan.emulators.values():
                cost = emulator.slowness * (1 if system.kernel else LINUX_SLOWNESS)
                jobs.append((cost, self.measure, (system, emulator)))
            if self.plan.has(*law.EMULATORS) and system.name in law.SYSTEMS:
                present = [i for i, one in enumerate(self.plan.experiments, 1) if one.runs_on(system)]
                jobs += [(2, self.probe, (system, i)) for i in present]
        return jobs

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
            absent = Verdict("missing", f"{program_file(system, lacking.program)} is not built: run make build")
            self.records.extend(all_get(absent, [lacking], system.name, emulator.name))
            waiting = [one for one in waiting if one is not lacking]
        while waiting:
            index += 1
            programs = {one.program: program_file(system, one.program) for one in waiting}
            order = Order(system, emulator, programs, self.plan.run_dir, self.plan.timeout, index)
            booted, trouble = self.boot(order)
            if trouble:
                self.records.extend(all_get(trouble, waiting, system.name, emulator.name))
                return
            records, waiting = verdicts.settle(booted, waiting, symbols(system).describe)
            self.records.extend(records)

    def not_built(self, system: System, experiments: list[Experiment]) -> list[Experiment]:
        return [one for one in experiments if not program_file(system, one.program).exists()]

    def boot(self, order: Order) -> tuple[Booted | None, Verdict | None]:
        """One boot, or the verdict for what could not even be booted. Only a full disk gets past here."""
        if self.cancel.is_set():
            return self.no_boot(order, self.why_cancelled)
        try:
            if problem := order.emulator.problem():
                raise Trouble(problem)
            booted = boot(replace(order, key=self.plan.key, command_line=self.plan.command_line(order.system), cancel=self.cancel))
        except Trouble as trouble:
            self.progress.note(f"{order.name}: {trouble}")
            return self.no_boot(order, str(trouble))
        self.booted.append(booted)
        trouble = verdicts.ending(booted, symbols(order.system).describe)
        if trouble and shutil.disk_usage(self.plan.run_dir).free < DISK_RESERVE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.tell(booted, trouble)
        return booted, None

    def no_boot(self, order: Order, why: str) -> tuple[None, Verdict]:
        self.not_booted[order.name] = why
        return None, Verdict("missing", why)

    def tell(self, booted: Booted, trouble: Verdict | None) -> None:
        said = f"{trouble.verdict}: {trouble.reason}" if trouble else "ok"
        lines = [f"{booted.order.name}: {said} ({booted.outcome.seconds:.1f} s)"]
        if trouble and booted.outcome.cut == "timeout":
            lines += [f"    | {line}" for line in booted.last_lines]
        self.progress.note("\n".join(lines))

    def probe(self, system: System, index: int) -> None:
        """Boot one experiment in QEMU under the probe, which finds R, F and D of its regions."""
        experiment = self.plan.experiments[index - 1]
        self.probes[system.name, experiment.name] = self.probed(system, experiment, index)

    def probed(self, system: System, experiment: Experiment, index: int) -> law.Probe:
        library = paths.BUILD / "probe" / "probe.so"
        if not library.exists():
            return law.Probe({}, (), f"{library} is not built: run make build")
        programs = {experiment.program: program_file(system, experiment.program)}
        order = Order(system, self.plan.emulators["qemu"], programs, self.plan.run_dir, self.plan.timeout, index, "probe")
        output = self.plan.run_dir / "logs" / f"{order.name}.probe"
        folder = self.plan.run_dir / "boot" / order.name
        plugin = ",".join([os.path.relpath(library, folder), f"out={os.path.relpath(output, folder)}", vector_options(symbols(system).addresses)])
        booted, trouble = self.boot(replace(order, plugin=plugin))
        if trouble:
            return law.Probe({}, (), f"the boot with the probe: {trouble.reason}")
        return read_probe(booted, experiment, output)

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

    def save(self, result: Result, **facts) -> None:
        """Write the run folder's files, and point results/latest at it unless the disk was full. Raises Trouble if there is no room for them."""
        folder = self.plan.run_dir
        emulators = list(self.plan.emulators.values())
        titles = {one.name: one.heading for one in self.plan.experiments}
        plan = {"systems": [one.name for one in self.plan.systems], "emulators": list(self.plan.emulators), "experiments": [asdict(one) for one in self.plan.experiments]}
        facts = {"interrupted": result.interrupted, "timeout_seconds": self.plan.timeout, "experiments": titles, "plan": plan, "not_booted": self.not_booted, **facts}
        try:
            write_json(folder / "records.json", [one.as_json(folder.name) for one in result.records])
            write_json(folder / "crosscheck.json", result.checks)
            write_json(folder / events.FILE, result.events)
            about = manifest.collect(folder.name, self.booted, emulators, self.plan.key, **facts)
            write_json(folder / "manifest.json", about)
            if not result.disk_full:
                link = folder.parent / "latest.new"
                link.unlink(missing_ok=True)
                link.symlink_to(folder.name)
                link.replace(folder.parent / "latest")
        except OSError as error:
            raise full_disk(error, folder) from error


def read_probe(booted: Booted, experiment: Experiment, output: Path) -> law.Probe:
    records, _ = verdicts.settle(booted, [experiment])
    samples = {one.operation: one.measurement for one in records if one.measurement}
    try:
        return law.Probe(samples, probe_log.read_intervals(output.read_text()))
    except FileNotFoundError:
        return law.Probe({}, (), f"the probe wrote nothing: see {booted.log_path.replace('.serial', '.emulator')}")
    except ValueError as error:
        return law.Probe({}, (), str(error))


def vector_options(addresses: dict[str, int]) -> str:
    """The probe's options that say where our kernels' exceptions enter."""
    return ",".join(f"vector{n}=0x{addresses[f'vector_{n}']:x}" for n in range(32) if f"vector_{n}" in addresses)


@cache
def symbols(system: System) -> Symbols:
    return Symbols(kernel_file(system, "elf") if system.kernel else None)


def full_disk(error: OSError, folder: Path) -> Exception:
    """What to raise for `error`: a clear word if the disk is full, else the error itself."""
    if error.errno not in DISK_FULL:
        return error
    return Trouble(f"the disk is full: free some space for {folder} and run again (results/latest is unchanged)")
