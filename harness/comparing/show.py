"""A run's records as text: the tables of the paper, JSON or CSV. Plots are plot.py's business, the HTML page report.py's."""

import csv
import io
import json

from harness.comparing import series
from harness.reading.records import per_operation

COLUMNS = ["experiment", "operation", "system", "emulator", "unit", "n", "min", "median", "max", "verdict", "reason", "run", "overhead", "per", "log"]
LEGEND = "Guest instructions, not time (or, where the experiment says so, counts of things): median, net of the loop's overhead, of one operation"


def as_json(records: list[dict], _manifest: dict) -> str:
    return json.dumps(records, indent=1)


def as_csv(records: list[dict], _manifest: dict) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().rstrip("\n")


def as_tables(records: list[dict], manifest: dict) -> str:
    """One table an experiment, operations down, system and emulator across; below, why cells have no number."""
    records = per_operation(records)
    parts = [manifest.get("stamp", "")]
    for experiment in dict.fromkeys(record["experiment"] for record in records):
        title = manifest.get("experiments", {}).get(experiment, experiment)
        parts.append(title + "\n\n" + one_table([record for record in records if record["experiment"] == experiment]))
    parts += [footnote(records), "\n".join(reasons(records))]
    return "\n\n".join(part for part in parts if part)


def one_table(records: list[dict]) -> str:
    columns, rows = series.table(records)
    head = [["", *words] for words in zip(*columns) if any(words)]
    return grid(head, [[name, *(cell(record) if record else "" for record in found)] for name, found in rows.items()])


def cell(record: dict) -> str:
    if record["verdict"] != "ok":
        return record["verdict"] if record["verdict"] == "unsupported" else record["verdict"].upper()
    spread = "" if record["min"] == record["max"] else f" [{record['min']}..{record['max']}]"
    return f"{record['median']}{spread}"


def grid(head: list[list[str]], rows: list[list[str]]) -> str:
    """Columns wide enough for their cells, the first left and the others right."""
    widths = [max(map(len, column)) for column in zip(*head, *rows)]
    lines = ["  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:]))]).rstrip() for row in head + rows]
    lines.insert(len(head), "-" * (sum(widths) + 2 * (len(widths) - 1)))
    return "\n".join(lines)


def footnote(records: list[dict]) -> str:
    counts = sorted({record["n"] for record in records if record["verdict"] == "ok"})
    if not counts:
        return "No cell has a number."
    samples = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    return f"{LEGEND}; {samples} samples each; [min..max] where they are not all equal."


def reasons(rows: list[dict]) -> list[str]:
    """Why records or checks are not ok: each reason once for all operations and places that share it, the unsupported ones last."""
    operations: dict[str, list[str]] = {}
    groups: dict[tuple, dict[str, list[str]]] = {}
    for row in rows:
        operations.setdefault(row["experiment"], []).append(row["operation"])
        if row["verdict"] != "ok":
            where = f"{row['system']} in {row['emulator']}" if "emulator" in row else row["system"]
            groups.setdefault((row["verdict"], row["experiment"], row["reason"]), {}).setdefault(where, []).append(row["operation"])
    lines = []
    for (verdict, experiment, reason), places in sorted(groups.items(), key=lambda group: group[0][0] == "unsupported"):
        for names in dict.fromkeys(map(tuple, places.values())):
            every = len(names) > 1 and set(names) == set(operations[experiment])
            where = ", ".join(place for place, there in places.items() if tuple(there) == names)
            lines.append(f"{verdict}: {experiment} ({'all' if every else ', '.join(series.fold(list(names)))}) on {where}: {reason}")
    return lines


def crosscheck(checks: list[dict]) -> str:
    """The law, region by region."""
    head = [["", "system", "qemu", "R", "F", "D", "predicted", "bochs", "samples", "verdict"]]
    keys = ("system", "qemu", "R", "F", "D", "predicted", "bochs", "samples", "verdict")
    rows = [
        [f"{one['experiment']}/{one['operation']}", *("-" if one[key] is None else str(one[key]) for key in keys)]
        for one in checks
    ]
    parts = ["bochs = qemu - R + F + D, in raw guest instructions", grid(head, rows), "\n".join(reasons(checks))]
    return "\n\n".join(part for part in parts if part)


UNSTAMPED = ("json", "csv")  # formats for machines, which have no place for a run's stamp
FORMATS = {"table": as_tables, "json": as_json, "csv": as_csv}
