"""What a run would do, and how long it may take by what earlier runs took. Nothing is booted."""

import json
from pathlib import Path

from harness import paths
from harness.runner import BOOTS_AT_A_TIME, Plan, Runner


def seconds_of_earlier_boots(results: Path | None = None) -> dict[str, float]:
    """Wall seconds by boot name (exos-qemu-1), of the latest whole run that has it; of a partial one, which may have booted less, where there is none."""
    results = results or paths.RESULTS
    whole: dict[str, float] = {}
    partial: dict[str, float] = {}
    for folder in [results / "reference", *sorted(results.glob("2*"))]:
        try:
            about = json.loads((folder / "manifest.json").read_text())
            (partial if about["stamp"] else whole).update({one["name"]: float(one["wall_seconds"]) for one in about["boots"]})
        except (OSError, ValueError, KeyError, TypeError):
            continue  # no estimate from a damaged run
    return partial | whole


def text(plan: Plan) -> str:
    """The boots in the order in which they would start, and the estimate of the whole."""
    known = seconds_of_earlier_boots()
    rows = []
    for _, work, arguments in sorted(Runner(plan, None).jobs(), key=lambda job: -job[0]):
        system, which = arguments
        if work.__name__ == "probe":
            name, what = f"{system.name}-probe-{which}", f"{plan.experiments[which - 1].name}, under the probe that finds R, F and D"
        else:
            present = [one.name for one in plan.experiments if one.runs_on(system)]
            refusal = which.refuses(system)
            name, what = f"{system.name}-{which.name}-1", f"nothing: {refusal}" if refusal else ", ".join(present) or "nothing: no experiment is built for it"
            if refusal or not present:
                rows.append([name, "-", what])
                continue
        rows.append([name, f"{known[name]:.1f}" if name in known else "?", what])
    total = sum(float(row[1]) for row in rows if row[1] not in "-?")
    unknown = sum(row[1] == "?" for row in rows)
    boots = sum(row[1] != "-" for row in rows)
    end = f"{boots} boots, {BOOTS_AT_A_TIME} at a time: about {total / BOOTS_AT_A_TIME:.0f} s" + (f" and what {unknown} take that no earlier run has" if unknown else "")
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)] if rows else [0, 0]
    lines = [f"{row[0].ljust(widths[0])}  {row[1].rjust(widths[1] + 2)} s  {row[2]}" for row in rows]
    return "\n".join([*lines, "", end])
