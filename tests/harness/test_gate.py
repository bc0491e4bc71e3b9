"""The gate notices one instruction; compare names its base; the fairness gate fails where the baseline is longer. All through the real command line."""

import pytest
import sample_run
from handmade import ROOT

from harness.comparing import fairness, gate
from harness.errors import Trouble
from harness.reading import records


@pytest.fixture
def runs(tmp_path):
    """runs(change) -> two run folders that differ in what change(records) does to the second one."""

    def make(change=lambda found: None):
        found = sample_run.null_records()
        before = sample_run.write(tmp_path / "before", found)
        change(found)
        return before, sample_run.write(tmp_path / "after", found)

    return make


def cell(found, operation="syscall", system="exos", emulator="qemu"):
    return next(one for one in found if (one["operation"], one["system"], one["emulator"]) == (operation, system, emulator))


def one_more(found):
    for word in ("min", "median", "max"):
        cell(found)[word] += 1


def test_equal_runs_pass(inside, runs):
    before, after = runs()
    done = inside("gate", "--run", after, "--against", before)
    assert done.returncode == 0 and "0 changed" in done.stdout


def test_one_instruction_fails_and_is_named(inside, runs):
    before, after = runs(one_more)
    done = inside("gate", "--run", after, "--against", before)
    assert done.returncode == 1
    assert next(line for line in done.stdout.splitlines() if "null/syscall " in line).split() == ["null/syscall", "exos", "qemu", "5", "6", "+1", "1.2000"]
    assert "null/syscall on exos: +1 instruction" in done.stdout.splitlines()


def test_what_a_region_does_several_times_is_said_per_operation_and_in_all(runs):
    before, after = map(records.load, runs(one_more))
    for found in (before, after):
        cell(found)["per"] = 2
    assert "null/syscall on exos: +0.5 instructions (+1 in a region that performs it 2 times)" in gate.table(gate.lines(before, after))


def test_a_spread_alone_is_a_change_on_our_kernels_and_a_timer_tick_on_linux(runs):
    def spread(found):
        cell(found)["max"] += 1
        cell(found, system="linux")["max"] += 1

    before, after = map(records.load, runs(spread))
    assert [one.name[2] for one in gate.lines(before, after) if one.state == gate.DIFFERENT] == ["exos"]


def test_a_lost_number_is_a_change(inside, runs):
    before, after = runs(lambda found: cell(found).update(sample_run.record("null", "syscall", "exos", "qemu", verdict="panic", reason="boom")))
    done = inside("gate", "--run", after, "--against", before)
    assert done.returncode == 1 and "PANIC" in done.stdout and "1 lost their number" in done.stdout


def test_nothing_in_common_cannot_be_told(inside, runs):
    before, after = runs(lambda found: found.clear())
    assert inside("gate", "--run", after, "--against", before).returncode == 2


def test_compare_names_the_base_and_is_no_gate(inside, runs):
    before, after = runs(one_more)
    done = inside("compare", before, after)
    assert done.returncode == 0 and f"before (the base): {before}" in done.stdout and "1.2000" in done.stdout


def test_totals_are_compared_as_they_are_shown(runs):
    before, after = map(records.load, runs(one_more))
    for found in (before, after):
        cell(found)["per"] = 2
    (line,) = [one for one in gate.lines(before, after) if one.state == gate.DIFFERENT]
    assert (line.difference, line.ratio) == (0.5, 1.2)


def with_tuned(syscall: int):
    def change(found):
        for one in [one for one in found if one["system"] == "linux"]:
            found.append(one | {"system": "linux-tuned"})
        if syscall:
            for word in ("min", "median", "max"):
                cell(found, system="linux-tuned")[word] = syscall

    return change


def test_fair_is_no_more_instructions(inside, runs):
    _, after = runs(with_tuned(100))
    done = inside("gate", "--fairness", "--run", after)
    assert done.returncode == 0 and "2 of 2 shared operations are fair" in done.stdout
    assert "not compared: null/syscall-stack: ultrix-compat: unsupported" in done.stdout


def test_one_instruction_more_is_unfair_and_stands_first(inside, runs):
    _, after = runs(with_tuned(99))
    done = inside("gate", "--fairness", "--run", after)
    assert done.returncode == 1 and "1 of 2 shared operations are fair" in done.stdout
    assert done.stdout.splitlines()[2].split() == ["null/syscall", "100", "99", "1.010", "UNFAIR"]


def test_a_baseline_that_failed_is_not_fair(inside, runs):
    def change(found):
        with_tuned(100)(found)
        cell(found, system="ultrix-compat").update(sample_run.record("null", "syscall", "ultrix-compat", "qemu", verdict="panic", reason="boom"))

    _, after = runs(change)
    done = inside("gate", "--fairness", "--run", after)
    assert done.returncode == 1 and "no number, so not fair: null/syscall: panic: boom" in done.stdout


def test_a_run_without_the_measure_says_how_to_get_it(inside, runs):
    _, after = runs()
    done = inside("gate", "--fairness", "--run", after)
    assert done.returncode == 2 and "./exolab run --system all" in done.stderr


def test_the_reference_is_fair():
    found = records.load(ROOT / "results/reference")
    try:
        shared = fairness.lines(found)
    except Trouble as trouble:
        pytest.skip(f"results/reference was made without linux-tuned: {trouble}")
    assert [f"{one.experiment}/{one.operation}: {one.baseline} > {one.measure}" for one in shared if one.unfair] == []
    assert fairness.lost(found) == [] and any(one.fair for one in shared)


def test_the_reference_is_equal_to_itself(inside):
    assert inside("gate", "--run", ROOT / "results/reference").returncode == 0
