"""The published figures (results/paper) of the operations that we measure too, and the paper's ratio Ultrix / Aegis.

Our own ratios are ratios.py's. Microseconds never meet our instruction counts: only ratios are comparable.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from harness import paths
from harness.errors import Trouble

FOLDER = paths.ROOT / "results" / "paper"

TABLE_4 = "table04-null-procedure-and-syscall.csv"
TABLE_5 = "table05-exceptions.csv"
TABLE_6 = "table06-protected-control-transfer.csv"
TABLE_8 = "table08-ipc.csv"
TABLE_9 = "table09-matrix-multiply.csv"
TABLE_10 = "table10-virtual-memory-appel-li.csv"
TABLE_12 = "table12-extensible-rpc.csv"
TABLE_13 = "table13-extensible-page-tables.csv"
FIGURE_3 = "figure03-stride-scheduler.csv"
UNITS = {"microseconds": "µs", "seconds": "s"}  # of a table, by its column

COUNTS = "instructions.csv"  # lengths of paths that the paper gives as numbers of instructions
COUNTED = {("primitives", "pct-sync"): "protected control transfer", ("pct", "sync"): "protected control transfer", ("primitives", "guaranteed-refill"): "STLB hit", ("primitives", "foreign-syscall"): "exception dispatch"}

GETPID = "null system call (getpid)"
VM_OPERATIONS = ("dirty", "prot1", "prot100", "unprot100", "trap", "appel1", "appel2")
AEGIS, EXOS, ULTRIX = "Aegis", "ExOS", "Ultrix"
LINEAR, INVERTED = "ExOS, original page table (linear vector, binary search)", "ExOS, inverted page table"
NONE = ("", "")  # the paper has nothing of Ultrix, not even an n/a

# Our experiment and operation; the file; whose row is above the line of the ratio, and whose below: (system, operation, how many of it).
ROWS = (
    ("null", "procedure-call", TABLE_4, (ULTRIX, "null procedure call"), (AEGIS, "null procedure call")),
    ("null", "syscall", TABLE_4, (ULTRIX, GETPID), (AEGIS, "system call, no stack needed")),
    ("null", "syscall-stack", TABLE_4, (ULTRIX, GETPID), (AEGIS, "system call, stack needed")),
    *(("exception", f"{name}-dispatch", TABLE_5, (ULTRIX, name), (AEGIS, name)) for name in ("prot", "overflow", "coproc", "unalign")),
    ("pct", "sync", TABLE_6, NONE, (AEGIS, "one-way protected control transfer")),
    ("ipc", "pipe", TABLE_8, (ULTRIX, "pipe"), (EXOS, "pipe")),
    ("ipc", "pipe-inlined", TABLE_8, (ULTRIX, "pipe"), (EXOS, "pipe'")),
    ("ipc", "shm", TABLE_8, (ULTRIX, "shm"), (EXOS, "shm")),
    ("ipc", "lrpc", TABLE_8, (ULTRIX, "shm", 2), (EXOS, "lrpc")),  # Ultrix has none; by signals, the cheapest of the paper's emulations, it is two ways of shm
    ("matrix", "matrix150", TABLE_9, (ULTRIX, "150x150 integer matrix multiply"), (EXOS, "150x150 integer matrix multiply")),
    *(("vm", name, TABLE_10, (ULTRIX, name), (EXOS, name)) for name in VM_OPERATIONS),
    ("rpc", "lrpc", TABLE_12, NONE, (EXOS, "lrpc (untrusted server)")),
    ("rpc", "tlrpc", TABLE_12, NONE, (EXOS, "tlrpc (trusted server)")),
)
# lrpc against Ultrix's other emulation of it, two ways of its pipe.
BY_PIPE_ROWS = (("ipc", "lrpc", TABLE_8, (ULTRIX, "pipe", 2), (EXOS, "lrpc")),)
# The same of the tables that compare ExOS with ExOS.
TRUST_ROWS = (("rpc", "tlrpc", TABLE_12, (EXOS, "lrpc (untrusted server)"), (EXOS, "tlrpc (trusted server)")),)
PAGE_TABLE_ROWS = tuple(("vm", name, TABLE_13, (LINEAR, name), (INVERTED, name)) for name in VM_OPERATIONS)


@dataclass(frozen=True)
class Published:
    """One operation in the paper. Microseconds (Table 9: seconds) by machine, in the paper's order; None is the paper's n/a.

    `ultrix` stands above the line of the ratio and `aegis` below; where the paper compares ExOS with ExOS they are its two variants.
    """

    experiment: str
    operation: str
    ultrix: dict[str, float | None]
    aegis: dict[str, float | None]
    note: str  # why a figure is n/a, "" if none is
    unit: str = "µs"
    below: str = AEGIS  # the system below the line, as the paper calls it

    def ratios(self) -> dict[str, float]:
        """Ultrix / Aegis by machine, where the paper has both."""
        return {
            machine: self.ultrix[machine] / aegis
            for machine, aegis in self.aegis.items()
            if aegis is not None and self.ultrix.get(machine) is not None
        }


def published(folder: Path = FOLDER, rows: tuple = ROWS) -> dict[tuple[str, str], Published]:
    """Every operation of ours that the paper has, by (experiment, operation). Raises Trouble if a file is missing or damaged."""
    tables = {name: read(folder / name) for name in dict.fromkeys(row[2] for row in rows)}
    found = {}
    for experiment, operation, table, above, below in rows:
        unit, lines = tables[table]
        lower = rows_of(lines, below, folder / table)
        upper = rows_of(lines, above, folder / table) if above != NONE else [row | {"figure": "", "note": ""} for row in lower]
        note = next((row["note"] for row in upper if not row["figure"]), "")
        found[experiment, operation] = Published(experiment, operation, figures(upper), figures(lower), note, unit, below[0])
    return found


def stride(folder: Path = FOLDER) -> list[tuple[int, int, float]]:
    """Figure 3 as read off the drawing: (quantum from 0, share of the process that ran, its counter after it in thousands); one point is hidden. Raises Trouble."""
    path = folder / FIGURE_3
    try:
        with path.open(newline="") as file:
            return [
                (int(row["time_quanta"]), int(row["system"].split()[-3]), float(row["measured_iterations_thousands"]))
                for row in csv.DictReader(file)
                if row["measured_iterations_thousands"]
            ]
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise Trouble(f"{path}: not readable as the published figure ({error}): restore it with git checkout") from error


def instructions(folder: Path = FOLDER) -> dict[tuple[str, str], tuple[int, str]]:
    """MIPS instructions of the paper and what it calls them, by our experiment and operation. Raises Trouble."""
    try:
        with (folder / COUNTS).open(newline="") as file:
            printed = {row["operation"]: int(row["instructions"]) for row in csv.DictReader(file)}
        return {ours: (printed[theirs], theirs) for ours, theirs in COUNTED.items()}
    except (OSError, ValueError, KeyError) as error:
        raise Trouble(f"{folder / COUNTS}: not readable as published counts ({error}): restore it with git checkout") from error


def read(path: Path) -> tuple[str, list[dict[str, str]]]:
    """The unit of a table, and its rows with their figures as `figure`."""
    try:
        with path.open(newline="") as file:
            rows = list(csv.DictReader(file))
        (column,) = set(UNITS) & set(rows[0]) if rows else ("microseconds",)
        for row in rows:
            row["figure"] = row[column]
            float(row["figure"] or 0)
        return UNITS[column], rows
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble(f"{path}: not readable as a published table ({error}): restore it with git checkout") from error


def rows_of(rows: list[dict[str, str]], whose: tuple, path: Path) -> list[dict[str, str]]:
    system, operation, *times = whose
    found = [row | {"figure": row["figure"] and f"{float(row['figure']) * (times or [1])[0]:g}"} for row in rows if row["system"] == system and row["operation"] == operation]
    if not found:
        raise Trouble(f"{path}: has no row {operation!r} of {system}: restore it with git checkout")
    return found


def figures(rows: list[dict[str, str]]) -> dict[str, float | None]:
    return {row["machine"]: float(row["figure"]) if row["figure"] else None for row in rows}


def microseconds(figure: float | None) -> str:
    """A published figure as the paper prints it, with one decimal at least below 100."""
    if figure is None:
        return "n/a"
    return f"{figure:.0f}" if figure >= 100 else str(figure)


def machines(published: Published, found: dict[str, float]) -> str:
    """The absolute microseconds behind `found`, or Aegis's alone where there is no ratio; by machine, in the paper's order."""
    ultrix, aegis = ({machine: microseconds(figure) for machine, figure in of.items()} for of in (published.ultrix, published.aegis))
    return ", ".join(f"{ultrix[machine]}/{aegis[machine]}" for machine in found) if found else ", ".join(aegis.values())
