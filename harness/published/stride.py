"""Figure 3 in numbers: three processes with 3, 2 and 1 of 6 shares, and how far from its ideal one of them ever was. Drawn by figures/plot_stride.py."""

import statistics

ORDER = "ran"  # the series that says who ran
SHARES = (3, 2, 1)
Point = tuple[int, int, float]  # quanta gone by, share of the process that ran, its counter


def furthest(points: list[Point]) -> tuple[float, int, int]:
    """How many quanta's worth of work a process was at most away from its ideal, which share that was, and after which quantum. Looks at all of them, always."""
    units = {share: quantum_of_work([one for one in points if one[1] == share]) for share in SHARES}
    done = dict.fromkeys(SHARES, 0.0)
    gaps = [(0.0, min(SHARES), 0)]
    for at, share, work in points:
        done[share] = work / units[share]
        gaps += [(abs(done[one] - at * one / sum(SHARES)), one, at) for one in SHARES]
    return max(gaps, key=lambda gap: gap[0])


def quantum_of_work(points: list[Point]) -> float:
    before = dict.fromkeys(SHARES, 0.0)
    steps = []
    for _, share, work in points:
        steps.append(work - before[share])
        before[share] = work
    return statistics.median(steps) or 1 if steps else 1
