"""Unix / exokernel: how many times as many instructions a UNIX system takes as ExOS on Aegis for the same operation.

Above 1 the exokernel wins, below 1 it loses. A ratio always carries the two counts it was made of. The paper's are paper.py's. The paper also compares ExOS with
ExOS (Tables 12 and 13): there "unix" is the variant above the line, and the one below is the more specialised.
"""

from dataclasses import dataclass

from harness.catalogue import NO_COUNTERPART, SYSTEMS

EXOKERNEL = "exos"
INVERTED = "exos-inverted"
EXOKERNELS = tuple(name for name, system in SYSTEMS.items() if system.kernel == "aegis")

# What a UNIX system does for an operation that it does not have; of several, whatever takes it the fewest instructions.
# It has one null system call, getpid; like the paper we hold it against both of Aegis's. What Ultrix emulated with signals has newer ways since.
UNIX_OPERATIONS = {
    ("null", "syscall-stack"): ("syscall",),
    ("ipc", "pipe-inlined"): ("pipe",),
    ("ipc", "shm"): ("shm", "shm-futex", "shm-signal"),
    ("ipc", "lrpc"): ("lrpc-pipe", "lrpc-signal"),
}


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
    unix_systems = dict.fromkeys(r["system"] for r in records if r["system"] not in EXOKERNELS)
    return [best(by_cell, operation, unix, emulators) for operation in operations for unix in unix_systems]


def best(by_cell: dict, operation: tuple[str, str], unix: str, emulators: list[str]) -> Ratio:
    found = [ratio(by_cell, *operation, unix, emulator) for emulator in emulators]
    return next((one for one in found if one.value is not None), found[0])


def ratio(by_cell: dict, experiment: str, operation: str, unix: str, emulator: str) -> Ratio:
    ways = UNIX_OPERATIONS.get((experiment, operation), (operation,))
    counts = {way: count(by_cell, experiment, way, unix, emulator) for way in ways}
    way = min(ways, key=lambda one: (counts[one][0] is None, counts[one][0] or 0))
    return divided(by_cell, (experiment, way, unix), (experiment, operation, EXOKERNEL), emulator)


def divided(by_cell: dict, above: tuple[str, str, str], below: tuple[str, str, str], emulator: str) -> Ratio:
    """The ratio of two cells, each (experiment, operation, system)."""
    above_count, above_reason = count(by_cell, *above, emulator)
    below_count, below_reason = count(by_cell, *below, emulator)
    reason = below_reason or above_reason
    if not reason and below_count == 0:
        reason = f"{below[2]}: 0 instructions, nothing to divide by"
    return Ratio(*below[:2], above[2], above[1], emulator, above_count, below_count, reason)


def of_page_tables(records: list[dict]) -> list[Ratio]:
    """Table 13: ExOS with the linear table / ExOS with the inverted one."""
    operations = dict.fromkeys((r["experiment"], r["operation"]) for r in records if r["system"] == INVERTED)
    return [divided(cells(records), (*name, EXOKERNEL), (*name, INVERTED), main_emulator(records)) for name in operations]


def of_trust(records: list[dict]) -> list[Ratio]:
    """Table 12: a call whose caller saves the registers / one that trusts the server to."""
    names = [(r["experiment"], "lrpc", "tlrpc") for r in records if (r["operation"], r["system"]) == ("tlrpc", EXOKERNEL)][:1]
    return [divided(cells(records), (name, above, EXOKERNEL), (name, below, EXOKERNEL), main_emulator(records)) for name, above, below in names]


def count(by_cell: dict, experiment: str, operation: str, system: str, emulator: str) -> tuple[float | None, str]:
    """Median instructions and "", or None and why."""
    record = by_cell.get((experiment, operation, system, emulator))
    if record is None:
        return None, f"{system}: not part of this run"
    if record["verdict"] != "ok":
        return None, f"{system}: {record['verdict']}"
    return record["median"], ""


def compared(records: list[dict]) -> bool:
    """Whether a UNIX system has any counterpart of these operations."""
    return any(r["system"] not in EXOKERNELS and r["reason"] != NO_COUNTERPART for r in records)


def main_emulator(records: list[dict]) -> str:
    """The emulator whose counts ratios and figures are made of: QEMU, which boots every system, or else the first of the run."""
    emulators = dict.fromkeys(r["emulator"] for r in records)
    return "qemu" if "qemu" in emulators else next(iter(emulators), "qemu")


def spell(value: float) -> str:
    """Three significant digits, never an exponent."""
    return f"{value:.0f}" if value >= 100 else f"{value:#.3g}"
