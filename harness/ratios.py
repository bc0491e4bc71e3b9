"""Unix / exokernel: how many times as many instructions a UNIX system takes as ExOS on Aegis for the same operation.

Above 1 the exokernel wins, below 1 it loses. A ratio always carries the two counts it was made of. The paper's are paper.py's.
"""

from dataclasses import dataclass

EXOKERNEL = "exos"

# A UNIX system has one null system call, getpid; like the paper we hold it against both of Aegis's.
UNIX_OPERATION = {("null", "syscall-stack"): "syscall"}


@dataclass(frozen=True)
class Ratio:
    experiment: str
    operation: str
    unix: str  # the system
    unix_operation: str  # what it did for it
    emulator: str
    unix_count: float | None  # median instructions; None if that cell is not ok
    exokernel_count: float | None
    reason: str  # why there is no value, "" if there is one

    @property
    def value(self) -> float | None:
        return self.unix_count / self.exokernel_count if not self.reason else None

    @property
    def counts(self) -> str:
        """The two counts, and what the UNIX system did if its operation has another name."""
        return f"{self.unix_count}{'' if self.unix_operation == self.operation else f' ({self.unix_operation})'} / {self.exokernel_count}"

    @property
    def lost(self) -> bool:
        return self.value is not None and self.value < 1


def cells(records: list[dict]) -> dict[tuple[str, str, str, str], dict]:
    """The records by (experiment, operation, system, emulator)."""
    return {(r["experiment"], r["operation"], r["system"], r["emulator"]): r for r in records}


def ratios(records: list[dict]) -> list[Ratio]:
    """One for each operation and UNIX system, in the order of the records: in the main emulator, or in the first that has both counts."""
    by_cell = cells(records)
    main = main_emulator(records)
    emulators = [main, *(name for name in dict.fromkeys(r["emulator"] for r in records) if name != main)]
    operations = dict.fromkeys((r["experiment"], r["operation"]) for r in records)
    unix_systems = dict.fromkeys(r["system"] for r in records if r["system"] != EXOKERNEL)
    return [best(by_cell, operation, unix, emulators) for operation in operations for unix in unix_systems]


def best(by_cell: dict, operation: tuple[str, str], unix: str, emulators: list[str]) -> Ratio:
    found = [ratio(by_cell, *operation, unix, emulator) for emulator in emulators]
    return next((one for one in found if one.value is not None), found[0])


def ratio(by_cell: dict, experiment: str, operation: str, unix: str, emulator: str) -> Ratio:
    unix_operation = UNIX_OPERATION.get((experiment, operation), operation)
    unix_count, unix_reason = count(by_cell, experiment, unix_operation, unix, emulator)
    exokernel_count, exokernel_reason = count(by_cell, experiment, operation, EXOKERNEL, emulator)
    reason = exokernel_reason or unix_reason
    if not reason and exokernel_count == 0:
        reason = f"{EXOKERNEL}: 0 instructions, nothing to divide by"
    return Ratio(experiment, operation, unix, unix_operation, emulator, unix_count, exokernel_count, reason)


def count(by_cell: dict, experiment: str, operation: str, system: str, emulator: str) -> tuple[float | None, str]:
    """Median instructions and "", or None and why."""
    record = by_cell.get((experiment, operation, system, emulator))
    if record is None:
        return None, f"{system}: not part of this run"
    if record["verdict"] != "ok":
        return None, f"{system}: {record['verdict']}"
    return record["median"], ""


def main_emulator(records: list[dict]) -> str:
    """The emulator whose counts ratios and figures are made of: QEMU, which boots every system, or else the first of the run."""
    emulators = dict.fromkeys(r["emulator"] for r in records)
    return "qemu" if "qemu" in emulators else next(iter(emulators), "qemu")
