"""A run's tables for other documents: Markdown, CSV, JSON or LaTeX, operations down, systems and emulators across, as the terminal shows them.

All records with all their fields are show.py's JSON and CSV; these are what a reader sees: one figure a cell, of one operation.
"""

import csv
import io
import json
from dataclasses import dataclass

from harness.comparing import series, show
from harness.reading.records import per_operation

SPECIAL = str.maketrans({"\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "{": r"\{", "}": r"\}", "~": r"\~{}", "^": r"\^{}"})


@dataclass(frozen=True)
class Table:
    experiment: str
    heading: str
    columns: list[str]  # system in emulator, with the name of its series in front if it has one
    rows: dict[str, list[dict | None]]  # records as shown


def tables(records: list[dict], titles: dict[str, str]) -> list[Table]:
    found = []
    shown = per_operation(records)
    for name in dict.fromkeys(record["experiment"] for record in shown):
        columns, rows = series.table([record for record in shown if record["experiment"] == name])
        found.append(Table(name, titles.get(name, name), [" ".join(word for word in (column[0], f"{column[1]} in {column[2]}") if word) for column in columns], rows))
    return found


def text(record: dict | None) -> str:
    return show.cell(record) if record else ""


def markdown(found: list[Table], stamp: str) -> str:
    parts = [f"**{stamp}**"] if stamp else []
    for table in found:
        lines = [["operation", *table.columns], ["---", *("---:" for _ in table.columns)], *([name, *map(text, row)] for name, row in table.rows.items())]
        parts.append(f"## {table.heading}\n\n" + "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines))
    return "\n\n".join([*parts, f"{show.LEGEND}."])


def value(record: dict | None):
    """For programs: the median as a number; of a cell without one its verdict."""
    return None if record is None else record["median"] if record["verdict"] == "ok" else record["verdict"]


def comma(found: list[Table], _stamp: str) -> str:
    """One table of all, under one header: a program reads each column as numbers, a spreadsheet can filter by experiment."""
    output = io.StringIO()
    columns = list(dict.fromkeys(column for table in found for column in table.columns))
    writer = csv.DictWriter(output, ["experiment", "operation", *columns], lineterminator="\n")
    writer.writeheader()
    for table in found:
        writer.writerows({"experiment": table.experiment, "operation": name} | dict(zip(table.columns, map(value, row))) for name, row in table.rows.items())
    return output.getvalue().rstrip("\n")


def as_json(found: list[Table], stamp: str) -> str:
    made = [
        {"experiment": one.experiment, "heading": one.heading, "columns": one.columns, "rows": {name: list(map(value, row)) for name, row in one.rows.items()}} for one in found
    ]
    return json.dumps({"stamp": stamp, "unit": show.LEGEND, "tables": made}, indent=1)


def macro(name: str, content) -> str:
    return rf"\expandafter\def\csname exolab/{name}\endcsname{{{str(content).translate(SPECIAL)}}}"


def latex(found: list[Table], stamp: str) -> str:
    r"""A tabular each, and one macro a number: \exolab{null/syscall/exos/qemu} is the median, with /min and /max behind it those. An unknown name is an error in LaTeX, not a blank."""
    lines = [f"% {show.LEGEND}." + (f" {stamp}" if stamp else "")]
    lines.append(r"\newcommand{\exolab}[1]{\ifcsname exolab/#1\endcsname\csname exolab/#1\endcsname\else\errmessage{exolab has no number #1}\fi}")
    for table in found:
        for record in (record for row in table.rows.values() for record in row if record):
            name = "/".join(record[key] for key in ("experiment", "operation", "system", "emulator"))
            lines.append(macro(name, value(record)))
            lines += [macro(f"{name}/{key}", record[key]) for key in ("min", "max") if record["verdict"] == "ok"]
    for table in found:
        lines += ["", f"% {table.heading}".replace("\n", " "), r"\begin{tabular}{l" + "r" * len(table.columns) + "}"]
        lines.append(" & ".join(["operation", *(column.translate(SPECIAL) for column in table.columns)]) + r" \\ \hline")
        lines += [" & ".join(cell.translate(SPECIAL) for cell in (name, *map(text, row))) + r" \\" for name, row in table.rows.items()]
        lines.append(r"\end{tabular}")
    return "\n".join(lines)


UNSTAMPED = ("csv",)  # has no place for a run's stamp
FORMATS = {"md": markdown, "csv": comma, "json": as_json, "latex": latex}
