"""The report: complete, self-contained, honest about what is lost or missing."""

import re
from html.parser import HTMLParser

import pytest
import sample_run
from sample_run import record

from harness.figures import plot
from harness.pages import report

VOID = {"meta", "br", "link", "img", "hr", "input"}
LOADING = {"src", "srcset", "data", "poster", "action", "background"}


class Page(HTMLParser):
    """Checks that tags nest, and collects ids, text, table rows and everything that a browser would fetch."""

    def __init__(self, text: str):
        super().__init__()
        self.open, self.ids, self.fetched, self.text, self.rows = [], [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "br" and self.rows:
            self.handle_data(" ")
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            if name in LOADING or (name.endswith("href") and not value.startswith("#")):
                self.fetched.append(value)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)
        if self.rows and ("td" in self.open or "th" in self.open):
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def html(tmp_path_factory) -> str:
    run_dir = sample_run.write(tmp_path_factory.mktemp("results") / "20200101-000000")
    plot.draw(run_dir)
    path = report.write(run_dir)
    assert path == run_dir / "report.html"
    return path.read_text()


@pytest.fixture(scope="module")
def page(html) -> Page:
    return Page(html)


def words(page: Page) -> str:
    return " ".join(" ".join(page.text).split())


def write(tmp_path, **parts) -> str:
    return words(Page(report.write(sample_run.write(tmp_path / "run", **parts)).read_text()))


def test_nothing_is_fetched(html, page):
    assert page.fetched == []
    assert "<script" not in html and "@import" not in html
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", html))


def test_the_four_figures_stand_in_the_page_with_ids_of_their_own(html, page):
    assert html.count("<svg") == html.count("</svg>") == 4
    assert len(page.ids) == len(set(page.ids))
    for target in re.findall(r"""href=['"]#([^'"]+)""", html) + re.findall(r"url\(#([^)]+)\)", html):
        assert target in page.ids


def test_the_claims_come_before_everything_else(html, page):
    assert re.search(r'id="(claims|ratios|null)"', html)[1] == "claims"
    assert page.rows[0] == ["verdict", "claims", "against ultrix-compat", "against linux"]
    text = words(page)
    assert "C8 A null system call that needs no stack is 10 to 13 times faster than getpid Table 4 p8. Tested: ratio at least the paper's smallest." in text
    assert "syscall: 10.1 to 13.3 = 32.2/3.2, 33.7/2.9, 21.3/1.6 µs" in text and "against linux: reproduced (linux / exos) syscall: 62.0 = 310 / 5" in text
    assert "cannot be tested here , because there is no network" in text


def test_claims_that_are_not_reproduced_come_first(html):
    shown = re.findall(r'<h3><span class="verdict-[a-z]+">([a-z ]+)</span>', html)
    assert shown == ["not reproduced", "cannot tell", "reproduced", "cannot be tested here"]


def test_each_experiment_says_its_claims_and_how_to_repeat_it(html, page):
    assert re.search(r'Claims: .*<a href="#C8">C8</a>', html)
    assert "./exolab run null " in words(page)


def test_the_command_repeats_what_was_planned():
    about = {"plan": {"systems": ["exos", "linux-tuned"], "emulators": ["qemu"]}, "bindings": 256}
    assert report.command("vm", about) == "./exolab run vm --system exos linux-tuned --emulator qemu --bindings 256"
    assert report.command("vm", {"plan": None}) == "./exolab run vm"


def test_ratios_are_averaged_geometrically_with_their_number(page):
    row = next(row for row in page.rows if row[0] == "geometric mean")
    assert row[3].endswith("of 7 ratios")


def test_a_long_table_is_folded(tmp_path):
    path = report.write(sample_run.write(tmp_path / "run", records=sample_run.later_records(), law=[]))
    assert "<summary>100 rows of numbers</summary>" in path.read_text()


def test_the_verdicts_are_counted_and_a_subset_is_stamped(page):
    assert "PARTIAL 39/48" in words(page)
    assert "78 cells" in words(page)
    for verdict in ("panic", "fail", "timeout", "missing", "unsupported"):
        assert re.search(rf"\d+ {verdict}\b", words(page))


