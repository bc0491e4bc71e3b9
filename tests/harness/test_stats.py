"""The statistics: by hand, and of degenerate samples."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import stats

RATIO = st.floats(1e-6, 1e6)


def test_the_geometric_mean_by_hand():
    assert stats.geometric_mean([2, 8]) == pytest.approx(4)
    assert stats.geometric_mean([5]) == pytest.approx(5)


@pytest.mark.parametrize("sample", [[], [0], [1, 0], [-1, 1], [float("nan")]])
def test_what_has_no_geometric_mean_is_none(sample):
    assert stats.geometric_mean(sample) is None


@given(st.lists(RATIO, min_size=1, max_size=20))
def test_the_geometric_mean_does_not_depend_on_the_base(sample):
    assert stats.geometric_mean(1 / one for one in sample) == pytest.approx(1 / stats.geometric_mean(sample))
    assert min(sample) * (1 - 1e-9) <= stats.geometric_mean(sample) <= max(sample) * (1 + 1e-9)


def test_the_interval_of_a_median_holds_it_and_is_repeatable():
    sample = [100, 101, 103, 107, 120, 140, 150]
    low, high = stats.median_interval(sample)
    assert 100 <= low <= 107 <= high <= 150 and (low, high) == stats.median_interval(sample)
    narrow, wide = stats.median_interval(sample, level=0.5), stats.median_interval(sample, level=0.99)
    assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


def test_the_interval_covers_the_true_median_about_as_often_as_it_says():
    dice = random.Random(1)
    hits = 0
    for _ in range(200):
        low, high = stats.median_interval([dice.gauss(0, 1) for _ in range(25)], resamples=200)
        hits += low <= 0 <= high
    assert 180 <= hits <= 200


@pytest.mark.parametrize("sample, interval", [([], None), ([7], None), ([7, 7], (7, 7)), ([7] * 20, (7, 7))])
def test_degenerate_samples_have_no_interval_or_none_to_speak_of(sample, interval):
    assert stats.median_interval(sample) == interval


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=12))
def test_an_interval_lies_within_its_sample(sample):
    low, high = stats.median_interval(sample, resamples=50)
    assert min(sample) <= low <= high <= max(sample)
