"""The law of difference: for every measured region, bochs = qemu - R + F + D, sample by sample, to the instruction.

    R  rep string instructions that ended because rcx reached 0   (QEMU counts one more pass)
    F  instructions that fault at run time                        (Bochs counts them, QEMU does not)
    D  single-step traps                                          (Bochs counts one more)

An operation whose unit is `count` must be equal in both.

Why R, F and D are independent of the two totals: the totals are differences of the guest's time-stamp counter, read by the guest
itself in two boots without a probe. R, F and D come from a third boot, in which a plugin (probe/probe.c) watches which instruction
executes after which: it looks at addresses and instruction bytes, never at a counter of time, and knows neither total. They are
events of the program, found in the instruction stream, while the totals are sums kept by two emulators written by different people.
So a miscount by an emulator, by the guest's own code or by the probe shows as a violation; only equal errors in two of the three would not.
That the probe does not disturb what it watches is checked too: the samples of its boot must equal those of the plain QEMU boot, and
the instructions that it saw in each interval must be as many as QEMU's counter says.
"""

import statistics
from dataclasses import asdict, dataclass
from pathlib import Path

from harness import catalogue, usage
from harness.crosscheck.probe_log import Interval
from harness.errors import Trouble
from harness.reading.records import Measurement, Record, load, load_json

EMULATORS = ("qemu", "bochs")
SYSTEMS = tuple(name for name, system in catalogue.SYSTEMS.items() if system.kernel)  # ours: both emulators boot them


@dataclass(frozen=True)
class Probe:
    """The probe's boot of one experiment: its own samples by operation, and all intervals in execution order."""

    samples: dict[str, Measurement]
    intervals: tuple[Interval, ...]
    trouble: str = ""  # why there is nothing, if there is nothing


@dataclass(frozen=True)
class Check:
    experiment: str
    operation: str
    system: str
    verdict: str
    reason: str = ""
    qemu: int | None = None  # raw; these six belong to one execution, the one with the median count
    R: int | None = None
    F: int | None = None
    D: int | None = None
    predicted: int | None = None
    bochs: int | None = None
    samples: int | None = None  # how many were compared one by one


def check(qemu: Record, bochs: Record, probe: Probe) -> Check:
    """Hold one operation of one system against the law."""
    name = (qemu.experiment, qemu.operation, qemu.system)
    for record in (qemu, bochs):
        if record.verdict != "ok":
            verdict = "unsupported" if record.verdict == "unsupported" else "missing"
            return Check(*name, verdict, f"{record.emulator} has no number to check: {record.verdict}")
    plain, other = qemu.measurement, bochs.measurement
    if "count" in (plain.unit, other.unit):
        return check_count(name, plain, other)
    if trouble := probe_trouble(qemu, plain, probe):
        return Check(*name, "fail", trouble)
    if len(plain.raw) != len(other.raw):
        return Check(*name, "fail", f"{len(plain.raw)} samples in qemu, {len(other.raw)} in bochs")
    intervals = matching(probe, plain)
    predicted = [sample - one.r + one.f + one.d for sample, one in zip(plain.raw, intervals)]
    wrong = [i for i, (want, have) in enumerate(zip(predicted, other.raw)) if want != have]
    at = wrong[0] if wrong else plain.raw.index(statistics.median_low(plain.raw))
    one = intervals[at]
    numbers = (plain.raw[at], one.r, one.f, one.d, predicted[at], other.raw[at], len(predicted))
    if wrong:
        begin, end = plain.region
        reason = f"region 0x{begin:x}..0x{end:x}: sample {at} is {other.raw[at]} in bochs, the law predicts {predicted[at]}"
        return Check(*name, "fail", f"{reason} ({len(wrong)} of {len(predicted)} samples differ)", *numbers)
    return Check(*name, "ok", "", *numbers)


def check_count(name: tuple, plain: Measurement, other: Measurement) -> Check:
    """What is not instructions is the same in both, and needs no probe."""
    numbers = (plain.raw[0], 0, 0, 0, plain.raw[0], other.raw[0], len(plain.raw))
    if plain == other:
        return Check(*name, "ok", "", *numbers)
    return Check(*name, "fail", f"counted {plain.raw[0]} {plain.unit} in qemu, {other.raw[0]} {other.unit} in bochs", *numbers)


