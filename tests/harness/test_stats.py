"""The statistics: by hand, and of degenerate samples."""

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
