"""Series: operations called NAME-NUMBER are the points of NAME over NUMBER (docs/wire-format.md). Their tables are turned: numbers down, names across."""

import re

POINT = re.compile(r"(.+)-(\d+)")
LEAST_POINTS = 3  # of a name, to be a series


def split(operations: list[str]) -> dict[str, list[int]]:
    """The series among `operations`: their numbers by name, in the order given."""
    found: dict[str, list[int]] = {}
    for match in filter(None, map(POINT.fullmatch, operations)):
        found.setdefault(match[1], []).append(int(match[2]))
    return {name: numbers for name, numbers in found.items() if len(numbers) >= LEAST_POINTS}


def fold(operations: list[str]) -> list[str]:
    """`operations` with each series as one word: NAME-1..12."""
    known = split(operations)
    words = {}
    for operation in operations:
        match = POINT.fullmatch(operation)
        numbers = known.get(match[1]) if match else None
        words[f"{match[1]}-{numbers[0]}..{numbers[-1]}" if numbers else operation] = None
    return list(words)


def refused(column: list[dict]) -> bool:
    """Whether all of a column is unsupported for one and the same reason, which then is the system's or the emulator's and no operation's."""
    return {one["verdict"] for one in column} == {"unsupported"} and len({one["reason"] for one in column}) == 1


def table(records: list[dict]) -> tuple[list[tuple[str, ...]], dict[str, list[dict | None]]]:
    """The tables of one experiment as columns and rows: what stands above each column, and for each row's name its records, None where there is none.

    A column is a system in an emulator; it is left out if that system cannot do any of the experiment for one and the same reason (the reasons say so). In front
    of it stands the name of the series, "" for operations that are no points of one; those come first.
    """
    known = split(list(dict.fromkeys(record["operation"] for record in records)))
    every = list(dict.fromkeys((one["system"], one["emulator"]) for one in records))
    places = [place for place in every if not refused([one for one in records if (one["system"], one["emulator"]) == place])] or every
    cells, names, rows = {}, {}, {}
    for record in records:
        match = POINT.fullmatch(record["operation"])
        name, row = match.groups() if match and match[1] in known else ("", record["operation"])
        cells[row, name, record["system"], record["emulator"]] = record
        names[name], rows[row] = None, name
    columns = [(name, *place) for name in names for place in places]
    ordered = sorted(rows, key=lambda row: (rows[row] != "", int(row) if rows[row] else 0))
    return columns, {row: [cells.get((row, *column)) for column in columns] for row in ordered}
