"""The fairness gate: a baseline must be nobody's strawman, so ultrix-compat may on no shared operation take more instructions than Linux built small.

Where it does, that is a defect of ours (docs/method.md). Held in QEMU, the emulator that boots both.
"""

from dataclasses import dataclass

from harness.booting.linux_tuned import NAME as MEASURE
from harness.comparing.show import grid
from harness.errors import Trouble
from harness.reading.records import GOOD, per_operation

BASELINE, EMULATOR = "ultrix-compat", "qemu"


@dataclass(frozen=True)
class Line:
    experiment: str
    operation: str
    baseline: float | None
    measure: float | None
    skipped: str  # why the two cannot be compared, "" if they can

    @property
    def fair(self) -> bool:
        return not self.skipped and self.baseline <= self.measure

    @property
    def unfair(self) -> bool:
        return not self.skipped and not self.fair


def lines(records: list[dict]) -> list[Line]:
    """One for each operation that either system was asked for. Raises Trouble if the run has not both systems."""
    cells = {(one["system"], one["experiment"], one["operation"]): one for one in per_operation(records) if one["emulator"] == EMULATOR}
    for system in (BASELINE, MEASURE):
        if not any(name[0] == system for name in cells):
            raise Trouble(f"this run has no {system} in {EMULATOR}: ./exolab run --system all measures it (it builds {MEASURE} once, about 10 minutes)")
    operations = dict.fromkeys(name[1:] for name in cells if name[0] in (BASELINE, MEASURE))
    return [line(*operation, cells.get((BASELINE, *operation)), cells.get((MEASURE, *operation))) for operation in operations]


def line(experiment: str, operation: str, baseline: dict | None, measure: dict | None) -> Line:
    for system, record in ((BASELINE, baseline), (MEASURE, measure)):
        if record is None or record["verdict"] != "ok":
            why = f"{system}: {record['verdict']}: {record['reason']}" if record else f"{system}: not part of this run"
            return Line(experiment, operation, number(baseline), number(measure), why)
    return Line(experiment, operation, number(baseline), number(measure), "" if baseline["unit"] == measure["unit"] == "instructions" else "not instructions")


def number(record: dict | None) -> float | None:
    return record["median"] if record and record["verdict"] == "ok" else None


def lost(records: list[dict]) -> list[str]:
    """The baseline's cells that failed: a shared operation without a number passes no gate."""
    mine = (one for one in records if one["system"] == BASELINE and one["emulator"] == EMULATOR)
    return [f"{one['experiment']}/{one['operation']}: {one['verdict']}: {one['reason']}" for one in mine if one["verdict"] not in GOOD]


def table(found: list[Line]) -> str:
    """All compared operations, the unfair ones first, and then what could not be compared."""
    head = ["", BASELINE, MEASURE, f"{BASELINE} / {MEASURE}", ""]
    rows = [
        [f"{one.experiment}/{one.operation}", str(one.baseline), str(one.measure), f"{one.baseline / one.measure:.3f}" if one.measure else "", "fair" if one.fair else "UNFAIR"]
        for one in sorted(found, key=lambda one: one.fair)
        if not one.skipped
    ]
    skipped: dict[str, list[str]] = {}
    for one in found:
        if one.skipped:
            skipped.setdefault(one.skipped, []).append(f"{one.experiment}/{one.operation}")
    lines_below = [f"not compared: {', '.join(names) if len(names) < 6 else f'{len(names)} operations'}: {why}" for why, names in skipped.items()]
    verdict = f"{sum(one.fair for one in found)} of {len(rows)} shared operations are fair: instructions({BASELINE}) <= instructions({MEASURE}), in {EMULATOR}"
    return "\n\n".join(part for part in (grid([head], rows) if rows else "", "\n".join(lines_below), verdict) if part)
