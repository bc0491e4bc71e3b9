"""The law finds a difference of one instruction, and nothing that is unknown counts as holding it."""

import json

import pytest

from harness.crosscheck import law, probe_log
from harness.errors import Trouble
from harness.reading.records import Measurement, Record, write_json

REGION = (0x400010, 0x400020)
OTHER = (0x400030, 0x400040)


def record(emulator, raw, region=REGION, operation="prot", verdict="ok"):
    measured = Measurement(region, 2, tuple(raw)) if verdict == "ok" else None
    return Record("exception", operation, "exos", emulator, verdict, "" if measured else "why", "logs/x.serial", measured)


def interval(region=REGION, r=0, f=1, d=0, unknown=0, instructions=18):
    return probe_log.Interval(region, instructions, r, f, d, unknown)


def probe(raw, *intervals, **others):
    samples = {"prot": Measurement(REGION, 2, tuple(raw))} | others
    return law.Probe(samples, intervals)


def test_law_holds_sample_by_sample_and_skips_the_warm_up():
    seen = [interval(f=3), interval(OTHER, r=9), interval(r=1), interval(f=0, d=2, instructions=20)]
    check = law.check(record("qemu", [18, 20]), record("bochs", [18, 22]), probe([18, 20], *seen))
    assert check.verdict == "ok"
    assert (check.qemu, check.R, check.F, check.D, check.predicted, check.bochs, check.samples) == (18, 1, 1, 0, 18, 18, 2)


def test_a_difference_of_one_in_one_sample_is_a_violation():
    check = law.check(record("qemu", [18, 18, 18]), record("bochs", [19, 19, 20]), probe([18] * 3, *[interval()] * 3))
    assert check.verdict == "fail"
    assert check.reason == "region 0x400010..0x400020: sample 2 is 20 in bochs, the law predicts 19 (1 of 3 samples differ)"
    assert (check.qemu, check.predicted, check.bochs) == (18, 19, 20)


@pytest.mark.parametrize(
    "seen, says",
    [
        (probe([18], interval(unknown=1)), "could not decode 1 cases"),
        (probe([18]), "saw 0 executions of the region, the guest reports 1 samples"),
        (probe([17], interval()), "the probe disturbs"),
        (probe([18], interval(instructions=17)), "18 by the guest's clock in qemu, but the probe saw 17"),
        (probe([18], interval(), ud2=Measurement(REGION, 2, (18,))), "its region is also that of ud2"),
        (law.Probe({}, (interval(),)), "the probe's boot did not measure it"),
        (law.Probe({}, (), "truncated"), "truncated"),
    ],
)
def test_without_a_sound_probe_the_law_is_not_held(seen, says):
    check = law.check(record("qemu", [18]), record("bochs", [19]), seen)
    assert check.verdict == "fail"
    assert says in check.reason


def test_different_numbers_of_samples_are_a_violation():
    check = law.check(record("qemu", [18, 18]), record("bochs", [19]), probe([18, 18], interval(), interval()))
    assert (check.verdict, check.reason) == ("fail", "2 samples in qemu, 1 in bochs")


def test_cells_without_a_number_are_not_checked():
    good = record("bochs", [19])
    assert law.check(record("qemu", [], verdict="unsupported"), good, probe([18])).verdict == "unsupported"
    assert law.check(record("qemu", [], verdict="timeout"), good, probe([18])).verdict == "missing"
    assert law.check(record("qemu", [18]), record("bochs", [], verdict="unsupported"), probe([18])).verdict == "unsupported"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "interval 0x1 0x2 3 0 0 0 0\n",
        "interval 0x1 0x2 3 0 0 0 0\nend 2\n",
        "interval 0x1 0x2 3 0 0 0 0\nend 1",
        "interval 0x1 0x2 3 0 0 0\nend 1\n",
        "interval 0x1 0x2 3 0 0 -1 0\nend 1\n",
    ],
)
def test_truncated_or_garbled_probe_is_refused(text):
    with pytest.raises(ValueError):
        probe_log.read_intervals(text)


def test_probe_is_read():
    text = "interval 0x400010 0x400020 18 1 2 3 4\nend 1\n"
    assert probe_log.read_intervals(text) == (probe_log.Interval(REGION, 18, 1, 2, 3, 4),)
    assert probe_log.read_intervals("end 0\n") == ()


@pytest.fixture
def run_dir(tmp_path):
    """A run folder with one cell that holds the law."""
    qemu, bochs = record("qemu", [18]), record("bochs", [19])
    write_json(tmp_path / "records.json", [qemu.as_json("r"), bochs.as_json("r")])
    write_json(tmp_path / "crosscheck.json", law.check_all([qemu, bochs], {("exos", "exception"): probe([18], interval())}))
    return tmp_path


def test_kept_checks_pass_when_untouched(run_dir):
    assert [one["verdict"] for one in law.load_checks(run_dir)] == ["ok"]


@pytest.mark.parametrize("key, value", [("qemu", 19), ("R", 1), ("bochs", 18), ("predicted", 18), ("F", 0)])
def test_an_edited_check_does_not_pass(run_dir, key, value):
    checks = json.loads((run_dir / "crosscheck.json").read_text())
    checks[0][key] = value
    write_json(run_dir / "crosscheck.json", checks)
    assert law.violated(law.load_checks(run_dir))


def test_a_check_that_is_not_the_records_does_not_pass(run_dir):
    checks = json.loads((run_dir / "crosscheck.json").read_text())
    for key in ("qemu", "predicted", "bochs"):
        checks[0][key] += 5
    write_json(run_dir / "crosscheck.json", checks)
    assert law.violated(law.load_checks(run_dir))


def test_a_check_left_out_is_missing(run_dir):
    write_json(run_dir / "crosscheck.json", [])
    assert [one["verdict"] for one in law.load_checks(run_dir)] == ["missing"]


def test_no_checks_file_is_a_clear_message(run_dir):
    (run_dir / "crosscheck.json").unlink()
    with pytest.raises(Trouble, match="has no crosscheck.json"):
        law.load_checks(run_dir)


@pytest.mark.parametrize("kept", [{}, [1], [{}], "x", [{"experiment": "e", "operation": "o", "system": "exos", "verdict": "ok", "reason": ""}]])
def test_checks_of_another_shape_are_refused(tmp_path, kept):
    write_json(tmp_path / "records.json", [])
    write_json(tmp_path / "crosscheck.json", kept)
    with pytest.raises(Trouble, match="is not a list of checks"):
        law.load_checks(tmp_path)
