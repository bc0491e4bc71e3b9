"""Experiments that one system alone has, series and counts: how they are told apart, tabulated, held to the law, and drawn."""

import re
import subprocess

import pytest
import sample_run
from handmade import START, STOP, booted, lines
from sample_run import record
from test_plot import texts
from test_report import Page

from harness import catalogue
from harness.booting import protocol
from harness.comparing import series, show
from harness.crosscheck import law
from harness.figures import plot
from harness.pages import report
from harness.reading import verdicts
from harness.reading.records import Measurement, Record

NOWHERE = catalogue.NO_COUNTERPART
TITLES = {"primitives": f"Primitives {catalogue.NOT_IN_PAPER}", "fairness": f"Shares {catalogue.NOT_IN_PAPER}", "sweeps": f"Sweeps {catalogue.NOT_IN_PAPER}"}
ABOUT = {"run": sample_run.RUN, "experiments": TITLES, "cpu_models": {}}
COUNTED = catalogue.Experiment("fairness", "", "shares", "fairness", (catalogue.Operation("a-slices-1", ""), catalogue.Operation("b", "")), ("exos",))


def everywhere(experiment: str, operation: str, median: float, unit: str = "instructions") -> list[dict]:
    """The records of an operation that exos alone has."""
    found = [record(experiment, operation, "exos", emulator, median) | {"unit": unit} for emulator in ("qemu", "bochs")]
    return found + [record(experiment, operation, "linux", "qemu", verdict="unsupported", reason=NOWHERE)]


def sample() -> list[dict]:
    found = everywhere("primitives", "pct-sync", 28) + everywhere("primitives", "bind", 260)
    for pages, median in ((64, 256), (128, 512), (256, 256000)):
        found += everywhere("sweeps", f"sweep-{pages}", median) + everywhere("sweeps", f"misses-{pages}", 0, "count")
    found += everywhere("sweeps", "limit", 128, "count")
    for interval, work in enumerate((10, 10, 0), 1):
        found += everywhere("fairness", f"honest-work-{interval}", 30, "count") + everywhere("fairness", f"slow-work-{interval}", work, "count")
        found += everywhere("fairness", f"slow-forfeited-{interval}", 4, "count")
    return found


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory):
    folder = sample_run.write(tmp_path_factory.mktemp("run"), records=sample(), law=[], about=ABOUT)
    plot.draw(folder)
    return folder


def test_points_are_a_series_from_three_on():
    assert series.split(["a-1", "a-2", "b-1", "b-2", "b-4", "call-null", "x"]) == {"b": [1, 2, 4]}


def test_a_series_is_one_word_in_a_list_of_operations():
    assert series.fold(["x", "b-1", "b-2", "b-4", "a-1"]) == ["x", "b-1..4", "a-1"]


def test_the_table_of_series_has_numbers_down_and_names_across():
    own = [one for one in sample() if one["experiment"] == "sweeps"]
    columns, rows = series.table(own)
    assert columns == [(name, "exos", emulator) for name in ("sweep", "misses", "") for emulator in ("qemu", "bochs")]
    assert list(rows) == ["limit", "64", "128", "256"]
    assert [one and one["median"] for one in rows["64"]] == [256, 256, 0, 0, None, None]


def test_systems_without_a_counterpart_have_no_column_but_a_reason():
    own = [one for one in sample() if one["experiment"] == "primitives"]
    assert "linux" not in show.one_table(own)
    assert show.reasons(own) == [f"unsupported: primitives (all) on linux in qemu: {NOWHERE}"]


def counted(*told: str) -> Measurement | str:
    """What becomes of the first operation of a boot that printed `told` in its frame."""
    log = lines(*START, "begin fairness", *told, "samples b count 0 1x1", "end fairness ok", "exit fairness 0", *STOP)
    first = verdicts.settle(booted(log), [COUNTED])[0][0]
    return first.measurement or first.verdict


def test_a_count_needs_no_region():
    assert counted("operation a-slices-1", "samples a-slices-1 count 0 6x1") == Measurement(None, 0, (6,), "count")


def test_instructions_need_a_region():
    assert counted("operation a-slices-1", "samples a-slices-1 instructions 0 6x1") == "missing"


