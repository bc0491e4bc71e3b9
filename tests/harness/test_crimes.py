"""The crimes of benchmarking, each committed here on purpose: the harness must make it impossible or loud. docs/method.md lists them and where each is prevented.

The list is our design's and Gernot Heiser's (Systems Benchmarking Crimes). What an instruction count cannot commit (noise taken for signal) is not here.
"""

import json
import re

import pytest
import sample_run
from handmade import GOOD, NULL, START, line, lines
from sample_run import record

from harness import paths
from harness.catalogue import Experiment, Operation, System
from harness.errors import Trouble
from harness.figures import plot
from harness.pages import report
from harness.published import claims, judging, ratios
from harness.reading import completeness, provenance, records
from harness.running.runner import Plan
from harness.verbs import run

ROOT = paths.ROOT


def planned(cells: list[dict]) -> dict:
    """A manifest that planned just these cells."""
    names = lambda key: list(dict.fromkeys(one[key] for one in cells))  # noqa: E731
    operations = {name: [one for one in dict.fromkeys(each["operation"] for each in cells if each["experiment"] == name)] for name in names("experiment")}
    experiments = [
        {"name": name, "table": "", "title": name, "program": name, "flavours": ["exos", "unix"], "operations": [{"name": one, "title": one, "per": 1} for one in found]}
        for name, found in operations.items()
    ]
    about = sample_run.manifest() | {"stamp": "", "plan": {"systems": names("system"), "emulators": names("emulator"), "experiments": experiments}}
    return about | {"experiments": {"null": "Table 4: null procedure call and system call"}}


# ---- a subset shown as the whole


def plan(*names: str, systems=("exos", "ultrix-compat", "linux"), emulators=("qemu", "bochs")) -> tuple[Plan, dict, dict]:
    class Machine:
        measures = True

    everything = {name: Experiment(name, "", name, name, (Operation("a", ""), Operation("b", "")), ("exos", "unix")) for name in ("null", "vm")}
    known = {name: Machine() for name in ("qemu", "bochs")}
    chosen = [everything[name] for name in names]
    made = [System(name, "", "exos" if name == "exos" else "unix", name) for name in systems]
    return Plan(chosen, made, {name: known[name] for name in emulators}, ROOT, 1), known, everything


@pytest.mark.parametrize(
    "arguments, stamp",
    [
        (dict(), ""),
        (dict(systems=("exos", "linux")), "PARTIAL 16/24 cells"),
        (dict(emulators=("qemu",)), "PARTIAL 12/24 cells"),
    ],
)
def test_a_subset_is_stamped(monkeypatch, arguments, stamp):
    monkeypatch.setattr(run.catalogue, "DEFAULT_SYSTEMS", ["exos", "ultrix-compat", "linux"])
    assert run.stamp(*plan("null", "vm", **arguments)) == stamp
    assert run.stamp(*plan("vm", **arguments)).startswith("PARTIAL ")


def test_the_stamp_stands_on_everything_that_is_shown(inside, gnuplot, tmp_path):
    run_dir = sample_run.write(tmp_path / "run")
    stamp = sample_run.manifest()["stamp"]
    for words in (["show"], ["table"], ["table", "--format", "latex"], ["table", "--format", "json"], ["claims"], ["claims", "--format", "json"]):
        assert stamp in inside(*words, "--run", run_dir).stdout, words
    for words in (["show", "--format", "csv"], ["show", "--format", "json"], ["table", "--format", "csv"]):  # formats without a place for it
        assert stamp in inside(*words, "--run", run_dir).stderr, words
    figures = plot.draw(run_dir)
    assert all(stamp in path.read_text() for path in figures if path.suffix == ".svg")
    assert stamp in report.write(run_dir).read_text()


# ---- rows that lose, hidden


def test_a_row_taken_out_of_the_records_is_missed(inside, gnuplot, tmp_path):
    cells = [one for one in sample_run.null_records() if one["system"] != "linux"]
    run_dir = sample_run.write(tmp_path / "run", cells, [], planned(cells))
    assert inside("show", "--run", run_dir).stdout.startswith("Table 4")
    lost = [one for one in cells if one["operation"] != "syscall-stack"]  # the row in which the exokernel loses
    (run_dir / "records.json").write_text(json.dumps(lost))
    said = "4 PLANNED CELLS HAVE NO RECORD"
    assert inside("show", "--run", run_dir).stdout.startswith(said)
    assert said in inside("claims", "--run", run_dir).stdout
    assert all(said in path.read_text() for path in plot.draw(run_dir) if path.suffix == ".svg")
    assert said in report.write(run_dir).read_text()


