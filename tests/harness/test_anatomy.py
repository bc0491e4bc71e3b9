"""The report's anatomy: what is kept of the traces is what is shown, and it adds up."""

import json
import xml.etree.ElementTree as xml

import pytest
import sample_run
from test_report import Page
from test_trace import named

from harness.errors import Trouble
from harness.pages import report
from harness.reading.records import write_json
from harness.tracing import anatomy, trace


def kept(operation="syscall", system="exos", nfunctions=2, trouble="", as_measured=True):
    path = ", ".join(f"{'u' if i == 0 else 'k'}:f{i} nop" for i in range(nfunctions))
    steps = named(path)
    functions = [{"ring": key[0], "of": key[1], "function": key[2], "instructions": count} for key, count in trace.folded(steps).items()]
    return {"experiment": "null", "operation": operation, "system": system, "headline": f"null.{operation} on {system}", "trouble": trouble, "raw": nfunctions, "overhead": 1,
            "per": 1, "as_measured": as_measured, "functions": functions, "stacks": anatomy.tree(trace.stacks(steps))}  # fmt: skip


@pytest.fixture
def page(tmp_path):
    """The report of a run with these traces."""

    def make(*traces):
        folder = sample_run.write(tmp_path / "run", sample_run.null_records())
        write_json(folder / anatomy.FILE, list(traces))
        return Page(report.write(folder).read_text())

    return make


def test_a_run_without_traces_has_no_such_section(tmp_path):
    folder = sample_run.write(tmp_path / "run", sample_run.null_records())
    assert "Anatomy" not in report.write(folder).read_text()


def test_each_function_has_its_row_and_the_sum_is_the_record(page):
    found = page(kept())
    assert "anatomy" in found.ids
    at = found.rows.index(["function", "instructions", "ring", "of"])
    assert [row[:2] for row in found.rows[at + 1 : at + 5]] == [["f0", "1"], ["f1", "1"], ["the same region empty", "−1"], ["sum", "1"]]
    assert found.fetched == []


def test_of_many_functions_the_smaller_ones_are_one_row(page):
    rows = page(kept(nfunctions=anatomy.MOST_ROWS + 3)).rows
    assert ["3 smaller ones", "3", "", ""] in rows


def test_what_could_not_be_traced_and_what_is_another_count_is_said(page):
    text = " ".join(page(kept() | {"functions": [], "headline": "no trace: because"}, kept(system="linux", as_measured=False)).text)
    assert "no trace: because" in text and "the run's count differs" in text


def test_call_stacks_survive_the_file():
    root = trace.stacks(named("u:main call, u:f syscall, k:entry sysret, u:f ret, u:main nop"))
    again = anatomy.frame(json.loads(json.dumps(anatomy.tree(root))))
    assert anatomy.tree(again) == anatomy.tree(root) and again.total() == 5


def test_the_drawing_is_in_the_page(page, tmp_path):
    page(kept())
    text = (tmp_path / "run" / "report.html").read_text()
    drawn = text[text.index('<svg xmlns="http://www.w3.org/2000/svg" class="flame"') :]
    xml.fromstring(drawn[: drawn.index("</svg>") + 6])


@pytest.mark.parametrize("text", ["{", "[1]", '[{"operation": 1}]'], ids=["cut", "shape", "lacking"])
def test_a_damaged_file_is_a_clear_message(tmp_path, text):
    folder = sample_run.write(tmp_path / "run", sample_run.null_records())
    (folder / anatomy.FILE).write_text(text)
    with pytest.raises(Trouble, match="remove it"):
        report.write(folder)
