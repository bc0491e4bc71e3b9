"""Statistics, as pure functions. Each says whose it is and what it does with a degenerate sample.

Counts have no noise: the same image gives the same count, so there is nothing to estimate over repetitions. What varies is the layout of the image
(layouts.py), and there a median with its interval is the honest summary. Ratios, and nothing else, are averaged, and geometrically.
"""

import math
import random
import statistics
from typing import Iterable


def geometric_mean(ratios: Iterable[float]) -> float | None:
    """The mean of ratios that does not depend on which of the two is the base (Fleming and Wallace, CACM 29(3), 1986: how not to lie with statistics).

    None of an empty sample, or if a ratio is not above 0: such a one has no logarithm.
    """
    found = list(ratios)
    if not found or any(not one > 0 for one in found):
        return None
    return math.exp(math.fsum(map(math.log, found)) / len(found))


def median_interval(sample: list[float], level: float = 0.95, resamples: int = 2000, seed: int = 0) -> tuple[float, float] | None:
    """The percentile bootstrap's confidence interval of a sample's median (Efron, Annals of Statistics 7(1), 1979; Efron and Tibshirani 1993, chapter 13).

    Repeatable: the resamples are drawn with `seed`. None of fewer than two values, which say nothing about spread; of equal ones that value, twice.
    """
    if len(sample) < 2:
        return None
    if min(sample) == max(sample):
        return sample[0], sample[0]
    dice = random.Random(seed)
    medians = sorted(statistics.median(dice.choices(sample, k=len(sample))) for _ in range(resamples))
    outside = int((1 - level) / 2 * resamples)  # at each end
    return medians[outside], medians[-1 - outside]
