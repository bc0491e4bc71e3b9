"""Records: one per cell (experiment, operation, system, emulator), and how they are kept in a run folder.

Which verdict a cell deserves is verdicts.py's business. Invariant: a record has numbers exactly if its verdict is ok.
"""

import json
import os
import statistics
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from harness import paths, usage
from harness.catalogue import Experiment
from harness.errors import Trouble

UNITS = ("instructions", "count")  # count: of things, the same in every emulator
GOOD = ("ok", "unsupported")  # verdicts that do not make a run fail
DECIMALS = 4
VERSION = 2  # of the files of a run folder; 1 had no `per`
SCHEMA = json.loads(Path(__file__).with_name("schema.json").read_text())


@dataclass(frozen=True)
class Measurement:
    region: tuple[int, int] | None  # addresses of the two rdtsc; None of a count
    overhead: int
    raw: tuple[int, ...]  # tick differences, or counts, in the order measured
    unit: str = UNITS[0]
    per: int = 1  # how many operations each sample is of

    def values(self) -> list[int]:
        return [sample - self.overhead for sample in self.raw]


@dataclass(frozen=True)
class Verdict:
    verdict: str
    reason: str


@dataclass(frozen=True)
class Record:
    experiment: str
    operation: str
    system: str
    emulator: str
    verdict: str
    reason: str = ""
    log: str = ""
    measurement: Measurement | None = None  # present exactly if ok

    def as_json(self, run: str) -> dict:
        values = self.measurement.values() if self.measurement else None
        return {
            "experiment": self.experiment,
            "operation": self.operation,
            "system": self.system,
            "emulator": self.emulator,
            "unit": self.measurement.unit if self.measurement else UNITS[0],
            "n": len(values) if values else None,
            "min": min(values) if values else None,
            "median": whole(statistics.median(values)) if values else None,
            "max": max(values) if values else None,
            "verdict": self.verdict,
            "reason": self.reason,
            "run": run,
            "overhead": self.measurement.overhead if self.measurement else None,
            "per": self.measurement.per if self.measurement else None,
            "log": self.log,
        }


def whole(number: float) -> float:
    return int(number) if number == int(number) else number


def write_json(path: Path, data) -> None:
    """Replace `path` at once: a reader sees the old text or the new one."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(json.dumps(data, indent=1) + "\n")
    os.replace(draft, path)


def load(run_dir: Path) -> list[dict]:
    """The records of a run folder. Raises Trouble if there are none or they are not what the schema says."""
    data = load_json(run_dir, "records.json")
    check_version(run_dir)
    if wrong := violation_of((run_dir / "records.json").read_text(), "schema.json"):
        raise Trouble(f"{run_dir}/records.json is not a list of records as this exolab has them ({wrong}): ./exolab reprocess --run {usage.named(run_dir)} makes it again from the run's logs")
    return [{"per": 1 if one["verdict"] == "ok" else None} | one for one in data]  # runs from before there was `per` have none


def violation(data, schema: dict) -> str:
    """What is wrong with `data`, in a few words; "" if it is as the schema says."""
    import jsonschema  # here, because importing it takes longer than most verbs

    try:
        error = next(jsonschema.Draft202012Validator(schema).iter_errors(data), None)
    except RecursionError:
        return "nested without end"
    return error.message[:120] if error else ""


@lru_cache(maxsize=16)
def violation_of(text: str, schema: str) -> str:
    """The same of a file's text and a schema's file, which are asked for again and again."""
    return violation(json.loads(text), json.loads(Path(__file__).with_name(schema).read_text()))


def check_version(run_dir: Path) -> None:
    """Raises Trouble if the folder says that its files are of another version than ours. One that does not say is held against the schema alone."""
    try:
        version = json.loads((run_dir / "manifest.json").read_text()).get("schema", VERSION)
    except (OSError, ValueError, AttributeError, RecursionError):
        return  # whoever needs the manifest will say so
    if version != VERSION:
        older = isinstance(version, int) and version < VERSION
        todo = f"./exolab reprocess --run {usage.named(run_dir)} writes them anew from the run's logs" if older else "read it with the exolab that wrote it"
        raise Trouble(f"{run_dir} has files of version {version}, this exolab reads version {VERSION}: {todo}")


def per_operation(found: list[dict]) -> list[dict]:
    """The records as they are shown: what is of `per` operations, divided by it. The law is checked, and the files are kept, in totals."""
    return [one | {key: shared(one[key], one["per"]) for key in ("min", "median", "max")} if one.get("per") else one for one in found]


def shared(total: float, per: int) -> float:
    """A total's share of one operation, to four decimals: exact for all `per` that divide a power of ten."""
    return whole(round(total / per, DECIMALS))


FROM_LOGS = ("records.json", "crosscheck.json", "events.json", "memory.json")  # files that reprocess makes


def load_json(run_dir: Path, name: str):
    try:
        return json.loads((run_dir / name).read_text())
    except (FileNotFoundError, NotADirectoryError) as error:
        if name != "manifest.json" and (run_dir / "manifest.json").exists():
            raise Trouble(f"{run_dir} has no {name}: the run was interrupted; ./exolab run --resume {usage.named(run_dir)} goes on, ./exolab reprocess --run {usage.named(run_dir)} reads what there is") from error
        if run_dir.exists():
            raise Trouble(f"{run_dir} has no {name}, so it is no run folder: take one that ./exolab run has made") from error
        lacking = "no run has come to an end yet" if run_dir == paths.RESULTS / "latest" else f"there is no run {run_dir}"
        others = f", or give a run folder with --run: {usage.hint(run_dir.name, usage.runs())}" if usage.runs() else ""
        raise Trouble(f"{lacking}: make one with ./exolab run{others}") from error
    except (ValueError, RecursionError) as error:
        todo = f"./exolab reprocess --run {usage.named(run_dir)} makes it again from the run's logs" if name in FROM_LOGS else "run again, or take another run folder"
        raise Trouble(f"{run_dir}/{name} is damaged ({error}): {todo}") from error


def all_get(verdict: Verdict, experiments: list[Experiment], system: str, emulator: str, log: str = "") -> list[Record]:
    return [
        Record(experiment.name, operation.name, system, emulator, verdict.verdict, verdict.reason, log)
        for experiment in experiments
        for operation in experiment.operations
    ]