def test_lost_rows_come_first_and_are_marked(page):
    first_cells = [row[0] for row in page.rows if row]
    headline = first_cells.index("operation") + 1
    assert first_cells[headline].split() == ["null", "syscall-stack"]
    assert "0.500 loses" in page.rows[headline][2]
    assert first_cells.index("syscall-stack exokernel loses") < first_cells.index("procedure-call")


def test_ratios_stand_beside_their_absolute_numbers(page):
    row = next(row for row in page.rows if row[0].split() == ["null", "syscall"])
    assert row[1] == "10.1 to 13.3 32.2/3.2, 33.7/2.9, 21.3/1.6 µs"
    assert row[2:] == ["20.0 100 / 5 in qemu", "62.0 310 / 5 in qemu"]


def test_our_cells_and_the_papers_figures_share_a_row(page):
    row = next(row for row in page.rows if row[0] == "overflow-dispatch")
    assert row[1:] == ["15", "15", "PANIC", "PANIC", "1800", "208 / 2.8", "151 / 2.1", "130 / 1.5"]


def test_cells_without_a_number_have_their_reasons(html, page):
    assert sample_run.NO_AC in words(page)
    assert "timeout &lt;reason&gt; &amp; more" in html


def test_the_law_is_shown_with_its_terms(page):
    row = next(row for row in page.rows if row[0].split() == ["exception", "prot-dispatch"] and row[1] == "exos")
    assert row[1:10] == ["exos", "18", "0", "1", "0", "19", "19", "100", "ok"]
    assert "the law predicts 18" in words(page)


def test_the_manifest_and_the_way_to_repeat_it_are_shown(page):
    commit = "0123456789abcdef0123456789abcdef01234567"
    for word in (commit, "a <b> CPU", "-icount shift=0,sleep=off", "make reproduce", "--run results/20200101-000000"):
        assert word in words(page)


def test_it_says_instructions_not_time(page):
    assert "Guest instructions, not time" in words(page) and "It is not time." in words(page)


def test_a_baseline_that_linux_beats_comes_next_and_is_said(tmp_path):
    cells = sample_run.null_records()
    for one in cells:
        if (one["system"], one["operation"]) == ("ultrix-compat", "syscall"):
            one.update(min=400, median=400, max=400)
    text = write(tmp_path, records=cells)
    assert "ultrix-compat takes more instructions than Linux in 1 operations" in text
    assert "null syscall: ultrix-compat loses to linux: 400 > 310" in text


def test_the_later_tables_are_in_the_report(tmp_path):
    text = write(tmp_path, records=sample_run.later_records(), law=[], about=sample_run.manifest() | {"experiments": sample_run.HEADINGS})
    assert "148.5" in text and "the paper: s, Ultrix / exokernel" in text
    assert "26.7 to 37.5 374/13.9, 278/10.4, 236/6.3 µs" in text


def test_an_empty_run_has_a_report(tmp_path):
    assert "0 cells" in write(tmp_path, records=[], law=[])


def test_a_run_that_failed_altogether_has_a_report(tmp_path):
    cells = [record("null", "syscall", system, "qemu", verdict="timeout", reason="hung") for system in ("exos", "linux")]
    text = write(tmp_path, records=cells, law=[], about={})
    assert "2 timeout" in text and "Not drawn" in text and "no readable manifest.json" in text


def test_a_run_without_a_unix_system_says_so(tmp_path):
    assert "no UNIX system" in write(tmp_path, records=[record("null", "syscall", "exos", "qemu", 5)], law=[])


@pytest.mark.parametrize("about", [[], {"boots": None, "experiments": 3, "cpu_models": [], "new": {"deep": [{"a": [1, None]}, [], ""]}}])
def test_a_manifest_of_another_shape_is_shown_as_it_is(tmp_path, about):
    assert "Manifest" in write(tmp_path, about=about)
