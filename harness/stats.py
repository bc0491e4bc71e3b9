"""Statistics, as pure functions. Each says whose it is and what it does with a degenerate sample.

Counts have no noise: the same image gives the same count, so there is nothing to estimate over repetitions. What varies is the layout of the image
(layouts.py), and there a median with its interval is the honest summary. Ratios, and nothing else, are averaged, and geometrically.
"""

import math
from typing import Iterable


def geometric_mean(ratios: Iterable[float]) -> float | None:
    """The mean of ratios that does not depend on which of the two is the base (Fleming and Wallace, CACM 29(3), 1986: how not to lie with statistics).

    None of an empty sample, or if a ratio is not above 0: such a one has no logarithm.
    """
    found = list(ratios)
    if not found or any(not one > 0 for one in found):
        return None
    return math.exp(math.fsum(map(math.log, found)) / len(found))