def test_numbers_on_which_the_emulators_disagree_are_stamped(inside, gnuplot, tmp_path):
    cells = sample_run.exception_records()
    run_dir = sample_run.write(tmp_path / "run", cells, sample_run.checks())
    said = "THE EMULATORS DISAGREE ON 1 REGION: "
    for words in (["show"], ["table"], ["claims"]):
        assert said in inside(*words, "--run", run_dir).stdout
    assert all(said in path.read_text() for path in plot.draw(run_dir) if path.suffix == ".svg")
    assert said in report.write(run_dir).read_text()


@pytest.mark.parametrize("plan", [None, 3, {}, {"experiments": None}, {"systems": ["plan9"], "emulators": ["qemu"], "experiments": [{"name": "a"}]}])
def test_a_manifest_without_a_readable_plan_plans_nothing(plan):
    assert completeness.planned({"plan": plan}) == completeness.planned({}) == set()


def test_what_loses_is_shown_first_and_marked(tmp_path):
    cells = sample_run.null_records()
    found = report.contents(sample_run.write(tmp_path / "run", cells, []))["headlines"]
    assert [bool(row["lost"]) for row in found] == sorted((bool(row["lost"]) for row in found), reverse=True) and found[0]["operation"] == "syscall-stack"


def test_an_edited_number_breaks_the_law(inside, tmp_path):
    cells = [record("exception", "prot-dispatch", "exos", emulator, median) for emulator, median in (("qemu", 16), ("bochs", 17))]
    run_dir = sample_run.write(tmp_path / "run", cells, sample_run.checks()[:1])
    assert inside("crosscheck", "--run", run_dir).returncode == 0
    for cell in cells:
        if cell["emulator"] == "qemu":
            cell.update(min=8, median=8, max=8)
    sample_run.write(run_dir, cells, sample_run.checks()[:1])
    assert inside("crosscheck", "--run", run_dir).returncode == 1


# ---- ratios: without their numbers and base, averaged arithmetically, across units


def test_a_ratio_cannot_be_made_without_its_counts_and_its_base():
    with pytest.raises(TypeError):
        ratios.Ratio("null", "syscall", 62.0)
    one = ratios.ratios(sample_run.null_records())[0]
    assert one.counts == f"{one.unix_count} / {one.exokernel_count}" and one.unix


def test_every_ratio_that_is_shown_has_its_counts(tmp_path):
    cells = sample_run.null_records() + sample_run.exception_records() + sample_run.later_records()
    for row in report.contents(sample_run.write(tmp_path / "run", cells, []))["headlines"]:
        for value, counts in [row["paper"], *row["ours"].values()]:
            assert not value[0].isdigit() or re.search(r"\d ?(\([a-z-]+\) )?/ ?\d", counts), row
    for judged in judging.judged(cells):
        for part in (part for finding in judged.findings for part in finding.parts if part.base and part.holds is not None):
            assert re.search(r"^[\d.]+ = [\d.]+ / [\d.]+", part.text) and " / " in part.base or part.base.startswith("on "), part


AVERAGES = re.compile(r"\b(fmean|mean|average|nanmean)\(|sum\([^()]*\) ?/ ?len\(")


def averages(text: str) -> list[str]:
    """Every use of an arithmetic mean."""
    return [found[0] for found in AVERAGES.finditer(text) if not text[: found.start()].endswith("geometric_")]


def test_the_harness_has_no_arithmetic_mean():
    assert averages("statistics.fmean(ratios) + sum(ratios) / len(ratios)") == ["fmean(", "sum(ratios) / len("]  # committed here
    assert averages("stats.geometric_mean(ratios)") == []
    for path in sorted((ROOT / "harness").rglob("*.py")):
        assert averages(path.read_text()) == [], path


def test_instructions_are_not_held_against_microseconds(tmp_path):
    text = claims.FILE.read_text().replace('["null/syscall@unix", "null/syscall@exos"]', '["null/syscall@ultrix", "null/syscall@exos"]', 1)
    (tmp_path / "claims.toml").write_text(text)
    with pytest.raises(Trouble, match="ultrix"):  # the paper's machines are no cells: only their ratios are bounds
        claims.load(tmp_path / "claims.toml")


# ---- a failed or hung run read as a number


