"""Draws the figures of a run with gnuplot: counts side by side (table4, table5) and Unix / exokernel ratios (ratios4, ratios5); for an experiment that no UNIX
system has, one figure: bars, or lines where it has series. Figures of an experiment that the paper does not have bear its name instead of a table's number.

Each figure is five files in the run's figures/: NAME.dat (the data), NAME.gp (the script, from harness/templates), and NAME.svg, NAME.png
and NAME.pdf, drawn by that script, so that anyone can redraw them. What a figure shows is the business of the plot_*.py.
"""

import os
import re
import shutil
import subprocess
import textwrap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness import paths
from harness.catalogue import NOT_IN_PAPER
from harness.comparing import series
from harness.errors import Trouble
from harness.figures import plot_bars, plot_counts, plot_ratios, plot_series, plot_shares, plot_stride
from harness.published import paper, ratios, stride
from harness.reading import provenance, records

TEMPLATES = paths.ROOT / "harness" / "templates"
KINDS = ("svg", "png", "pdf")
GNUPLOT_SECONDS = 60
TABLE_13 = {"heading": "Table 13: The same on ExOS with linear and with inverted page tables"}  # of the experiment of Table 10
CAPTION_WIDTH = 160  # characters a line


@dataclass(frozen=True)
class Figure:
    name: str  # of its files
    experiment: str
    title: str
    caption: str
    data: str  # NAME.dat
    script: str  # NAME.gp


def draw(run_dir: Path) -> list[Path]:
    """Draw every figure of the run into its figures/. Returns the SVG, PNG and PDF files. Raises Trouble."""
    program = shutil.which("gnuplot")
    if not program:
        raise Trouble("gnuplot is missing: install the package gnuplot-nox (make setup)")
    folder = run_dir / "figures"
    try:
        folder.mkdir(exist_ok=True)
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:  # gnuplot takes most of the time after a run's last boot
            return [path for drawn in pool.map(lambda figure: draw_one(figure, folder, program), figures(run_dir)) for path in drawn]
    except OSError as error:
        raise Trouble(f"{folder} cannot be written ({error.strerror}): make room or take another run folder") from error


def figures(run_dir: Path) -> list[Figure]:
    """The figures of each experiment of the run."""
    found = records.per_operation(records.load(run_dir))
    emulator = ratios.main_emulator(found)
    made = []
    for experiment in dict.fromkeys(record["experiment"] for record in found):
        own = [record for record in found if record["experiment"] == experiment]
        heading = provenance.heading(provenance.manifest(run_dir), experiment)
        made += [describe(values, name, run_dir, own) for name, values in shown(own, emulator, stem(heading, experiment)).items()]
    return made


def stem(heading: str, experiment: str) -> str:
    """What the names of an experiment's figures end in: `4` of Table 4, its own name if the paper does not have it."""
    match = re.match(r"Table (\d+)\b", heading)
    return match[1] if match else f"-{experiment}"


def shown(own: list[dict], emulator: str, ending: str) -> dict[str, dict]:
    """What the figures of one experiment show, by their names."""
    kinds = {name.rpartition("-")[2] for name in series.split([record["operation"] for record in own if record["emulator"] == emulator])}
    if stride.ORDER in kinds:
        return {"figure3": plot_stride.values(own, emulator)}
    if kinds or not ratios.compared(own):
        kind = plot_shares if "work" in kinds else plot_series if kinds else plot_bars
        more = {f"ratios{ending}": ratio_values(ratios.of_trust(own), emulator, paper.TRUST_ROWS, plot_ratios.TRUST)}
        name = f"table{ending}" if ending.isdigit() else ending.removeprefix("-")
        return {name: kind.values(own, emulator)} | {name: values for name, values in more.items() if values}
    linear = [record for record in own if record["system"] != ratios.INVERTED]
    found = {
        f"table{ending}": plot_counts.values(linear, emulator),
        f"ratios{ending}": ratio_values(ratios.ratios(linear), emulator, paper.ROWS, plot_ratios.UNIX),
    }
    if len(linear) < len(own):
        pair = [record for record in own if record["system"] in ratios.EXOKERNELS]
        found["table13"] = plot_counts.values(pair, emulator) | TABLE_13
        found["ratios13"] = ratio_values(ratios.of_page_tables(own), emulator, paper.PAGE_TABLE_ROWS, plot_ratios.PAGE_TABLES) | TABLE_13
    return found


def ratio_values(found: list[ratios.Ratio], emulator: str, rows: tuple, words: plot_ratios.Words) -> dict | None:
    return plot_ratios.values(found, emulator, paper.published(rows=rows), words) if found else None


def describe(values: dict, name: str, run_dir: Path, own: list[dict]) -> Figure:
    """The figure whose data and title are `values`, as text ready to be drawn."""
    experiment = own[0]["experiment"]
    about = provenance.manifest(run_dir)
    heading = values.get("heading") or provenance.heading(about, experiment)
    title = f"{heading.removesuffix(NOT_IN_PAPER).rstrip()} ({values['subject']}{'' if provenance.in_paper(about, experiment) else '; not in the paper'})"
    caption = f"{values['caption']} {provenance.caption(run_dir, own)}"
    stamp = provenance.stamp(about)
    words = {"name": name, "title": title, "stamp": stamp, "caption": [*([stamp] if stamp else []), *textwrap.wrap(caption, CAPTION_WIDTH)]}
    return Figure(name, experiment, title, " ".join(filter(None, (stamp, caption))), values["data"], template(values["template"]).render(values | words) + provenance.comments(about, own))


@cache
def template(name: str, **options) -> "jinja2.Template":
    """A file of harness/templates; a name that it uses and is not given is an error."""
    import jinja2  # here, because importing it takes a sixth of what most verbs take

    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, trim_blocks=True, undefined=jinja2.StrictUndefined, **options)
    environment.filters["quoted"] = quoted
    return environment.get_template(name)


def quoted(text: str) -> str:
    """`text` as a gnuplot string, in which nothing is special."""
    return "'" + text.replace("'", "''").replace("\n", " ") + "'"


def draw_one(figure: Figure, folder: Path, program: str) -> list[Path]:
    script = folder / f"{figure.name}.gp"
    script.with_suffix(".dat").write_text(figure.data)
    script.write_text(figure.script)
    command = [program, "--default-settings", script.name]
    try:
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=GNUPLOT_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Trouble(f"gnuplot did not finish {script} in {GNUPLOT_SECONDS} s: run it by hand to see why") from error
    if ran.returncode != 0:
        raise Trouble(f"gnuplot failed on {script}: {' '.join(ran.stderr.split())[:300]}")
    return [script.with_suffix(f".{kind}") for kind in KINDS]
