"""What the figure of fairness shows: each environment's share of the processor, interval by interval, and the slices that it began and forfeited.

The operations are WHO-work-N, WHO-slices-N and WHO-forfeited-N. How it looks is templates/shares.gp's.
"""

from harness.comparing import series
from harness.figures.plot_counts import number
from harness.published import ratios

COLOURS = ("#0072b2", "#e69f00", "#d55e00")
HEADER = """\
# One block an environment. Columns: interval; share of all work in %; slices begun; slices forfeited (NaN: not counted)
"""


def values(records: list[dict], emulator: str) -> dict:
    """What templates/shares.gp needs for the records of one experiment, what its title and caption say, and the .dat file's text."""
    own = [record for record in records if record["system"] == ratios.EXOKERNEL and record["emulator"] == emulator]
    counts = {record["operation"]: float(number(record) or "nan") for record in own}
    work = {name.removesuffix("-work"): numbers for name, numbers in series.split(list(counts)).items() if name.endswith("-work")}
    blocks = [f"# {who}\n" + "".join(line(counts, work, who, one) for one in numbers) for who, numbers in work.items()]
    return {
        "template": "shares.gp",
        "subject": "% of work",
        "caption": f"Work is counted in units of 1000 instructions, saving included. {ratios.EXOKERNEL} in {emulator}; Bochs counts the same, or the run fails.",
        "data": HEADER + "\n\n".join(blocks),
        "series": [{"who": who, "colour": colour, "aside": 0.07 * (place - 1)} for place, (who, colour) in enumerate(zip(work, COLOURS * len(work)))],
        "most_slices": 1 + max([3, *(count for name, count in counts.items() if ("-slices-" in name or "-forfeited-" in name) and count == count)]),
        "intervals": max([2, *(one for numbers in work.values() for one in numbers)]),
    }


def line(counts: dict, work: dict, who: str, interval: int) -> str:
    total = sum(counts.get(f"{other}-work-{interval}", 0) for other in work)
    share = 100 * counts[f"{who}-work-{interval}"] / total if total else float("nan")
    begun, forfeited = (counts.get(f"{who}-{what}-{interval}", float("nan")) for what in ("slices", "forfeited"))
    return f"{interval} {share:.2f} {begun:g} {forfeited:g}\n".replace("nan", "NaN")
