"""The report of a run: one self-contained HTML page with the paper's claims, ratios, tables, figures, law checks and manifest.

The page's words are templates/report.html's and its looks report.css's; the figures are plot.py's and must be drawn before; the verdicts on claims are
judging.py's. It loads nothing from anywhere.
"""

import re
from collections import Counter
from pathlib import Path

from markupsafe import Markup

from harness import catalogue, stats
from harness.comparing import fairness, series, show
from harness.crosscheck import law
from harness.errors import Trouble
from harness.figures import plot, plot_ratios
from harness.published import claims, judging, paper, ratios
from harness.reading import provenance, records
from harness.running import layouts, wall
from harness.tracing import anatomy

FILE = "report.html"
LONG_TABLE = 24  # rows; a longer one is folded
BULK = ("boots", "plan", "experiments", "not_booted")  # of the manifest
VERDICT_CLASS = {judging.REPRODUCED: "verdict-reproduced", judging.NOT: "verdict-not", judging.UNTOLD: "verdict-open", judging.CANNOT: "verdict-cannot"}


def write(run_dir: Path) -> Path:
    """Write the run's report.html and return its path. Raises Trouble."""
    page = plot.template(FILE, autoescape=True).render(contents(run_dir))
    path = run_dir / FILE
    try:
        path.write_text(page)
    except OSError as error:
        raise Trouble(f"{path} cannot be written: {error.strerror}") from error
    return path


def contents(run_dir: Path) -> dict:
    """Everything the page says that is not the same for every run."""
    found = records.per_operation(records.load(run_dir))
    about = provenance.manifest(run_dir)
    published = paper.published()
    compared = {name for name in names(found, "experiment") if ratios.compared([record for record in found if record["experiment"] == name])}
    held = [record for record in found if record["experiment"] in compared]
    every_ratio = ratios.ratios(held)
    figures = plot.figures(run_dir)
    checks = law.load_checks(run_dir) if (run_dir / "crosscheck.json").exists() else []
    known = claims.load()
    judged = judging.judged(records.load(run_dir), checks, known)
    return {
        "run": run_dir.name,
        "about": about,
        "caption": provenance.caption(run_dir, found),
        "verdicts": Counter(record["verdict"] for record in found),
        "good_verdicts": records.GOOD,
        "ncells": len(found),
        "claims": {word: group for word in judging.WORST_FIRST if (group := [one for one in judged if one.verdict == word])},
        "tally": judging.tally(judged),
        "verdict_class": VERDICT_CLASS,
        "long_table": LONG_TABLE,
        "checks": checks,
        "violations": law.violated(checks),
        "lawful": [check for check in checks if check["verdict"] == "ok"],
        "untested": [check for check in checks if check["verdict"] == "unsupported"],
        "brief": {key: value for key, value in about.items() if key not in BULK},
        "bulk": {key: value for key, value in about.items() if key in BULK},
        "law_verdicts": Counter(sorted(check["verdict"] for check in checks)),
        "unix_systems": list(dict.fromkeys(one.unix for one in every_ratio)),
        "headlines": headlines(held, every_ratio, published),
        "layouts": layouts.load(run_dir),
        "layouts_differ": layouts.identical(layouts.load(run_dir))[1],
        "layouts_sentence": layouts.sentence(layouts.load(run_dir), about.get("layouts")),
        "layouts_interval": layouts.interval,
        **walls(run_dir),
        "means": means(every_ratio),
        "nunfair": len(unfair(held)),
        "nlost": sum(one.lost for one in every_ratio),
        "experiments": [
            experiment(name, found, about, published, every_ratio)
            | {"figures": [one.name for one in figures if one.experiment == name], "claims": [one for one in judged if name in one.claim.experiments], "without": known.without.get(name, "")}
            for name in names(found, "experiment")
        ],
        "anatomy": anatomy.section(run_dir),
        "figures": {figure.name: (figure, drawing(run_dir, figure)) for figure in figures},
        "show_cell": lambda record: show.cell(record) if record else "",
        "reasons": [line for text in show.reasons(found) for line in text.splitlines()],
    }


def walls(run_dir: Path) -> dict:
    """The section on wall time, if the run has any."""
    rows = wall.load_rows(run_dir)
    if not rows:
        return {"wall": []}
    systems, lines = wall.table(rows)
    return {"wall": lines, "wall_systems": systems, "wall_sentences": wall.sentences(rows, run_dir), "wall_cell": wall.cell}


def names(found: list[dict], field: str) -> list[str]:
    return list(dict.fromkeys(record[field] for record in found))


