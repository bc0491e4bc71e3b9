"""The published figures (results/paper) of the operations that we measure too, and the paper's ratio Ultrix / Aegis.

Our own ratios are ratios.py's. Microseconds never meet our instruction counts: only ratios are comparable.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from harness import paths
from harness.errors import Trouble

FOLDER = paths.ROOT / "results" / "paper"

TABLES = {"null": "Table 4", "exception": "Table 5"}  # of the paper, by our experiment

TABLE_4 = "table04-null-procedure-and-syscall.csv"
TABLE_5 = "table05-exceptions.csv"

COUNTS = "instructions.csv"  # lengths of paths that the paper gives as numbers of instructions
COUNTED = {("primitives", "pct-sync"): "protected control transfer", ("primitives", "guaranteed-refill"): "STLB hit", ("primitives", "foreign-syscall"): "exception dispatch"}

GETPID = "null system call (getpid)"
ROWS = (  # our experiment and operation; the file; the row for Ultrix; the row for Aegis
    ("null", "procedure-call", TABLE_4, "null procedure call", "null procedure call"),
    ("null", "syscall", TABLE_4, GETPID, "system call, no stack needed"),
    ("null", "syscall-stack", TABLE_4, GETPID, "system call, stack needed"),
    ("exception", "prot-dispatch", TABLE_5, "prot", "prot"),
    ("exception", "overflow-dispatch", TABLE_5, "overflow", "overflow"),
    ("exception", "coproc-dispatch", TABLE_5, "coproc", "coproc"),
    ("exception", "unalign-dispatch", TABLE_5, "unalign", "unalign"),
)


@dataclass(frozen=True)
class Published:
    """One operation in the paper. Microseconds by machine, in the paper's order; None is the paper's n/a."""

    experiment: str
    operation: str
    ultrix: dict[str, float | None]
    aegis: dict[str, float | None]
    note: str  # why a figure is n/a, "" if none is

    def ratios(self) -> dict[str, float]:
        """Ultrix / Aegis by machine, where the paper has both."""
        return {
            machine: self.ultrix[machine] / aegis
            for machine, aegis in self.aegis.items()
            if aegis is not None and self.ultrix.get(machine) is not None
        }


def published(folder: Path = FOLDER) -> dict[tuple[str, str], Published]:
    """Every operation of ours that the paper has, by (experiment, operation). Raises Trouble if a file is missing or damaged."""
    tables = {name: read(folder / name) for name in (TABLE_4, TABLE_5)}
    found = {}
    for experiment, operation, table, ultrix_row, aegis_row in ROWS:
        ultrix = rows_of(tables[table], "Ultrix", ultrix_row, folder / table)
        aegis = rows_of(tables[table], "Aegis", aegis_row, folder / table)
        note = next((row["note"] for row in ultrix if not row["microseconds"]), "")
        found[experiment, operation] = Published(experiment, operation, figures(ultrix), figures(aegis), note)
    return found


def instructions(folder: Path = FOLDER) -> dict[tuple[str, str], tuple[int, str]]:
    """MIPS instructions of the paper and what it calls them, by our experiment and operation. Raises Trouble."""
    try:
        with (folder / COUNTS).open(newline="") as file:
            printed = {row["operation"]: int(row["instructions"]) for row in csv.DictReader(file)}
        return {ours: (printed[theirs], theirs) for ours, theirs in COUNTED.items()}
    except (OSError, ValueError, KeyError) as error:
        raise Trouble(f"{folder / COUNTS}: not readable as published counts ({error}): restore it with git checkout") from error


def read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            float(row["microseconds"] or 0)
        return rows
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble(f"{path}: not readable as a published table ({error}): restore it with git checkout") from error


def rows_of(rows: list[dict[str, str]], system: str, operation: str, path: Path) -> list[dict[str, str]]:
    found = [row for row in rows if row["system"] == system and row["operation"] == operation]
    if not found:
        raise Trouble(f"{path}: has no row {operation!r} of {system}: restore it with git checkout")
    return found


def figures(rows: list[dict[str, str]]) -> dict[str, float | None]:
    return {row["machine"]: float(row["microseconds"]) if row["microseconds"] else None for row in rows}


def microseconds(figure: float | None) -> str:
    """A published figure as the paper prints it, with one decimal at least below 100."""
    if figure is None:
        return "n/a"
    return f"{figure:.0f}" if figure >= 100 else str(figure)
