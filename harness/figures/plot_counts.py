"""What the figure of counts shows: for each operation one bar a system, on a log axis; a cell without a number is a hole.

The bars are one emulator's, the markers Bochs's. How it looks is templates/counts.gp's, drawing it plot.py's.
"""

from harness.published import ratios

COLOURS = {"exos": "#0072b2", "exos-inverted": "#56b4e9", "ultrix-compat": "#e69f00", "linux": "#8fd3c0", "linux-tuned": "#009e73"}  # distinct to the colour-blind, and in grey
OTHER_COLOUR = "#cc79a7"
SECOND_EMULATOR = "bochs"
BARS_A_PANEL = 18  # at most
PANEL_PIXELS, LABEL_PIXELS, DIGIT_PIXELS = 780, 4, 7  # wide: a panel; what a label needs beside its digits, and for each
GROUP_SHARE = 0.84  # of a group's width that its bars fill
PANELS = {  # by the ending of an operation's name
    "dispatch": "dispatch: from just before the faulting instruction to the handler's first",
    "roundtrip": "round trip: dispatch, a C handler, and the return",
}
HEADER = """\
# Medians in guest instructions, not time. One block a panel and system. Columns:
# place of the bar; {main} (bar); {second} (marker); the higher of both, 0 if none; label over it; verdict of the bar's cell, "" if ok; operation
"""


def values(records: list[dict], emulator: str) -> dict:
    """What templates/counts.gp needs for the records of one experiment, what its title and caption say, and the .dat file's text."""
    cells = ratios.cells(records)
    systems = list(dict.fromkeys(record["system"] for record in records))
    others = {record["emulator"] for record in records} - {emulator}
    second = SECOND_EMULATOR if SECOND_EMULATOR in others else None
    panels = split(records, bars(records) // len(systems) or 1)
    blocks = [
        block(cells, operations, place, system, len(systems), emulator, second)
        for operations in panels.values()
        for place, system in enumerate(systems)
    ]
    return {
        "template": "counts.gp",
        "subject": "guest instructions",
        "caption": f"Bars: {emulator}" + (f"; circles: {second}." if second else "."),
        "data": HEADER.format(main=emulator, second=second or "none") + "\n\n".join(blocks),
        "series": [{"system": system, "colour": COLOURS.get(system, OTHER_COLOUR)} for system in systems],
        "panels": [
            {"title": title.rstrip(), "groups": [short(name) for _, name in operations], "first_block": index * len(systems)}
            for index, (title, operations) in enumerate(panels.items())
        ],
        "marker": second,
        "bar_width": GROUP_SHARE / len(systems),
        "largest": max((record["median"] for record in records if record["verdict"] == "ok"), default=1),
    }


def bars(records: list[dict]) -> int:
    """How many bars a panel may have so that the label of each fits over it."""
    longest = max((len(number(record)) for record in records), default=1)
    return min(BARS_A_PANEL, int(PANEL_PIXELS * GROUP_SHARE / (LABEL_PIXELS + DIGIT_PIXELS * longest)))


def split(records: list[dict], most: int) -> dict[str, list[tuple[str, str]]]:
    """The operations, each with its experiment, by the title of their panel; a panel of more than `most` becomes several of about the same length."""
    panels: dict[str, list[tuple[str, str]]] = {}
    for experiment, operation in dict.fromkeys((record["experiment"], record["operation"]) for record in records):
        panels.setdefault(PANELS.get(operation.rpartition("-")[2], ""), []).append((experiment, operation))
    parts = {}
    for title, operations in panels.items():
        nparts = -(-len(operations) // most)
        each = -(-len(operations) // nparts)
        for part in range(nparts):  # blanks keep the keys apart and are not shown
            parts[title + " " * part] = operations[part * each : (part + 1) * each]
    return parts


def short(operation: str) -> str:
    """The operation's name without the ending that its panel's title says."""
    stem, _, ending = operation.rpartition("-")
    return stem if ending in PANELS else operation


def block(cells: dict, operations: list, place: int, system: str, nsystems: int, emulator: str, second: str | None) -> str:
    """One system's bars in one panel, a line each; it is the `place`-th of a group's bars."""
    offset = (place - (nsystems - 1) / 2) * GROUP_SHARE / nsystems
    lines = [f"# {system}"]
    for group, operation in enumerate(operations, 1):
        bar = cells.get((*operation, system, emulator))
        marker = cells.get((*operation, system, second))
        tip = max(filter(None, map(number, (bar, marker))), key=float, default="0")
        label = number(bar) or number(marker)
        numbers = f'{number(bar) or "NaN"} {number(marker) or "NaN"} {tip}'
        lines.append(f'{group + offset:.4f} {numbers} "{label}" "{verdict(bar)}" "{operation[1]}"')
    return "\n".join(lines) + "\n"


def number(record: dict | None) -> str:
    """The median, or "" where there is none."""
    return f"{record['median']}" if record and record["verdict"] == "ok" else ""


def verdict(record: dict | None) -> str:
    """What a hole says; "" where there is a number."""
    if record is None:
        return "not in this run"
    return "" if record["verdict"] == "ok" else record["verdict"]
