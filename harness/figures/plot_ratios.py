"""What the figure of ratios shows: for each operation the paper's Ultrix / Aegis, as a range over its machines, above our Unix / exos. The same of ExOS against
ExOS, where the paper compares two of its variants.

Every ratio stands beside the absolute numbers it was made of; one that does not exist says why. How it looks is templates/ratios.gp's.
"""

from dataclasses import dataclass

from harness.published import paper, ratios

PAPER_LOOK = ("#444444", 13)  # a diamond
LOOKS = {"ultrix-compat": ("#e69f00", 7), "linux": ("#009e73", 5), "linux-tuned": ("#d55e00", 11), "exos": ("#0072b2", 7)}  # colour, gnuplot's point type
OTHER_LOOK = ("#cc79a7", 9)
NO_SUCH_THING = f"{ratios.EXOKERNEL}: unsupported"  # what only a UNIX system has stands in the figure of counts
GROUP_GAP = 0.6  # rows between two operations
HEADER = """\
# {ratio}. The first block is the paper's, then one a system of ours. Columns:
# row; least ratio; greatest ratio (NaN: there is none); whose; the ratio with its absolute numbers, or why there is none
"""


@dataclass(frozen=True)
class Words:
    """How one kind of ratio is spoken of."""

    ratio: str  # above / below
    paper: str  # the same as the paper calls it
    loser: str  # who loses where the ratio is below 1
    ours: str  # with {} for the system above the line


UNIX = Words("Unix / exokernel", "Ultrix / exokernel", "exokernel", f"{{}} / {ratios.EXOKERNEL}")
PAGE_TABLES = Words("linear / inverted", "linear / inverted", "inverted table", "ours: linear / inverted")
TRUST = Words("lrpc / tlrpc", "lrpc / tlrpc", "tlrpc", "ours: lrpc / tlrpc")


def values(found: list[ratios.Ratio], emulator: str, published: dict, words: Words = UNIX) -> dict:
    """What templates/ratios.gp needs for the ratios of one experiment, what its title and caption say, and the .dat file's text."""
    drawn = {(one.experiment, one.operation) for one in found if not one.reason.startswith(NO_SUCH_THING)} | {*published}
    found = [one for one in found if (one.experiment, one.operation) in drawn]
    unix_systems = list(dict.fromkeys(one.unix for one in found))
    operations = list(dict.fromkeys((one.experiment, one.operation) for one in found))
    pitch = 1 + len(unix_systems) + GROUP_GAP
    first_row = {operation: 0.8 + index * pitch for index, operation in enumerate(operations)}
    blocks = ["# the paper\n" + "".join(paper_line(first_row[name], published.get(name), words) for name in operations)]
    for place, unix in enumerate(unix_systems, 1):
        own = [one for one in found if one.unix == unix]
        blocks.append(f"# {unix}\n" + "".join(our_line(first_row[one.experiment, one.operation] + place, one, emulator, words) for one in own))
    looks = [PAPER_LOOK, *(LOOKS.get(unix, OTHER_LOOK) for unix in unix_systems)]
    every = [one.value for one in found if one.value is not None]
    every += [ratio for name in operations if name in published for ratio in published[name].ratios().values()]
    return {
        "template": "ratios.gp",
        "subject": words.ratio,
        "caption": f"Ours in {emulator} where not said otherwise; the paper's as it printed them, the range is over its machines.",
        "note": f"ratio = {words.ratio} (paper: {unit(published, operations)}, by machine; ours: instructions)",
        "loser": words.loser,
        "data": HEADER.format(ratio=words.ratio) + "\n\n".join(blocks),
        "series": [{"colour": colour, "point": point} for colour, point in looks],
        "groups": [{"operation": operation, "row": first_row[experiment, operation]} for experiment, operation in operations],
        "rows": len(operations) * pitch + 0.6,
        "floor": min([0.4, *(value / 2 for value in every if value)]),
        "ceiling": max([10, *(value * 2 for value in every)]),
    }


def line(row: float, least: float | None, greatest: float | None, whose: str, text: str) -> str:
    numbers = "NaN NaN" if least is None else f"{least:.6g} {greatest:.6g}"
    return f'{row:.2f} {numbers} "{whose}" "{text}"\n'


def unit(published: dict, operations: list) -> str:
    return next((published[name].unit for name in operations if name in published), "µs")


def paper_line(row: float, published: paper.Published | None, words: Words) -> str:
    whose = f"paper: {words.paper}"
    if published is None:
        return line(row, None, None, whose, "not in the paper")
    found = published.ratios()
    if not found:
        return line(row, None, None, whose, f"n/a in the paper; {published.below} {paper.machines(published, found)} {published.unit}")
    least, greatest = min(found.values()), max(found.values())
    return line(row, least, greatest, whose, f"{ratios.spell(least)} to {ratios.spell(greatest)} = {paper.machines(published, found)}")


def our_line(row: float, ratio: ratios.Ratio, emulator: str, words: Words) -> str:
    whose = words.ours.format(ratio.unix)
    if ratio.value is None:
        return line(row, None, None, whose, f"no ratio ({ratio.reason})")
    remarks = (f" in {ratio.emulator}" if ratio.emulator != emulator else "") + (", loses" if ratio.lost else "")
    text = f"{ratios.spell(ratio.value)} = {ratio.counts}{remarks}"
    return line(row, ratio.value, ratio.value, whose, text)
