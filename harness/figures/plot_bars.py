"""What the figure of an experiment that only the exokernel has shows: a horizontal bar an operation, on a log axis, with its count beside it.

Where the paper prints a number of instructions for the same thing, a mark stands at it. How it looks is templates/bars.gp's.
"""

from harness.figures.plot_counts import SECOND_EMULATOR, number, verdict
from harness.published import paper, ratios

HEADER = """\
# Medians in guest instructions, not time. Columns:
# row; {main} (bar); {second} (circle); the paper's number of instructions (diamond); label; operation
"""


def values(records: list[dict], emulator: str) -> dict:
    """What templates/bars.gp needs for the records of one experiment, what its title and caption say, and the .dat file's text."""
    cells = ratios.cells(records)
    own = [record for record in records if record["system"] == ratios.EXOKERNEL]
    operations = list(dict.fromkeys((record["experiment"], record["operation"]) for record in records))
    second = SECOND_EMULATOR if any(record["emulator"] != emulator for record in own) else None
    printed = paper.instructions()
    rows = [row(cells, operation, emulator, second, printed.get(operation)) for operation in operations]
    marks = any(operation in printed for operation in operations)
    return {
        "template": "bars.gp",
        "subject": "guest instructions",
        "caption": f"Bars: {ratios.EXOKERNEL} in {emulator}" + (f"; circles: {second}" if second else "") + ("; diamonds: MIPS instructions that the paper prints." if marks else "."),
        "data": HEADER.format(main=emulator, second=second or "none") + "".join(f"{place} {text}\n" for place, text in enumerate(rows, 1)),
        "rows": len(rows),
        "ceiling": max(4 * max([10, *(record["median"] for record in own if record["verdict"] == "ok")]), *(30 * printed[name][0] for name in operations if name in printed), 0),
    }


def row(cells: dict, operation: tuple[str, str], emulator: str, second: str | None, printed: tuple[int, str] | None) -> str:
    bar, other = (cells.get((*operation, ratios.EXOKERNEL, where)) for where in (emulator, second))
    label = number(bar) or number(other) or verdict(bar)
    if printed:
        label += f" (paper: {printed[0]}, {printed[1]})"
    return f'{number(bar) or "NaN"} {number(other) or "NaN"} {printed[0] if printed else "NaN"} "{label}" "{operation[1]}"'
