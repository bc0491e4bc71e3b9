"""Draws the figures of a run with gnuplot: counts side by side (table4, table5) and Unix / exokernel ratios (ratios4, ratios5);
for an experiment that the paper does not have, one figure of its name: bars, or lines where it has series.

Each figure is four files in the run's figures/: NAME.dat (the data), NAME.gp (the script, from harness/templates), and NAME.svg and
NAME.png, both drawn by that script, so that anyone can redraw them. What a figure shows is the business of the plot_*.py.
"""

import shutil
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path

import jinja2

from harness import paper, plot_bars, plot_counts, plot_ratios, plot_series, plot_shares, provenance, ratios, records, series
from harness.errors import Trouble

TEMPLATES = Path(__file__).parent / "templates"
KINDS = ("svg", "png")
GNUPLOT_SECONDS = 60
CAPTION_WIDTH = 160  # characters a line


@dataclass(frozen=True)
class Figure:
    name: str  # of its files
    title: str
    caption: str
    data: str  # NAME.dat
    script: str  # NAME.gp


def draw(run_dir: Path) -> list[Path]:
    """Draw every figure of the run into its figures/. Returns the SVG and PNG files. Raises Trouble."""
    program = shutil.which("gnuplot")
    if not program:
        raise Trouble("gnuplot is missing: install the package gnuplot-nox (make setup)")
    folder = run_dir / "figures"
    try:
        folder.mkdir(exist_ok=True)
        return [path for figure in figures(run_dir) for path in draw_one(figure, folder, program)]
    except OSError as error:
        raise Trouble(f"{folder} cannot be written ({error.strerror}): make room or take another run folder") from error


def figures(run_dir: Path) -> list[Figure]:
    """The figures of each experiment of the run, by figure_names()."""
    found = records.per_operation(records.load(run_dir))
    emulator = ratios.main_emulator(found)
    made = []
    for experiment in dict.fromkeys(record["experiment"] for record in found):
        own = [record for record in found if record["experiment"] == experiment]
        names = figure_names(provenance.manifest(run_dir), experiment)
        made += [describe(values, name, run_dir, own) for name, values in zip(names, shown(own, emulator, len(names)))]
    return made


def figure_names(about: dict, experiment: str) -> list[str]:
    """Of an experiment of the paper two figures, counts and ratios; of another one."""
    if not provenance.in_paper(about, experiment):
        return [experiment]
    number = paper.TABLES.get(experiment, f"Table -{experiment}").removeprefix("Table ")
    return [f"table{number}", f"ratios{number}"]


def shown(own: list[dict], emulator: str, nfigures: int) -> list[dict]:
    """What the figures of one experiment show."""
    if nfigures == 2:
        return [plot_counts.values(own, emulator), plot_ratios.values(own, emulator, paper.published())]
    kinds = {name.rpartition("-")[2] for name in series.split([record["operation"] for record in own if record["emulator"] == emulator])}
    kind = plot_shares if "work" in kinds else plot_series if kinds else plot_bars
    return [kind.values(own, emulator)]


def describe(values: dict, name: str, run_dir: Path, own: list[dict]) -> Figure:
    """The figure whose data and title are `values`, as text ready to be drawn."""
    experiment = own[0]["experiment"]
    title = f"{provenance.heading(provenance.manifest(run_dir), experiment)} ({values['subject']})"
    caption = f"{values['caption']} {provenance.caption(run_dir, own)}"
    words = {"name": name, "title": title, "caption": textwrap.wrap(caption, CAPTION_WIDTH)}
    return Figure(name, title, caption, values["data"], template(values["template"]).render(values | words))


def template(name: str, **options) -> jinja2.Template:
    """A file of harness/templates; a name that it uses and is not given is an error."""
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