def matching(probe: Probe, measured: Measurement) -> list[Interval]:
    """The intervals of a region's samples: the last as many as there are samples; the earlier ones are its warm-up."""
    return [one for one in probe.intervals if one.region == measured.region][-len(measured.raw) :]


def probe_trouble(record: Record, plain: Measurement, probe: Probe) -> str:
    """Why the probe's boot does not tell R, F and D of this operation; "" if it does."""
    if probe.trouble:
        return probe.trouble
    probed = probe.samples.get(record.operation)
    if probed is None:
        return "the probe's boot did not measure it"
    if probed != plain:
        return "the probe's boot gave other samples than the plain boot in qemu: the probe disturbs, or the run is not repeatable"
    same = [name for name, other in probe.samples.items() if other.region == plain.region and name != record.operation]
    if same:
        return f"its region is also that of {same[0]}: the probe cannot tell them apart"
    intervals = matching(probe, plain)
    if len(intervals) < len(plain.raw):
        return f"the probe saw {len(intervals)} executions of the region, the guest reports {len(plain.raw)} samples"
    unknown = sum(one.unknown for one in intervals)
    if unknown:
        return f"the probe could not decode {unknown} cases in the region"
    for sample, (raw, one) in enumerate(zip(plain.raw, intervals)):
        if raw != one.instructions:
            return f"sample {sample} is {raw} by the guest's clock in qemu, but the probe saw {one.instructions} instructions"
    return ""


def check_all(records: list[Record], probes: dict[tuple[str, str], Probe]) -> list[dict]:
    """A check for each operation of which both emulators have a record; `probes` is by (system, experiment)."""
    cells = {(one.experiment, one.operation, one.system, one.emulator): one for one in records}
    checks = []
    for (experiment, operation, system, emulator), qemu in cells.items():
        bochs = cells.get((experiment, operation, system, "bochs"))
        if emulator == "qemu" and bochs and system in SYSTEMS:
            absent = Probe({}, (), "there was no boot with the probe")
            checks.append(asdict(check(qemu, bochs, probes.get((system, experiment), absent))))
    return checks


def violated(checks: list[dict]) -> list[dict]:
    return [one for one in checks if one["verdict"] not in ("ok", "unsupported")]


def load_checks(run_dir: Path) -> list[dict]:
    """The checks kept in a run folder, held once more against the run's records: an edited or stale file does not pass. Raises Trouble."""
    cells = {(r["experiment"], r["operation"], r["system"], r["emulator"]): r for r in load(run_dir)}
    kept = load_json(run_dir, "crosscheck.json")
    if not isinstance(kept, list) or not all(map(well_formed, kept)):
        raise Trouble(f"{run_dir}/crosscheck.json is not a list of checks: ./exolab reprocess --run {usage.named(run_dir)} makes it again from the run's logs")
    checks = {(c["experiment"], c["operation"], c["system"]): c for c in kept}
    names = [name[:3] for name in cells if name[3] == "qemu" and (*name[:3], "bochs") in cells and name[2] in SYSTEMS]
    return [held_again(name, checks.get(name), cells) for name in dict.fromkeys([*names, *checks])]


def well_formed(kept) -> bool:
    """Whether it has the fields of a Check, and each of its type; the numbers are there if it is ok."""
    numbers = ("qemu", "R", "F", "D", "predicted", "bochs", "samples")
    texts = ("experiment", "operation", "system", "verdict", "reason")
    return (
        isinstance(kept, dict)
        and all(isinstance(kept.get(key), str) for key in texts)
        and all(type(kept.get(key)) is int or (key in kept and kept[key] is None and kept["verdict"] != "ok") for key in numbers)
    )


def held_again(name: tuple, kept: dict | None, cells: dict) -> dict:
    if kept is None:
        return asdict(Check(*name, "missing", "measured in both emulators, but not checked in this run"))
    if kept["verdict"] != "ok":
        return kept
    law = kept["qemu"] - kept["R"] + kept["F"] + kept["D"]
    known = all(within(kept[emulator], cells.get((*name, emulator))) for emulator in EMULATORS)
    if not known or law != kept["predicted"] or law != kept["bochs"]:
        return kept | {"verdict": "fail", "reason": "the kept check contradicts the law or the records: run again"}
    return kept


def within(raw: int, record: dict | None) -> bool:
    """Whether a raw sample can be one of a record's."""
    if not record or record["verdict"] != "ok":
        return False
    return record["min"] <= raw - record["overhead"] <= record["max"]
