"""The cost model of a run as text, CSV or JSON. Every heading says that it is a model; the measured instructions stand in a column of their own, said to be measured."""

import csv
import io
import json

from harness.comparing.show import grid
from harness.model import cost_model
from harness.model.cost_model import Change, Machine

SYSTEM = "exos"  # whose conclusions are held against the costs
LABEL = "MODELLED cycles: counts of events times published costs, with a simulated TLB and caches. NOTHING HERE WAS MEASURED IN CYCLES; ./exolab show has what was measured"
SHOWN = 4  # operations that are named for a change


def median_of(cells: list[dict], row: dict) -> float | None:
    """The measured instructions of a row's operation."""
    return next(
        (one["median"] for one in cells if one["emulator"] == "qemu" and all(one[key] == row[key] for key in ("experiment", "operation", "system"))),
        None,
    )


def whole(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def as_text(machines: list[Machine], rows: list[dict], cells: list[dict]) -> str:
    parts = [LABEL]
    head = [["", "", "instructions", *("modelled cycles" for _ in machines)], ["", "", "measured", *(f"on {one.name}" for one in machines)]]
    for experiment in dict.fromkeys(row["experiment"] for row in rows):
        own = [row for row in rows if row["experiment"] == experiment]
        lines = [[row["operation"], row["system"], str(median_of(cells, row)), *(whole(cost_model.cycles(one, row)) for one in machines)] for row in own]
        parts.append(f"{experiment} (a model)\n\n{grid(head, lines)}")
    parts += [of_machine(one, rows) for one in machines]
    return "\n\n".join(parts)


def of_machine(machine: Machine, rows: list[dict]) -> str:
    """What the model concludes for a machine, how it depends on each cost, and where each cost is from."""
    found = cost_model.conclusions(machine, rows, SYSTEM)
    changes = cost_model.sensitivity(machine, rows, SYSTEM)
    others = sorted({one.other for one in found})
    means = cost_model.means(found)
    head = ["a cost", "cycles", *(f"{other} / {SYSTEM}" for other in others), "conclusions that change"]
    lines = [["as published", "", *(f"{means[other]:.2f}" for other in others), ""]]
    lines += [[f"{one.cost} x {one.factor:g}", f"{machine.cost[one.cost] * one.factor:g}", *(f"{one.means[other]:.2f}" for other in others), flips(one)] for one in changes]
    sources = "\n".join(f"  {key} = {value:g}: {machine.sources[f'cost.{key}']}" for key, value in machine.cost.items())
    table = grid([head], lines) if others else f"no operation of {SYSTEM} and another system: nothing to conclude"
    return f"{machine.name}: {machine.title}\nmodelled cycles, geometric mean over {len({one.operation for one in found})} operations; each cost alone halved and doubled\n\n{table}\n\ncosts and where they are from\n{sources}"


def flips(change: Change) -> str:
    if not change.flipped:
        return "none"
    names = [f"{'/'.join(one.operation)}: {one.winner} cheaper" for one in change.flipped[:SHOWN]]
    return f"{len(change.flipped)}: {'; '.join(names)}{'; ...' if len(change.flipped) > SHOWN else ''}"


def fields(machines: list[Machine], row: dict, cells: list[dict]) -> dict:
    return {key: row[key] for key in ("experiment", "operation", "system")} | {
        "measured_instructions": median_of(cells, row),
        **{f"modelled_cycles_{one.name}": round(cost_model.cycles(one, row), 2) for one in machines},
    }


def as_csv(machines: list[Machine], rows: list[dict], cells: list[dict]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [*fields(machines, {"experiment": "", "operation": "", "system": "", "per": 1, "overhead": 0, "counts": {}}, [])], lineterminator="\n")
    writer.writeheader()
    writer.writerows(fields(machines, row, cells) for row in rows)
    return text.getvalue().rstrip("\n")


def as_json(machines: list[Machine], rows: list[dict], cells: list[dict]) -> str:
    changes = {
        one.name: [
            {"cost": change.cost, "factor": change.factor, "modelled_ratios": change.means, "conclusions_changed": [{"operation": "/".join(flip.operation), "cheaper": flip.winner, "than": flip.other if flip.winner == flip.system else flip.system} for flip in change.flipped]}
            for change in cost_model.sensitivity(one, rows, SYSTEM)
        ]
        for one in machines
    }
    return json.dumps({"label": LABEL, "rows": [fields(machines, row, cells) for row in rows], "sensitivity": changes}, indent=1)


FORMATS = {"table": as_text, "csv": as_csv, "json": as_json}
