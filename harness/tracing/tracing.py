"""Traces of some operations on one system: measured, then traced in each emulator that can, and held against what was measured.

An emulator that cannot is said why, and the others go on.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Callable

from harness.addresses import linux_symbols
from harness.addresses.symbols import Symbols
from harness.booting.boot import Booted, Order, boot
from harness.catalogue import Experiment, System, kernel_file, program_file
from harness.emulators.base import Emulator
from harness.errors import Trouble
from harness.reading import verdicts
from harness.reading.records import Record
from harness.running.runner import symbols as kernel_symbols, vector_options
from harness.tracing import trace_bochs, trace_qemu
from harness.tracing.trace import Namer, Trace

QEMU, BOCHS = "qemu", "bochs"


@dataclass(frozen=True)
class Request:
    """What one boot in each emulator is to trace. Bochs is told addresses, not programs: for it, a request must be of one experiment."""

    system: System
    wanted: tuple[tuple[Experiment, tuple[str, ...]], ...]  # experiments, and operations of each
    emulators: dict[str, Emulator]
    run_dir: Path
    timeout: float = 60
    cancel: threading.Event = field(default_factory=threading.Event)

    @property
    def experiments(self) -> list[Experiment]:
        return [experiment for experiment, _ in self.wanted]

    @property
    def names(self) -> list[tuple[str, str]]:
        return [(experiment.name, operation) for experiment, operations in self.wanted for operation in operations]

    def order(self, emulator: str, label: str) -> Order:
        programs = {one.program: program_file(self.system, one.program) for one in self.experiments}
        what = self.experiments[0].name if len(self.experiments) == 1 else "all"
        return Order(self.system, self.emulators[emulator], programs, self.run_dir, self.timeout, label=f"{emulator}-{label}-{what}", cancel=self.cancel)

    def refusal(self, emulator: str) -> str:
        """Why this emulator cannot boot it, "" if it can."""
        return self.emulators[emulator].problem() or self.emulators[emulator].refuses(self.system) or ""


def requests(wanted, systems: list[System], machines: dict[str, Emulator], run_dir: Path, timeout: float, cancel: threading.Event | None = None) -> list[Request]:
    """A request an experiment and system; but Linux, which takes seconds to boot, has one for all."""
    found, cancel = [], cancel or threading.Event()
    for system in systems:
        mine = tuple((experiment, operations) for experiment, operations in wanted if experiment.runs_on(system))
        parts = [(one,) for one in mine] if system.kernel else [mine] if mine else []
        found += [Request(system, part, machines, run_dir, timeout, cancel) for part in parts]
    return found


def at_once(work: Callable, wanted: list[Request], jobs: int, cancel: threading.Event) -> list:
    """What `work` makes of each request, `jobs` at a time. An interrupt ends those that go on, which have `cancel`."""
    with ThreadPoolExecutor(jobs) as pool:
        try:
            return list(pool.map(work, wanted))
        except KeyboardInterrupt:
            cancel.set()
            raise


def traces(request: Request) -> list[Trace]:
    """A trace for each operation and emulator, some with nothing but why not; the operations in the order asked for."""
    missing = [one.program for one in request.experiments if not program_file(request.system, one.program).exists()]
    if missing:
        why = f"{', '.join(missing)} is not built for {request.system.name}: run make build"
        return [absent(request, name, emulator, why) for name in request.names for emulator in request.emulators]
    found: list[Trace] = []
    if QEMU in request.emulators:
        found += in_qemu(request)
    if BOCHS in request.emulators:
        found += in_bochs(request, {name_of(one): one for one in found if not one.trouble()})
    return sorted(found, key=lambda one: request.names.index(name_of(one)))


def name_of(one: Trace | Record) -> tuple[str, str]:
    return one.experiment, one.operation


def absent(request: Request, name: tuple[str, str], emulator: str, why: str) -> Trace:
    return Trace(*name, request.system.name, emulator, (0, 0), 0, 0, 1, why=why)


def in_qemu(request: Request) -> list[Trace]:
    records, lost = measured(request, QEMU)
    return trace_again(request, records) + lost


def trace_again(request: Request, records: list[Record]) -> list[Trace]:
    """Traces in QEMU of what has been measured there: one boot."""
    if not records:
        return []
    try:
        vectors = vector_options(vector_addresses(request.system))
    except Trouble as trouble:
        return [replace(trace_qemu.blank(record), why=str(trouble)) for record in records]
    return trace_qemu.trace(request.order(QEMU, "trace"), records, vectors)[0]


def in_bochs(request: Request, known: dict[tuple[str, str], Trace]) -> list[Trace]:
    """What QEMU traced is traced again, the same execution. If there is more, all is measured first, and of that an execution is traced as late as there are samples:
    surely a warm one."""
    if why := request.refusal(BOCHS):
        return [absent(request, name, BOCHS, why) for name in request.names]
    wanted, lost = list(known.values()), []
    if len(wanted) < len(request.names):
        records, lost = measured(request, BOCHS)
        wanted = [known.get(name_of(record)) or replace(trace_qemu.blank(record), ordinal=len(record.measurement.raw)) for record in records]
    if not wanted:
        return lost
    made, booted = trace_bochs.trace(request.order(BOCHS, "trace"), wanted)
    own = {name_of(record): record for record in records_of(booted, request)} if booted else {}
    return [of_this_boot(one, own.get(name_of(one))) for one in made] + lost


def of_this_boot(one: Trace, record: Record | None) -> Trace:
    """The trace with the sample that the guest reported of this execution; it is the same boot."""
    if one.why or record is None or not record.measurement:
        return one if one.why else replace(one, why="the guest did not report this operation in the boot that was traced")
    raw = record.measurement.raw
    return replace(one, raw=raw[one.sample] if one.sample is not None else one.raw)


def measured(request: Request, emulator: str) -> tuple[list[Record], list[Trace]]:
    """The records of the operations by a boot with nothing watching, in the order measured; and for those that have no number, why."""
    refusal = request.refusal(emulator)
    try:
        records = [] if refusal else records_of(boot(request.order(emulator, "plain")), request)
    except Trouble as trouble:
        records, refusal = [], str(trouble)
    good = [record for record in records if record.measurement and record.measurement.region]
    reasons = {name_of(record): f"{record.verdict}: {record.reason}" if record.reason else "it counts things, not instructions" for record in records}
    names = {name_of(record) for record in good}
    lost = [absent(request, name, emulator, refusal or reasons.get(name, "it was not measured")) for name in request.names if name not in names]
    return good, lost


def records_of(booted: Booted, request: Request) -> list[Record]:
    """The records that were asked for, in the order measured."""
    records, _ = verdicts.settle(booted, request.experiments)
    programs = [one.name for one in request.experiments]
    order = {event.arguments[0]: event.line for event in booted.log.all("region")}
    found = [record for record in records if name_of(record) in request.names]
    return sorted(found, key=lambda record: (programs.index(record.experiment), order.get(record.operation, 0)))


def vector_addresses(system: System) -> dict[str, int]:
    """`vector_N` -> the address of the kernel's entry for exception N. Raises Trouble."""
    if not system.kernel:
        return linux_symbols.vectors(system)
    known = kernel_symbols(system).addresses
    if "vector_14" not in known:
        raise Trouble(f"{kernel_file(system, 'elf')} has no symbol table with the exceptions' entries: run make build")
    return known


@cache
def namer(system: System, program: str, sources: bool = True) -> Namer:
    """What names the steps of a program's traces, with source lines if they are wanted. Symbols that are missing leave addresses."""
    user = (program, Symbols(program_file(system, program)))
    if system.kernel:
        return Namer((system.kernel, kernel_symbols(system)), user, True, sources)
    return Namer((system.name, linux_symbols.symbols(system)), user, False, sources)