def test_a_hang_is_no_number_and_costs_no_other_cell(inside, tmp_path):
    folder = tmp_path / "recorded"
    folder.mkdir()
    hung = lines("boot 1 ultrix-compat", START[1], *NULL[:3]) + line(NULL[3])[:-9]  # its samples cut off in the middle of their line, and then nothing
    for name, data, status in (("exos-1", GOOD, "1"), ("ultrix-compat-1", hung, "timeout")):
        (folder / f"{name}.serial").write_bytes(data)
        (folder / f"{name}.status").write_text(status)
    assert inside("run", "--no-build", "--timeout", "0.5", "--system", "exos", "ultrix-compat", "--replay", folder).returncode == 1
    cells = {(one["system"], one["operation"]): one for one in json.loads(inside("show", "--format", "json").stdout)}
    assert cells["ultrix-compat", "call"]["verdict"] == "timeout" and cells["ultrix-compat", "call"]["median"] is None
    assert cells["exos", "call"]["median"] == 2 and cells["exos", "syscall"]["verdict"] == "ok"


def test_a_record_may_not_have_a_number_without_its_verdict(tmp_path):
    for change in ({"verdict": "timeout", "reason": "hung"}, {"n": None}, {"min": None}):
        run_dir = sample_run.write(tmp_path / "run", [record("null", "syscall", "exos", "qemu", 5) | change])
        with pytest.raises(Trouble, match="not a list of records"):
            records.load(run_dir)


def test_a_hole_is_drawn_as_a_hole(tmp_path):
    cells = [record("null", "syscall", "exos", "qemu", 5), record("null", "syscall", "linux", "qemu", verdict="timeout", reason="hung")]
    paths = plot.draw(sample_run.write(tmp_path / "run", cells, []))
    data = (tmp_path / "run/figures/table4.dat").read_text()
    row = data.split("# linux\n")[1].split()
    assert row[1:4] == ["NaN", "NaN", "0"] and '"timeout"' in row
    assert "timeout" in paths[0].read_text()


# ---- claims and figures that stand on nothing


def test_a_claim_without_its_experiment_is_refused(tmp_path):
    (tmp_path / "claims.toml").write_text(claims.FILE.read_text().replace('experiments = ["pct"]\n', "", 1))
    with pytest.raises(Trouble, match="a test with its experiments"):
        claims.load(tmp_path / "claims.toml")


def test_a_part_of_a_run_reproduces_nothing_that_it_did_not_measure():
    assert not [one for one in judging.judged(sample_run.null_records()) if one.verdict == judging.REPRODUCED and set(one.claim.experiments) != {"null"}]


def test_a_figure_without_its_provenance_says_that(tmp_path):
    cells = sample_run.null_records()
    whole = plot.figures(sample_run.write(tmp_path / "whole", cells, []))[0]
    for word in ("commit 0123456789ab and changes never committed", "CPU model max,-erms,-fsrm", "Run sample-run", "Guest instructions, not time"):
        assert word in whole.caption
    bare = plot.figures(sample_run.write(tmp_path / "bare", cells, [], {}))[0]
    assert "commit not recorded" in bare.caption and "CPU model not recorded" in bare.caption


def test_a_figures_script_has_the_rest_of_its_provenance(tmp_path):
    cells = [one | {"log": "logs/exos-qemu-1.serial"} for one in sample_run.null_records()]
    script = plot.figures(sample_run.write(tmp_path / "run", cells, []))[0].script
    for word in ('"QEMU emulator version 7.2.22"', '# dirty: true', '"kernel": "' + "ab" * 32, "shift=0,sleep=off", '"cpu": "a <b> CPU"'):
        assert word in script, word
    assert "bochs-bin" not in script  # no boot that these records are not of


def test_a_manifest_of_another_shape_gives_comments_all_the_same():
    assert provenance.comments({"boots": [3, {"name": None}, {"name": "x"}], "host": []}, [{"log": "logs/x.serial"}]).count("\n") == 4


# ---- a baseline that is a strawman


def test_a_baseline_slower_than_linux_is_said_before_the_rows_that_are_in_order(tmp_path):
    cells = sample_run.null_records()
    for one in cells:
        if (one["system"], one["operation"]) == ("ultrix-compat", "syscall"):
            one.update(min=400, median=400, max=400)
    found = report.contents(sample_run.write(tmp_path / "run", cells, []))
    assert found["nunfair"] == 1
    rows = [bool(row["lost"] or row["unfair"]) for row in found["headlines"]]
    assert rows == sorted(rows, reverse=True)
