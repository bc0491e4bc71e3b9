"""The trace of each operation of Tables 4, 5, 6, 8 and 10 adds up to its record exactly, in both emulators, which run the same instructions.

The records are of boots that trace nothing and in which all five experiments run one after the other; the traces are of an experiment a boot.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from harness import catalogue, emulators  # noqa: E402
from harness.booting import boot
from harness.errors import Trouble
from harness.reading import verdicts
from harness.tracing import trace, tracing

TABLES = ("Table 4", "Table 5", "Table 6", "Table 8", "Table 10")
SYSTEMS = ("exos", "ultrix-compat")
EMULATORS = ("qemu", "bochs")


def experiments(system: str) -> list[catalogue.Experiment]:
    try:
        return [one for one in catalogue.experiments() if one.table in TABLES and one.runs_on(catalogue.SYSTEMS[system])]
    except Trouble:  # nothing is built: the tests that need no emulator are still collected
        return []


CELLS = [(system, one.name, operation.name, emulator) for system in SYSTEMS for one in experiments(system) for operation in one.operations for emulator in EMULATORS]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Records and traces by cell."""
    known = {name: emulators.load()[name] for name in EMULATORS}

    def measured(system, emulator):
        mine = experiments(system)
        programs = {one.program: catalogue.program_file(catalogue.SYSTEMS[system], one.program) for one in mine}
        booted = boot.boot(boot.Order(catalogue.SYSTEMS[system], known[emulator], programs, tmp_path_factory.mktemp(f"{system}-{emulator}")))
        return verdicts.settle(booted, mine)[0]

    wanted = {one.name: (one, tuple(operation.name for operation in one.operations)) for system in SYSTEMS for one in experiments(system)}
    systems = [catalogue.SYSTEMS[name] for name in SYSTEMS]
    requests = tracing.requests(list(wanted.values()), systems, known, tmp_path_factory.mktemp("traces"), 60)
    with ThreadPoolExecutor(2) as pool:
        records = pool.map(measured, *zip(*((system, emulator) for system in SYSTEMS for emulator in EMULATORS)))
        traces = pool.map(tracing.traces, requests)
        return (
            {(one.system, one.experiment, one.operation, one.emulator): one for part in records for one in part},
            {(one.system, one.experiment, one.operation, one.emulator): one for part in traces for one in part},
        )


@pytest.mark.emulator
@pytest.mark.parametrize("cell", CELLS, ids="-".join)
def test_the_trace_adds_up_to_the_record(made, cell):
    record, traced = made[0][cell], made[1][cell]
    if record.verdict == "unsupported":
        assert traced.why and not traced.steps
        pytest.skip(f"{record.verdict}: {record.reason}")
    assert traced.trouble() == ""
    values = record.measurement.values()
    assert traced.total() - traced.overhead in values
    if traced.sample is not None:
        assert traced.total() == record.measurement.raw[traced.sample]
    named = tracing.namer(catalogue.SYSTEMS[cell[0]], cell[1]).named(traced.steps)
    assert sum(trace.folded(named).values()) == trace.stacks(named).total() == traced.total()
    unknown = {one.function for one in named if one.image == "?" or one.function.startswith("0x")}
    assert unknown == set(), "every instruction has a function"


@pytest.mark.emulator
@pytest.mark.parametrize("cell", [cell[:3] for cell in CELLS if cell[3] == "bochs"], ids="-".join)
def test_both_emulators_run_the_same_instructions(made, cell):
    one, other = (made[1][(*cell, emulator)] for emulator in EMULATORS)
    if one.why or other.why:
        pytest.skip(one.why or other.why)
    assert one.ordinal == other.ordinal
    assert trace.difference(one, other) == ""


@pytest.mark.emulator
def test_linux_too(tmp_path):
    """Its functions have the names that it has for them itself: each path begins in the program and enters where Linux says that it does."""
    linux = catalogue.SYSTEMS["linux"]
    wanted = [(one, {"null": ("syscall",), "exception": ("prot-dispatch",), "ipc": ("pipe",)}[one.name]) for one in catalogue.experiments() if one.name in ("null", "exception", "ipc")]
    (request,) = tracing.requests(wanted, [linux], {"qemu": emulators.load()["qemu"]}, tmp_path, 120)
    entries = {"syscall": "entry_SYSCALL_64", "prot-dispatch": "asm_exc_page_fault", "pipe": "entry_SYSCALL_64"}
    found = tracing.traces(request)
    assert [one.operation for one in found] == [operation for _, operations in wanted for operation in operations]
    for one in found:
        assert one.trouble() == ""
        named = tracing.namer(linux, one.experiment).named(one.steps)
        kernel = next(step for step in named if step.step.ring == 0)
        assert (kernel.image, kernel.function) == ("linux", entries[one.operation])
        assert sum(trace.folded(named).values()) == one.total()
