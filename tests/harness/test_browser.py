"""The report in a real browser: it fits a telephone and a wide screen, nothing is logged, and it can be printed. Skipped where there is no chromium."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import sample_run

from harness.figures import plot
from harness.pages import report, screenshot

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not installed: bash harness/setup.sh browser installs it"),
]

WIDTHS = (360, 1400)  # pixels; a browser's own window cannot be as narrow as a telephone's, a frame in it can
FRAMES = """<html><body style="margin:0">{frames}<script>
onload = () => {{ document.title = [...document.querySelectorAll("iframe")].map(
    f => f.contentWindow.innerWidth + ":" + f.contentDocument.documentElement.scrollWidth + ":" + f.contentDocument.documentElement.scrollHeight).join(" ") }}
</script></body></html>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    found = sample_run.null_records() + sample_run.exception_records() + sample_run.later_records()
    titles = sample_run.HEADINGS | {"null": "Table 4: null procedure call and system call", "exception": "Table 5: exceptions"}
    run_dir = sample_run.write(tmp_path_factory.mktemp("results") / "run", found, about=sample_run.manifest() | {"experiments": titles})
    plot.draw(run_dir)
    return report.write(run_dir)


def looked_at(page: Path) -> tuple[dict[int, tuple[int, int]], list[str]]:
    """For each width: how wide and high the page is in a frame of that width; and what the browser's console said."""
    frames = "".join(f'<iframe src="{page.as_uri()}" style="border:0;width:{width}px;height:900px"></iframe>' for width in WIDTHS)
    wrapper = page.with_name("frames.html")
    wrapper.write_text(FRAMES.format(frames=frames))
    command = screenshot.browser("--allow-file-access-from-files", "--enable-logging=stderr", "--window-size=1800,1000", "--dump-dom", wrapper.as_uri())
    done = subprocess.run(command, capture_output=True, text=True, timeout=screenshot.SECONDS)
    sizes = [tuple(map(int, word.split(":"))) for word in re.search("<title>(.*?)</title>", done.stdout)[1].split()]
    assert [size[0] for size in sizes] == list(WIDTHS)
    return {width: (wide, high) for width, wide, high in sizes}, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def test_it_fits_and_logs_nothing(page):
    sizes, console = looked_at(page)
    assert console == []
    assert all(wide <= width for width, (wide, _) in sizes.items()), sizes
    assert all(high > 5000 for _, high in sizes.values()), "the page was not shown"


def test_a_page_that_does_not_fit_is_noticed(tmp_path):
    page = tmp_path / "report.html"
    page.write_text("<div style='width:500px'>wide</div><script>console.error('oh')</script>")
    sizes, console = looked_at(page)
    assert sizes[360][0] == 500 + 8 and len(console) == len(WIDTHS)  # with the margin on its left


def test_it_can_be_printed(page, tmp_path):
    subprocess.run(screenshot.browser(f"--print-to-pdf={tmp_path / 'report.pdf'}", page.as_uri()), check=True, capture_output=True, timeout=screenshot.SECONDS)
    text = (tmp_path / "report.pdf").read_bytes()
    assert text.startswith(b"%PDF-") and len(re.findall(rb"/Type\s*/Page\b", text)) > 5
