"""Traces from QEMU: a boot with the probe, which is told the regions and how many instructions the execution of interest counts."""

import os
import statistics
from dataclasses import replace
from pathlib import Path

from harness import paths
from harness.booting.boot import Booted, Order, boot
from harness.crosscheck import probe_log
from harness.errors import Trouble
from harness.reading.records import Record
from harness.tracing.trace import RING_OF_USER, USER_TOP, Step, Trace


def library() -> Path:
    return paths.BUILD / "probe" / "probe.so"


def blank(record: Record) -> Trace:
    """The trace of a record before it is made: of an execution with the median count."""
    one = record.measurement
    return Trace(record.experiment, record.operation, record.system, record.emulator, one.region, statistics.median_low(one.raw), one.overhead, one.per)


def trace(order: Order, records: list[Record], vectors: str) -> tuple[list[Trace], Booted | None]:
    """Boot what the records were measured of once more, and trace each. One trace a record; those that could not be made say why."""
    wanted = [blank(record) for record in records]
    try:
        if not library().exists():
            raise Trouble(f"{library()} is not built: run make build")
        folder = order.run_dir / "boot" / order.name
        output = order.run_dir / "logs" / f"{order.name}.probe"
        regions = [f"region={begin:#x}:{end:#x}:{raw}" for (begin, end), raw in dict.fromkeys((one.region, one.raw) for one in wanted)]
        plugin = ",".join([os.path.relpath(library(), folder), f"out={os.path.relpath(output, folder)}", vectors, *regions])
        booted = boot(replace(order, plugin=plugin))
        found = executions(output, booted)
    except Trouble as trouble:
        return [replace(one, why=str(trouble)) for one in wanted], None
    twice = [one for one in wanted if sum(other.region == one.region for other in wanted) > 1]  # two programs at one address
    if twice:
        return [replace(one, why="its region has the addresses of another one: trace it alone") if one in twice else one for one in wanted], booted
    return [filled(one, found.get(one.region, []), len(record.measurement.raw)) for one, record in zip(wanted, records)], booted


def executions(output: Path, booted: Booted) -> dict[tuple[int, int], list[probe_log.Execution]]:
    """What the probe recorded. Raises Trouble if it is not whole, with what QEMU said of it."""
    try:
        return probe_log.read_executions(output.read_text())
    except (FileNotFoundError, ValueError) as error:
        said = booted.emulator_said or f"ended with {booted.outcome}, see {booted.log_path.replace('.serial', '.emulator')}"
        raise Trouble(f"the probe recorded nothing whole ({said})" if isinstance(error, FileNotFoundError) else str(error)) from error


def filled(wanted: Trace, found: list[probe_log.Execution], nsamples: int) -> Trace:
    """With the steps of the execution that counts what is wanted. The samples are the last executions: the earlier ones warm."""
    for execution in found:
        steps = tuple(step(insn, i in execution.faulted) for i, insn in enumerate(execution.insns))
        if sum(one.count for one in steps) == wanted.raw:
            return replace(wanted, ordinal=execution.ordinal, sample=nsamples - 1 - (execution.executions - execution.ordinal), steps=steps)
    return replace(wanted, why=f"no execution of {wanted.raw} instructions was seen again: the run is not repeatable, or it is longer than 16 million")


def step(insn: probe_log.Insn, faulted: bool) -> Step:
    return Step(insn.address, insn.code, RING_OF_USER if insn.address < USER_TOP else 0, 0 if faulted else 1)
