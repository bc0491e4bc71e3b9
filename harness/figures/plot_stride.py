"""What Figure 3 shows: the work that three processes with 3, 2 and 1 of 6 shares have done after each quantum, as the paper drew it, with its points.

The operations are ran-Q, the share of the process that ran in quantum Q, and work-Q, its counter after that. Counters have no common unit (the paper's machine is
another one), so both are shown in quanta's worth of work. How it looks is templates/stride.gp's.
"""

from harness.comparing import series
from harness.figures.plot_counts import number
from harness.published import paper, ratios
from harness.published.stride import ORDER, SHARES, Point, quantum_of_work

LOOKS = {3: ("#0072b2", 7), 2: ("#d55e00", 5), 1: ("#009e73", 9)}  # by share: colour, gnuplot's point type
HEADER = """\
# For each share two blocks, ours and the paper's. Columns: quanta gone by; cumulative work, in what a process does in one quantum; the ideal of that
"""


def values(records: list[dict], emulator: str) -> dict:
    """What templates/stride.gp needs for the records of one experiment, what its title and caption say, and the .dat file's text."""
    own = {one["operation"]: one for one in records if (one["system"], one["emulator"]) == (ratios.EXOKERNEL, emulator)}
    mine = ours(own)
    theirs = [(quantum + 1, share, work) for quantum, share, work in paper.stride()]
    blocks = [block(points, share) for share in SHARES for points in (mine, theirs)]
    last = max([10, *(at for at, _, _ in mine + theirs)])
    return {
        "template": "stride.gp",
        "subject": "cumulative work",
        "caption": (
            f"Points: the process that ran in a quantum, after it; lines: its ideal. {ratios.EXOKERNEL} in {emulator}; the paper's points were read off its Figure 3. "
            "Work is a count of loop iterations, divided by what a process does in one quantum."
        ),
        "data": HEADER + "\n\n".join(blocks),
        "series": [{"share": share, "colour": colour, "point": point, "slope": share / sum(SHARES)} for share, (colour, point) in LOOKS.items()],
        "last": last,
        "furthest": max([5, *(at * share / sum(SHARES) for at, share, _ in mine + theirs)]) * 1.1,
        "order": " ".join(str(share) for _, share, _ in mine[:12]),
    }


def ours(own: dict[str, dict]) -> list[Point]:
    """What was counted; a quantum without its two numbers is left out."""
    found = []
    for quantum in series.split(list(own)).get(ORDER, []):
        share, work = (number(own.get(f"{name}-{quantum}")) for name in (ORDER, "work"))
        if share and work and int(float(share)) in SHARES:
            found.append((quantum, int(float(share)), float(work)))
    return found


def block(points: list[Point], share: int) -> str:
    """The points of the process with this share. Its first quanta may be shorter than others (as the paper's are): the median one is the unit."""
    unit = quantum_of_work(points)
    lines = [f"{at} {work / unit:.6g} {at * share / sum(SHARES):.6g}" for at, one, work in points if one == share]
    return "\n".join([f"# share {share}", *lines, ""]) if lines else f"# share {share}\n0 NaN NaN\n"
