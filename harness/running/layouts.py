"""The verb `run --layouts N`: the same measured N more times, each time with the images laid out otherwise, and what that does to the counts.

Emulators have no noise, so repeating says nothing; but where code, data and stack lie may change a path (a page more to touch, another bucket of a hash). Each
layout is linked from the same objects in another order, with paddings and another place of the stack (shuffle.py), and measured in QEMU without the probe, by a
process of its own. Linux's kernel is as Debian or we built it: of Linux only the programs are laid out anew.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from harness import paths, stats
from harness.comparing.show import grid
from harness.errors import Trouble
from harness.reading import records
from harness.watching import progress
from harness.watching.estimate import Estimate
from harness.booting.follow import Follower

FILE, FOLDER = "layouts.json", "layouts"  # in the run's folder
LEAST, MOST = 2, 1000
EMULATOR = "qemu"
KEY = ("experiment", "operation", "system")
NUMBERS = ("n", "min", "median", "max", "low", "high")
LEFT = shutil.ignore_patterns(FOLDER, "*.d", "*.elf", "*.bin", "*.symbols", "tests", "probe")  # what a layout links anew, or does not need


def measure(run_dir: Path, nlayouts: int, asked: list[str], display) -> list[dict]:
    """Measure those of layouts 1 to `nlayouts` that the run has not yet, with run's arguments `asked`, and write the summary of those that are complete.

    Each that is complete is kept, whatever ends this. Raises Trouble.
    """
    wanted = missing(run_dir, nlayouts)
    display.plan([progress.Boot(title(seed), Estimate(0, False)) for seed in wanted], 1, "layouts")
    found, took = summarised(run_dir, nlayouts), []
    try:
        for seed in wanted:
            step = Step()
            display.begin(progress.Boot(title(seed), expected(took), follower=step))
            built = build(seed)
            step.doing = "measuring"
            measure_one(built, run_dir / FOLDER / f"{seed}", seed, asked)
            shutil.rmtree(built)
            found = summarised(run_dir, nlayouts)
            took.append(step.elapsed)
            display.expect(expected(took))
            display.end(title(seed), f"{outcome(run_dir, seed)} ({step.elapsed:.1f} s)")
    finally:
        shutil.rmtree(paths.BUILD / FOLDER, ignore_errors=True)
    return found


class Step(Follower):
    """One layout, for the display: what is done with it has no log of its own."""

    doing = "linking"


def expected(took: list[float]) -> Estimate:
    """Of the next one, by those before it in seconds."""
    return Estimate(statistics.median(took or [0]), bool(took))


def title(seed: int) -> str:
    return f"layout {seed}"


def missing(run_dir: Path, nlayouts: int) -> list[int]:
    """Those of layouts 1 to `nlayouts` that the run has not, or not whole."""
    return [seed for seed in range(1, nlayouts + 1) if not complete(run_dir / FOLDER / f"{seed}")]


def complete(folder: Path) -> bool:
    try:
        return (folder / "records.json").exists() and json.loads((folder / "manifest.json").read_text())["interrupted"] is False
    except (OSError, ValueError, KeyError, TypeError):
        return False


def summarised(run_dir: Path, nlayouts: int) -> list[dict]:
    """The summary of the layouts that are complete, which is written to the run's folder too."""
    there = set(range(1, nlayouts + 1)) - set(missing(run_dir, nlayouts))
    found = summary([records.per_operation(records.load(run_dir / FOLDER / f"{seed}")) for seed in sorted(there)])
    if found:
        records.write_json(run_dir / FILE, found)
    return found


def outcome(run_dir: Path, seed: int) -> str:
    lacking = sum(one["verdict"] not in records.GOOD for one in records.load(run_dir / FOLDER / f"{seed}"))
    return f"{lacking} cells without a number" if lacking else "ok"


def build(seed: int, *targets: str) -> Path:
    """Link everything in layout `seed` (or only `targets` of its folder). Returns its build folder. Raises Trouble."""
    folder = paths.BUILD / FOLDER / f"{seed}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(paths.BUILD, folder, ignore=LEFT)
    relative = Path(os.path.relpath(folder, paths.ROOT))  # make cannot have a space in a target, and the tree may lie in a folder with one
    wanted = [str(relative / target) for target in targets] or ["layout"]
    command = ["make", "-C", paths.ROOT, f"-j{os.cpu_count()}", "-s", f"B={relative}", f"LAYOUT={seed}", f"PYTHON={sys.executable}", *wanted]
    made = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if made.returncode:
        raise Trouble(f"layout {seed} could not be linked: {' '.join((made.stdout + made.stderr).split())[-300:]}")
    return folder


