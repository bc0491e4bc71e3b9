"""What a figure or a page must say of its numbers: which emulator, which CPU model, which run, and that they are instructions, not time.

Collecting the manifest is manifest.py's business; this reads it, and can do with less than all of it.
"""

import json
from pathlib import Path

from harness.catalogue import NOT_IN_PAPER
from harness.errors import Trouble
from harness.reading import completeness
from harness.reading.records import load_json, violation_of

SCHEMA = "schema-manifest.json"
NAMES = {"qemu": "QEMU", "bochs": "Bochs", "replay": "replayed logs"}
MEANING = "Guest instructions, not time"
COUNTS = "Counts of things, neither instructions nor time"


def manifest(run_dir: Path) -> dict:
    """The run's manifest, or {} if there is none: a run without one can still be drawn, and says so."""
    try:
        text = (run_dir / "manifest.json").read_text()
        return {} if violation_of(text, SCHEMA) else stamped(run_dir, json.loads(text))
    except (OSError, ValueError, RecursionError):
        return {}


def loaded(run_dir: Path) -> dict:
    """The manifest, which must be readable if it is there at all. Raises Trouble."""
    if not (run_dir / "manifest.json").exists():
        return {}
    about = load_json(run_dir, "manifest.json")
    if wrong := violation_of((run_dir / "manifest.json").read_text(), SCHEMA):
        raise Trouble(f"{run_dir}/manifest.json is not a run's manifest ({wrong}): run again, or take another run folder")
    return stamped(run_dir, about)


def stamped(run_dir: Path, about: dict) -> dict:
    """The manifest with all in its stamp that must be said of the run's records as they are now."""
    found = [one for one in (completeness.violations(run_dir), completeness.stamp(run_dir, about)) if one]
    return about | {"stamp": "; ".join(filter(None, (stamp(about), *found)))} if found else about


def heading(about: dict, experiment: str) -> str:
    """The experiment's title as its workload gives it, such as `Table 5: exceptions`; its name if the run does not say."""
    titles = about.get("experiments")
    return titles.get(experiment, experiment) if isinstance(titles, dict) else experiment


def in_paper(about: dict, experiment: str) -> bool:
    """Whether the paper has this experiment, so far as the run says."""
    return not heading(about, experiment).endswith(NOT_IN_PAPER)


def emulator_text(about: dict, emulator: str) -> str:
    """`QEMU (CPU model max)`."""
    models = about.get("cpu_models")
    model = models.get(emulator) if isinstance(models, dict) else None
    return f"{NAMES.get(emulator, emulator)} ({f'CPU model {model}' if model else 'CPU model not recorded'})"


def caption(run_dir: Path, records: list[dict]) -> str:
    """The sentence under every figure of these records."""
    about = manifest(run_dir)
    emulators = dict.fromkeys(record["emulator"] for record in records)
    ran_in = ", ".join(emulator_text(about, emulator) for emulator in emulators)
    runs = ", ".join(dict.fromkeys(record["run"] for record in records))
    counts = records and all(record["unit"] == "count" for record in records if record["verdict"] == "ok")
    what = COUNTS if counts else f"{MEANING}: medians of warm executions, net of loop overhead"
    return f"{what}, in {ran_in}. Run {runs}, {source(about)}."


def source(about: dict) -> str:
    """The tree that was measured: `commit 0123456789ab and changes never committed`."""
    commit = about.get("commit")
    if not isinstance(commit, str) or not commit:
        return "commit not recorded"
    return f"commit {commit[:12]}" + (" and changes never committed" if about.get("dirty") else "")


def comments(about: dict, records: list[dict]) -> str:
    """Where a figure of these records comes from, for its script: what the caption has no room for. The whole is in the run's manifest."""
    keys = ("run", "date", "commit", "dirty", "compiler", "emulators", "cpu_models", "host", "key")
    known = "".join(f"# {key}: {json.dumps(about[key], ensure_ascii=False)}\n" for key in keys if key in about)
    logs = {Path(one["log"]).stem for one in records}
    boots = [one for one in about["boots"] if isinstance(one, dict) and one.get("name") in logs] if isinstance(about.get("boots"), list) else []
    hashes = [f"# boot {one['name']}: {json.dumps(one.get('sha256'))} {json.dumps(one.get('argv'))}\n" for one in boots]
    return "\n# Provenance\n" + known + "".join(hashes)


def stamp(about: dict) -> str:
    """What must stand on every figure and page of a run that is not the whole, "" of one that is."""
    found = about.get("stamp", "")
    return found if isinstance(found, str) else ""
