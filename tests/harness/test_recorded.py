"""Logs recorded on real machines (tests/logs: a run's logs folder) still read as what they are, without a machine.

They hold format and plumbing in place, not today's numbers: those are in results/reference.
"""

import re

import pytest
from handmade import ROOT, booted

from harness.catalogue import Experiment, Operation
from harness.crosscheck import law, probe_log
from harness.reading import verdicts

LOGS = ROOT / "tests" / "logs"
NAMES = {
    "null": ("procedure-call", "syscall", "syscall-stack"),
    "exception": tuple(f"{cause}-{part}" for cause in ("prot", "overflow", "coproc", "unalign", "ud2") for part in ("dispatch", "roundtrip")),
}
EXPERIMENTS = [
    Experiment(name, "Table", name, name, tuple(Operation(operation, "") for operation in operations))
    for name, operations in NAMES.items()
]
RECORDED = sorted(path.stem for path in LOGS.glob("*.serial"))


def records_of(name: str, experiments=EXPERIMENTS) -> dict:
    system, emulator = re.fullmatch(r"(.+)-(\w+)-\d+", name).groups()
    status = int((LOGS / f"{name}.status").read_text())
    made = booted((LOGS / f"{name}.serial").read_bytes(), 1 if emulator == "bochs" and status == 0 else status, system=system)
    records, again = verdicts.settle(made, experiments)
    assert again == []
    return {(one.experiment, one.operation): one for one in records}


def test_there_are_recordings_of_both_emulators():
    assert {"exos-qemu-1", "exos-bochs-1", "exos-probe-1", "linux-qemu-1", "ultrix-compat-bochs-1"} <= set(RECORDED)


@pytest.mark.parametrize("name", [name for name in RECORDED if "-probe-" not in name])
def test_every_cell_of_a_recorded_boot_is_ok_or_unsupported(name):
    assert {one.verdict for one in records_of(name).values()} <= {"ok", "unsupported"}


@pytest.mark.parametrize("system", ["exos", "ultrix-compat"])
@pytest.mark.parametrize("index", [1, 2])
def test_the_law_holds_between_recorded_boots(system, index):
    qemu, bochs = records_of(f"{system}-qemu-1"), records_of(f"{system}-bochs-1")
    experiment = EXPERIMENTS[index - 1]
    probed = records_of(f"{system}-probe-{index}", [experiment])
    samples = {operation: one.measurement for (_, operation), one in probed.items() if one.measurement}
    probe = law.Probe(samples, probe_log.read_intervals((LOGS / f"{system}-probe-{index}.probe").read_text()))
    checks = [law.check(qemu[name], bochs[name], probe) for name in qemu if name[0] == experiment.name]
    assert {check.verdict for check in checks} <= {"ok", "unsupported"}, checks
    assert [check for check in checks if check.verdict == "ok"]
