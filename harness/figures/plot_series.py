"""What the figure of series shows: instructions over the number of an operation's name (NAME-NUMBER), a line a series, both axes log.

Bars are plot_bars.py's, shares over time plot_shares.py's. How it looks is templates/lines.gp's.
"""

from harness.comparing import series
from harness.figures.plot_counts import SECOND_EMULATOR, number
from harness.published import ratios

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")
PER_POINT = {"sweep": "sweep, divided by its pages"}  # series whose instructions are divided by their number
BOUND = "limit"  # an operation that counts a size: a vertical line stands at it
HEADER = """\
# Medians in guest instructions, not time. One block a series. Columns: number; {main} (line); {second} (circle); its label stands above (1) or below (-1)
"""


def values(records: list[dict], emulator: str) -> dict:
    """What templates/lines.gp needs for the records of one experiment, what its title and caption say, and the .dat file's text."""
    own = [record for record in records if record["system"] == ratios.EXOKERNEL]
    cells = ratios.cells(own)
    experiment = own[0]["experiment"] if own else ""
    second = SECOND_EMULATOR if any(record["emulator"] != emulator for record in own) else None
    counted = {record["operation"] for record in own if record["unit"] == "count"}
    found = {
        name: numbers
        for name, numbers in series.split(list(dict.fromkeys(record["operation"] for record in own))).items()
        if not any(f"{name}-{one}" in counted for one in numbers)
    }
    points = {(name, one): medians(cells, (experiment, f"{name}-{one}"), name, one, (emulator, second)) for name, numbers in found.items() for one in numbers}
    highest = {at: max((value[0] for (_, one), value in points.items() if one == at and value[0] == value[0]), default=0) for _, at in points}
    blocks = [
        f"# {name}\n" + "".join(f"{one} {' '.join(map(spelt, points[name, one]))} {1 if points[name, one][0] == highest[one] else -1}\n" for one in numbers)
        for name, numbers in found.items()
    ]
    shown = [value for pair in points.values() for value in pair if value == value]
    bound = cells.get((experiment, BOUND, ratios.EXOKERNEL, emulator))
    return {
        "template": "lines.gp",
        "subject": "guest instructions",
        "caption": f"Lines: {ratios.EXOKERNEL} in {emulator}" + (f"; circles: {second}." if second else "."),
        "data": HEADER.format(main=emulator, second=second or "none") + "\n\n".join(blocks),
        "series": [{"title": PER_POINT.get(name, name), "colour": colour} for name, colour in zip(found, COLOURS * len(found))],
        "unit": "guest instructions" + (" a page" if found and set(found) <= set(PER_POINT) else ""),
        "ticks": sorted({one for numbers in found.values() for one in numbers}),
        "bound": int(number(bound) or 0),
        "ceiling": 3 * max([10, *shown]),
        "floor": min([1000, *(value for value in shown if value > 0)]) / 3,
    }


def medians(cells: dict, operation: tuple[str, str], name: str, at: int, emulators: tuple) -> list[float]:
    """One point in each emulator, NaN where there is no number."""
    found = [number(cells.get((*operation, ratios.EXOKERNEL, emulator))) for emulator in emulators]
    return [float(text) / (at if name in PER_POINT else 1) if text else float("nan") for text in found]


def spelt(value: float) -> str:
    return f"{value:.6g}" if value == value else "NaN"