def measure_one(build_dir: Path, folder: Path, seed: int, asked: list[str]) -> None:
    """Boot what is built, in a process of its own; an interrupt is passed on, and it ends its emulators. Raises Trouble."""
    shutil.rmtree(folder, ignore_errors=True)  # of one that was interrupted
    folder.mkdir(parents=True)
    environment = os.environ | {"EXOLAB_BUILD": str(build_dir), "PYTHONPATH": str(paths.ROOT)}
    argv = [sys.executable, "-m", "harness.running.layouts", folder, str(seed), *asked]
    with subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True) as running:
        try:
            said, _ = running.communicate()
        except KeyboardInterrupt:
            running.terminate()
            running.communicate()
            raise
        finally:
            shutil.rmtree(folder / "boot", ignore_errors=True)  # the images can be made again from the seed
            (folder.parent / "latest").unlink(missing_ok=True)
    if not complete(folder):
        raise Trouble(f"layout {seed} was not measured: {' '.join(said.split())[-300:]}")


def child(folder: Path, seed: str, asked: list[str]) -> None:
    """What the process of one layout does: boot its images, and save records and logs."""
    from harness import cli, interrupts
    from harness.running.folder import Folder
    from harness.running.runner import Runner
    from harness.verbs import run

    interrupts.listen()
    arguments = cli.parser().parse_args(["run", "--quick", *asked])
    _, systems, machines = run.places(arguments)
    _, experiments = run.asked_for(arguments)
    plan = run.planned(arguments, experiments, systems, machines, run_dir=folder)
    kept = Folder(plan, stamp=f"LAYOUT {seed}, one of several: not a run by itself")
    with progress.display() as display:
        runner = Runner(plan, display, None, kept)
        kept.save(runner, runner.run())


def summary(runs: list[list[dict]]) -> list[dict]:
    """One row a cell: its medians over the layouts that have a number, and the interval of their median. Rows in which layouts differ come first."""
    counts: dict[tuple, list[float]] = {}
    for found in runs:
        for one in found:
            if one["verdict"] == "ok":
                counts.setdefault(tuple(one[key] for key in KEY) + (one["unit"],), []).append(one["median"])
    rows = [row(name, values, len(runs)) for name, values in counts.items()]
    return sorted(rows, key=lambda one: one["min"] == one["max"])


def row(name: tuple, values: list[float], nlayouts: int) -> dict:
    low, high = stats.median_interval(values) or (None, None)
    numbers = (len(values), min(values), records.whole(statistics.median(values)), max(values), low, high)
    return dict(zip((*KEY, "unit"), name)) | dict(zip(NUMBERS, numbers)) | {"layouts": nlayouts, "counts": values}


def load(run_dir: Path) -> list[dict]:
    """The summary of a run's layouts, each row with the run's own count as `run`; [] if it has none. Raises Trouble if it is damaged."""
    if not (run_dir / FILE).exists():
        return []
    found = records.load_json(run_dir, FILE)
    if not isinstance(found, list) or not all(map(well_formed, found)):
        raise Trouble(f"{run_dir}/{FILE} is not a summary of layouts: run again with --layouts, or remove it")
    own = {tuple(one[key] for key in KEY): one["median"] for one in records.per_operation(records.load(run_dir)) if one["emulator"] == EMULATOR}
    return [one | {"run": own.get(tuple(one[key] for key in KEY))} for one in found]


def well_formed(one) -> bool:
    return (
        isinstance(one, dict)
        and all(isinstance(one.get(key), str) for key in (*KEY, "unit"))
        and all(isinstance(one.get(key), (int, float)) for key in ("n", "min", "median", "max", "layouts"))
        and all(key in one and isinstance(one[key], (int, float, type(None))) for key in ("low", "high"))
    )


def identical(found: list[dict]) -> tuple[list[dict], list[dict]]:
    """The rows that are the same in all layouts, the run's own among them, and the others."""

    def same(one: dict) -> bool:
        return one["n"] == one["layouts"] and one["min"] == one["max"] and one.get("run") in (None, one["min"])

    return [one for one in found if same(one)], [one for one in found if not same(one)]


def sentence(found: list[dict], asked: int | None = None) -> str:
    """`asked`: how many layouts there shall be, if that is known."""
    same, _ = identical(found)
    n = found[0]["layouts"] if found else 0
    rest = f" ({asked - n} more were asked for: the run was interrupted)" if asked and asked > n else ""
    return f"{len(same)} of {len(found)} cells are identical over {n} layouts of the images, in {EMULATOR}{rest}"


def text(found: list[dict], asked: int | None = None) -> str:
    """The cells that depend on the layout, and how many do not."""
    _, other = identical(found)
    head = ["", "system", "this run", "layouts", "least", "median", "95 % interval", "greatest"]
    rows = [
        [f"{one['experiment']}/{one['operation']}", one["system"], "-" if one.get("run") is None else f"{one['run']}", f"{one['n']}", f"{one['min']}", f"{one['median']}", interval(one), f"{one['max']}"] for one in other
    ]
    return "\n\n".join([*([grid([head], rows)] if rows else []), sentence(found, asked) + ("" if rows else ": where things lie changes no count")])


def interval(one: dict) -> str:
    return "-" if one["low"] is None else f"{one['low']:g} to {one['high']:g}"


def as_json(found: list[dict], _asked: int | None = None) -> str:
    return json.dumps(found, indent=1)


FORMATS = {"table": text, "json": as_json}

if __name__ == "__main__":
    child(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