def headlines(found: list[dict], every_ratio: list[ratios.Ratio], published: dict) -> list[dict]:
    """A row an operation: the paper's ratio and each of ours, as text with absolutes; the operations that the exokernel loses come first, then those on which
    ultrix-compat takes longer than Linux."""
    slow = unfair(found)
    rows = []
    for name in dict.fromkeys((record["experiment"], record["operation"]) for record in found):
        own = [one for one in every_ratio if (one.experiment, one.operation) == name]
        if name not in published and all(one.reason.startswith(plot_ratios.NO_SUCH_THING) for one in own):
            continue  # a UNIX system's way of doing something else: a row of its table, no comparison
        rows.append({
            "experiment": name[0],
            "operation": name[1],
            "paper": paper_ratio(published.get(name)),
            "ours": {one.unix: our_ratio(one) for one in own},
            "lost": {one.unix for one in own if one.lost},
            "unfair": slow.get(name, ""),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (not row["lost"], not row["unfair"]))


def means(every_ratio: list[ratios.Ratio]) -> dict[str, tuple[str, str]]:
    """For each UNIX system the geometric mean of its ratios, and of how many."""
    found = {}
    for unix in dict.fromkeys(one.unix for one in every_ratio):
        values = [one.value for one in every_ratio if one.unix == unix and one.value]
        mean = stats.geometric_mean(values)
        found[unix] = (ratios.spell(mean) if mean else "–", f"of {len(values)} ratios")
    return found


def unfair(found: list[dict]) -> dict[tuple[str, str], str]:
    """Where our baseline takes more instructions than Linux, the small one if it was measured: a defect of ours (fairness.py)."""
    measure = next((name for name in ("linux-tuned", "linux") if name in {record["system"] for record in found}), None)
    pairs: dict[tuple[str, str], dict[str, float]] = {}
    for record in found:
        if record["emulator"] == fairness.EMULATOR and record["verdict"] == "ok" and record["unit"] == "instructions":
            pairs.setdefault((record["experiment"], record["operation"]), {})[record["system"]] = record["median"]
    return {
        name: f"{fairness.BASELINE} loses to {measure}: {one[fairness.BASELINE]} > {one[measure]}"
        for name, one in pairs.items()
        if measure and one.get(fairness.BASELINE, 0) > one.get(measure, float("inf"))
    }


def paper_ratio(published: paper.Published | None) -> tuple[str, str]:
    """The ratio, and the figures it was made of."""
    if published is None:
        return "–", "not in the paper"
    found = published.ratios()
    if not found:
        return "n/a", f"{published.below} {paper.machines(published, found)} {published.unit}"
    return f"{ratios.spell(min(found.values()))} to {ratios.spell(max(found.values()))}", f"{paper.machines(published, found)} {published.unit}"


def our_ratio(ratio: ratios.Ratio) -> tuple[str, str]:
    if ratio.value is None:
        return "–", ratio.reason
    return ratios.spell(ratio.value), f"{ratio.counts} in {ratio.emulator}"


def experiment(name: str, found: list[dict], about: dict, published: dict, every_ratio: list[ratios.Ratio]) -> dict:
    """One of the paper's tables: operations down, our cells and then the paper's figures across; the lost operations first."""
    own = [record for record in found if record["experiment"] == name]
    columns, rows = series.table(own)
    lost = {one.operation for one in every_ratio if one.lost and one.experiment == name}
    theirs = {operation: published.get((name, operation)) for operation in rows}
    stations = list(dict.fromkeys(machine for one in theirs.values() if one for machine in one.aegis))
    heading = provenance.heading(about, name)
    return {
        "name": name,
        "heading": heading,
        "short": heading.partition(":")[0] if provenance.in_paper(about, name) and ":" in heading else name,
        "command": command(name, about),
        "columns": [[word for word in column if word] for column in columns],
        "stations": stations,
        "unit": next((one.unit for one in theirs.values() if one), "µs"),
        "rows": [
            {
                "operation": operation,
                "lost": operation in lost,
                "cells": rows[operation],
                "paper": [station_text(theirs[operation], station) for station in stations],
            }
            for operation in sorted(theirs, key=lambda operation: operation not in lost)
        ],
    }


def command(name: str, about: dict) -> str:
    """What measures this experiment again, on the systems and in the emulators of the run."""
    words = ["./exolab run", name]
    plan = about.get("plan") if isinstance(about.get("plan"), dict) else {}
    if plan.get("systems") and plan["systems"] != catalogue.DEFAULT_SYSTEMS:
        words += ["--system", *map(str, plan["systems"])]
    if plan.get("emulators") and plan["emulators"] != list(law.EMULATORS):
        words += ["--emulator", *map(str, plan["emulators"])]
    if about.get("bindings") is not None:
        words += ["--bindings", str(about["bindings"])]
    return " ".join(words)


def station_text(published: paper.Published | None, machine: str) -> str:
    """Ultrix's and Aegis's microseconds on one machine."""
    if published is None:
        return "–"
    return f"{paper.microseconds(published.ultrix.get(machine))} / {paper.microseconds(published.aegis.get(machine))}"


def drawing(run_dir: Path, figure: plot.Figure) -> Markup | None:
    """The figure's SVG as markup to stand in the page, or None if it was not drawn. Its ids get the figure's name: a page has one set."""
    path = run_dir / "figures" / f"{figure.name}.svg"
    if not path.exists():
        return None
    svg = path.read_text()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"""\bid=(['"])""", rf"id=\1{figure.name}-", svg)
    svg = re.sub(r"""href=(['"])#""", rf"href=\1#{figure.name}-", svg)
    svg = svg.replace("url(#", f"url(#{figure.name}-").replace("<title>Gnuplot</title>", "")
    return Markup(svg)
