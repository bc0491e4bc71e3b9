"""The figures: what is drawn, what is left as a hole, and that anyone can redraw them."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest
import sample_run
from sample_run import record

from harness.errors import Trouble
from harness.figures import plot, plot_counts, plot_ratios
from harness.published import paper, ratios

FIGURES = ["table4", "ratios4", "table5", "ratios5"]
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    run_dir = sample_run.write(tmp_path_factory.mktemp("run"))
    return run_dir, plot.draw(run_dir)


def texts(path) -> str:
    """All text of an SVG, a line each."""
    return "\n".join("".join(one.itertext()).strip() for one in ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text"))


def test_each_figure_is_drawn_twice_and_keeps_its_data_and_script(drawn):
    run_dir, paths = drawn
    assert [path.name for path in paths] == [f"{name}.{kind}" for name in FIGURES for kind in ("svg", "png", "pdf")]
    starts = {".png": PNG, ".svg": b"<?xml", ".pdf": b"%PDF-"}
    assert all(path.read_bytes().startswith(starts[path.suffix]) for path in paths)
    assert {path.name for path in (run_dir / "figures").iterdir()} == {f"{n}.{k}" for n in FIGURES for k in ("svg", "png", "pdf", "gp", "dat")}


def test_the_kept_script_alone_draws_the_same_figure(drawn, tmp_path):
    run_dir, _ = drawn
    for suffix in ("gp", "dat"):
        shutil.copy(run_dir / "figures" / f"table4.{suffix}", tmp_path)
    subprocess.run(["gnuplot", "table4.gp"], cwd=tmp_path, check=True, timeout=20)
    assert (tmp_path / "table4.svg").read_text() == (run_dir / "figures" / "table4.svg").read_text()


@pytest.mark.parametrize("name", FIGURES)
def test_every_caption_says_what_was_counted_where_and_in_which_run(drawn, name):
    words = texts(drawn[0] / "figures" / f"{name}.svg").replace("\n", " ")
    for word in ("Guest instructions, not time", "QEMU (CPU model max,-erms,-fsrm)", "Bochs (CPU model corei7_icelake_u)", f"Run {sample_run.RUN}, commit 0123456789ab and changes never committed"):
        assert word in words


def test_a_cell_without_a_number_is_a_hole_with_its_verdict(drawn):
    rows = re.findall(r'^\S+ (\S+) \S+ \S+ "(.*?)" "(.*?)" "(.*?)"$', (drawn[0] / "figures" / "table5.dat").read_text(), re.MULTILINE)
    assert len(rows) == 30
    for bar, _, verdict, _ in rows:
        assert (bar == "NaN") == (verdict != "")
    words = texts(drawn[0] / "figures" / "table5.svg").splitlines()
    for verdict in ("panic", "fail", "timeout", "missing", "unsupported"):
        assert words.count(verdict) == sum(row[2] == verdict for row in rows) > 0


LATER = ["table8", "ratios8", "table9", "ratios9", "table10", "ratios10", "table13", "ratios13", "table-process", "ratios-process", "table6", "table12", "ratios12", "figure3"]


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    about = sample_run.manifest() | {"experiments": sample_run.HEADINGS}
    run_dir = sample_run.write(tmp_path_factory.mktemp("later"), records=sample_run.later_records(), law=[], about=about)
    return run_dir, plot.draw(run_dir)


def test_every_table_has_its_figures(later):
    assert [path.stem for path in later[1] if path.suffix == ".svg"] == LATER


def test_table_13_is_drawn_from_table_10s_experiment_and_apart_from_it(later):
    figures = later[0] / "figures"
    assert "exos-inverted" not in texts(figures / "table10.svg").splitlines() and "exos-inverted" in texts(figures / "table13.svg").splitlines()
    assert "ultrix-compat" not in texts(figures / "table13.svg").splitlines()
    words = texts(figures / "ratios13.svg").splitlines()
    assert words[0].startswith("Table 13: ") or any(word.startswith("Table 13: ") for word in words)
    assert {"2.19 to 2.22 = 17.5/8.0, 13.1/5.9", "2.42 = 58 / 24", "0.894 = 2950 / 3300, loses"} <= set(words)


def test_later_tables_stand_beside_the_papers_ratios(later):
    assert {"10.6 to 14.0 = 326/30.9, 243/22.6, 199/14.2", "19.0 = 2820 / 148.5"} <= set(texts(later[0] / "figures/ratios8.svg").splitlines())
    assert "1.62 to 2.17 = 13.9/8.6, 10.4/6.4, 6.3/2.9" in texts(later[0] / "figures/ratios12.svg")
    assert "28 (paper: 30, protected control transfer)" in texts(later[0] / "figures/table6.svg")


def test_many_operations_become_several_panels():
    cells = [record("ipc", f"o{n}", system, "qemu", 3) for n in range(8) for system in ("a", "b", "c", "d")]
    assert [len(panel["groups"]) for panel in plot_counts.values(cells, "qemu")["panels"]] == [4, 4]


def test_figure_3_has_ours_the_papers_and_the_order(later):
    blocks = (later[0] / "figures/figure3.dat").read_text().split("\n\n\n")
    assert [block.count("\n") for block in blocks] and len(blocks) == 6
    ours, theirs = ([line.split() for line in block.splitlines() if not line.startswith("#")] for block in blocks[:2])
    assert ours[0] == ["1", "1", "0.5"] and ours[-1][:2] == ["100", "51"] and len(ours) == 51 and len(theirs) == 51
    assert "order: 3 2 3 3 1 2 3 2 3 3 1 2…" in texts(later[0] / "figures/figure3.svg")


def test_figure_3_without_numbers_is_drawn(tmp_path):
    cells = [record("stride", one["operation"], "exos", "qemu", verdict="timeout", reason="hung") for one in sample_run.stride_records()]
    assert len(plot.draw(sample_run.write(tmp_path / "run", records=cells, law=[], about={}))) == 3


def test_bars_are_labelled_with_their_counts(drawn):
    words = texts(drawn[0] / "figures" / "table4.svg").splitlines()
    assert {"4", "5", "100", "310", "200"} <= set(words)


def test_a_hole_in_qemu_still_shows_what_bochs_measured():
    cell = ("exception", "unalign-dispatch", "exos")
    cells = [record(*cell, "qemu", verdict="unsupported", reason="no"), record(*cell, "bochs", 13)]
    assert '1.0000 NaN 13 13 "13" "unsupported" "unalign-dispatch"' in plot_counts.values(cells, "qemu")["data"]


def test_a_cell_that_no_record_has_is_a_hole():
    cells = [record("null", "a", "exos", "qemu", 3), record("null", "b", "exos", "qemu", 3), record("null", "a", "linux", "qemu", 9)]
    assert '"not in this run" "b"' in plot_counts.values(cells, "qemu")["data"]


def test_ratios_stand_beside_their_absolute_numbers(drawn):
    words = texts(drawn[0] / "figures" / "ratios4.svg").splitlines()
    assert "10.1 to 13.3 = 32.2/3.2, 33.7/2.9, 21.3/1.6" in words
    assert "62.0 = 310 / 5" in words
    assert "0.500 = 100 (syscall) / 200, loses" in words


def test_a_ratio_that_does_not_exist_says_why(drawn):
    words = texts(drawn[0] / "figures" / "ratios5.svg").splitlines()
    assert {"no ratio (linux: timeout)", "not in the paper", "n/a in the paper; Aegis 2.8, 2.1, 1.5 µs"} <= set(words)


def test_an_operation_has_a_row_for_each_unix_system_or_none(tmp_path):
    cells = [record("exception", "unalign-roundtrip", system, "qemu", verdict="unsupported", reason="no #AC") for system in ("exos", "ultrix-compat", "linux")]
    cells += [record("exception", "unalign-roundtrip", system, "bochs", median) for system, median in (("exos", 60), ("ultrix-compat", 832))]
    data = plot_ratios.values(ratios.ratios(cells), "qemu", {})["data"]
    assert '"13.9 = 832 / 60 in bochs"' in data and '"linux / exos" "no ratio (' in data
    nowhere = [one for one in cells if one["emulator"] == "qemu"]
    assert "/ exos" not in plot_ratios.values(ratios.ratios(nowhere), "qemu", {})["data"]


def test_ratios_are_spelt_without_exponents():
    assert [ratios.spell(value) for value in (0.05, 1, 9.999, 12345.6)] == ["0.0500", "1.00", "10.0", "12346"]


def test_an_empty_run_has_no_figures(tmp_path):
    assert plot.draw(sample_run.write(tmp_path / "run", records=[])) == []


def test_a_run_that_failed_altogether_is_drawn_as_holes(tmp_path):
    cells = [record("null", "syscall", system, "qemu", verdict="panic", reason="x") for system in ("exos", "linux")]
    paths = plot.draw(sample_run.write(tmp_path / "run", records=cells, about={}))
    assert texts(paths[0]).splitlines().count("panic") == 2
    assert "CPU model not recorded" in texts(paths[0]).replace("\n", " ")


def test_zero_large_and_halved_counts_are_drawn(tmp_path):
    cells = [record("null", "syscall", system, "bochs", median) for system, median in (("exos", 0), ("linux", 123456789), ("other", 2.5))]
    for cell in cells:
        cell.update(min=0, max=123456789)
    words = texts(plot.draw(sample_run.write(tmp_path / "run", records=cells))[0]).splitlines()
    assert {"0", "123456789", "2.5"} <= set(words)


def test_an_experiment_that_is_in_no_table_of_the_paper_is_drawn_too(tmp_path):
    cells = [record("it's new", "a_b^c", "exos", "qemu", 3)]
    paths = plot.draw(sample_run.write(tmp_path / "run", records=cells))
    assert paths[0].name == "it's new.svg"
    assert "a_b^c" in texts(paths[0]).splitlines()


def test_a_script_that_gnuplot_refuses_is_named(tmp_path):
    figure = plot.Figure("broken", "", "", "", "", "plot nonsense(")
    with pytest.raises(Trouble, match="gnuplot failed on .*broken.gp"):
        plot.draw_one(figure, tmp_path, shutil.which("gnuplot"))


def test_a_missing_gnuplot_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Trouble, match="gnuplot-nox"):
        plot.draw(sample_run.write(tmp_path / "run"))


def test_a_run_folder_that_cannot_be_written_is_told(tmp_path):
    run_dir = sample_run.write(tmp_path / "run")
    (run_dir / "figures").write_text("in the way")
    with pytest.raises(Trouble, match="figures cannot be written"):
        plot.draw(run_dir)


def test_the_paper_has_a_figure_for_each_of_its_machines():
    for one in paper.published().values():
        assert list(one.aegis) == list(one.ultrix) == ["DEC2100", "DEC3100", "DEC5000/125"]