def test_other_units_are_damaged():
    assert protocol.parse(lines("samples a seconds 0 6x1")).damaged


def test_a_killed_child_does_not_end_its_parents_frame():
    assert counted("killed child it took too long", "operation a-slices-1", "samples a-slices-1 count 0 6x1").raw == (6,)


@pytest.mark.parametrize(("bochs", "verdict"), [(6, "ok"), (7, "fail")])
def test_counts_are_equal_in_both_emulators(bochs, verdict):
    one, other = (Record("e", "o", "exos", name, "ok", log="x", measurement=Measurement(None, 0, (n,), "count")) for name, n in (("qemu", 6), ("bochs", bochs)))
    assert law.check(one, other, law.Probe({}, (), "no probe")).verdict == verdict


def test_a_count_is_recorded_with_its_unit():
    one = Record("e", "o", "exos", "qemu", "ok", log="x", measurement=Measurement(None, 0, (6,), "count"))
    assert one.as_json("r")["unit"] == "count" and one.as_json("r")["median"] == 6


def test_an_experiment_outside_the_paper_has_one_figure(run_dir):
    assert sorted(path.name for path in (run_dir / "figures").glob("*.svg")) == ["fairness.svg", "primitives.svg", "sweeps.svg"]


def test_bars_carry_their_counts_and_the_papers(run_dir):
    assert {"28 (paper: 30, protected control transfer)", "260", "pct-sync", "bind"} <= set(texts(run_dir / "figures" / "primitives.svg").splitlines())


def test_a_sweep_is_drawn_by_the_page_beside_the_bound(run_dir):
    words = set(texts(run_dir / "figures" / "sweeps.svg").splitlines())
    assert {"4", "1000", "bindings at once: 128", "guest instructions a page (log axis)"} <= words


def test_shares_are_of_the_work_of_all(run_dir):
    assert "# slow\n1 25.00 NaN 4\n2 25.00 NaN 4\n3 0.00 NaN 4\n" in (run_dir / "figures" / "fairness.dat").read_text()


def test_a_run_without_any_number_is_drawn_too(tmp_path):
    cells = [one | {"median": None, "min": None, "max": None, "n": None, "overhead": None, "verdict": "timeout", "reason": "hung"} for one in sample()]
    assert len(plot.draw(sample_run.write(tmp_path / "run", records=cells, law=[], about=ABOUT))) == 4 * len(plot.KINDS)  # what has hung may have had a counterpart: counts and ratios


def test_the_report_compares_only_what_has_a_counterpart(run_dir):
    page = Page(report.write(run_dir).read_text())
    assert [row for row in page.rows if row and row[0] == "primitives pct-sync" and row[1] != "exos"] == []
    assert ["pct-sync", "28", "28"] in page.rows


def test_what_is_built_for_one_system_is_unsupported_on_the_others(build, inside, tmp_path):
    source = b'.section .exolab, "", @progbits\n.ascii "experiment|alone||one system only\\noperation|o|an operation\\n"\n'
    alone = build / "workloads" / "exos" / "alone.elf"
    subprocess.run(["gcc", "-c", "-x", "assembler", "-", "-o", alone], input=source, check=True)
    try:
        assert "experiment  alone  (not in the paper) one system only" in inside("list").stdout
        done = inside("run", "alone", "--no-build", "--system", "linux", "--replay", tmp_path)
        assert done.returncode == 0 and NOWHERE in done.stdout
    finally:
        alone.unlink()


def test_a_bound_of_the_cache_that_cannot_be_is_refused(inside):
    done = inside("run", "--bindings", 100)
    assert done.returncode == 2 and "power of two" in done.stderr


def test_every_system_call_is_measured():
    table = (catalogue.paths.ROOT / "aegis/include/aegis/syscalls.def").read_text()
    calls = set(re.findall(r"^SYSCALL\(\d+, *(\w+),", table, re.MULTILINE))
    away = {"pct_sync", "pct_async", "yield", "slice_done"}  # the rows pct-sync ... slice-start
    measured = {one.name for one in catalogue.read(catalogue.paths.ROOT / "build/workloads/exos/primitives.elf").operations}
    assert {f"call-{name}" for name in calls - away} == {name for name in measured if name.startswith("call-")}
