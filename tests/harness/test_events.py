"""The probe's numbers of an operation are those of its median execution, and of none that cannot be trusted."""

import pytest
from test_law import OTHER, REGION, probe, record

from harness.crosscheck import events, probe_log


def interval(instructions, region=REGION, unknown=0, **counted):
    return probe_log.Interval(region, instructions, 0, 1, 0, unknown, counted)


def test_the_median_execution_is_shown_with_all_that_was_counted():
    seen = [interval(30, loads=9), interval(18, loads=1), interval(5, OTHER), interval(20, loads=2), interval(25, loads=3)]
    (row,) = events.collect([record("qemu", [18, 20, 25])], {("exos", "exception"): probe([18, 20, 25], *seen)})
    assert row == {"experiment": "exception", "operation": "prot", "system": "exos", "per": 1, "insns": 20, "R": 0, "F": 1, "D": 0, "loads": 2}


@pytest.mark.parametrize("seen", [[interval(18, unknown=1)], [interval(17)], []])
def test_what_cannot_be_trusted_has_no_row(seen):
    assert events.collect([record("qemu", [18])], {("exos", "exception"): probe([18], *seen)}) == []


def test_without_a_probe_or_a_number_there_is_no_row():
    assert events.collect([record("qemu", [18])], {}) == []
    assert events.collect([record("qemu", [], verdict="panic"), record("bochs", [18])], {("exos", "exception"): probe([18], interval(18))}) == []
