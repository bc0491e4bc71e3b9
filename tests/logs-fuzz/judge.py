"""What must be true of the records of any log whatever: nobody raises, each cell has one record, and a number is a number of the log.

    judge.py COUNT [FIRST_SEED]     tries so many mutated logs on all processors, and says how long it took
"""

import json
import multiprocessing
import os
import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "harness"), str(Path(__file__).parent)]

from handmade import GOOD, booted  # noqa: E402
from mutate import Mutator  # noqa: E402

from harness.catalogue import Experiment, Operation  # noqa: E402
from harness.crosscheck import events, law, probe_log
from harness.reading import records, verdicts
from harness.booting import follow

LOGS = ROOT / "tests" / "logs"
CHUNK = 1000  # logs to a seed
VERDICTS = {"ok", "fail", "timeout", "panic", "missing", "unsupported"}
ENDINGS = [(1, ""), (1, ""), (1, ""), (0, ""), (3, ""), (None, "silence"), (None, "timeout"), (None, "interrupted"), (None, "flood")]
TEXTS = ["", " ", "0", "-", "0x", "x", "\n", "end 3\n", "interval ", "insn 1 0x1 90\n", "trace 0x1 0x2 1 1 1!\n", "columns insns R F D unknown\n", "99999999999999999999", "!"]


def corpus() -> list[tuple[str, list[bytes], list[Experiment]]]:
    """(system, lines, experiments) of each log to begin with: one by hand, and those that machines printed."""
    found = [("exos", GOOD)] + [(re.fullmatch(r"(.+)-\w+-\d+", path.stem)[1], path.read_bytes()) for path in sorted(LOGS.glob("*.serial"))]
    return [(system, data.splitlines(keepends=True), experiments(data)) for system, data in found]


def experiments(data: bytes) -> list[Experiment]:
    """What the workloads of this log can measure."""
    rows: dict[str, list[Operation]] = {}
    for line in data.decode("latin-1").splitlines():
        words = line.split(" ")
        if words[:2] == ["@exolab", "begin"]:
            rows[words[2]] = []
        elif words[:2] == ["@exolab", "operation"]:
            rows[[*rows][-1]].append(Operation(words[2], "", 1 + len(rows[[*rows][-1]]) % 2))
    return [Experiment(name, "", "", name, tuple(operations)) for name, operations in rows.items()]


def judge(system: str, data: bytes, planned: list[Experiment], ending: tuple[int | None, str]) -> list[records.Record]:
    """Hold one log against what must be true of all. Returns its records. Raises AssertionError, or what the harness should not."""
    made, again = verdicts.settle(booted(data, *ending, system=system), planned)
    cells = [(one.experiment, one.operation) for one in made]
    wanted = [(one.name, operation.name) for one in planned if one not in again for operation in one.operations]
    assert sorted(cells) == sorted(wanted), "a cell has no record, or two"
    assert set(map(id, again)) < set(map(id, planned)) or not planned, "booting again would be for ever"
    for one in made:
        assert one.verdict in VERDICTS and (one.verdict == "ok") == (one.measurement is not None) and (one.reason == "") == (one.verdict == "ok")
        if one.measurement:
            assert f"samples {one.operation} {one.measurement.unit} {one.measurement.overhead} ".encode() in data
            assert all(b"%dx" % value in data for value in {*one.measurement.raw})
            assert one.measurement.raw and min(one.measurement.values()) >= 0
        row = one.as_json("r")
        assert row["n"] is None or row["min"] <= row["median"] <= row["max"]
    return made


def judge_probe(text: str, made: list[records.Record]) -> None:
    """The probe's output, mutated, with records: checks and events, or a ValueError that is a sentence."""
    try:
        probe = law.Probe({one.operation: one.measurement for one in made if one.measurement}, probe_log.read_intervals(text))
        probe_log.read_executions(text)
    except ValueError:
        return
    for one in made:
        other = records.Record(one.experiment, one.operation, one.system, "bochs", one.verdict, one.reason, one.log, one.measurement)
        assert law.check(one, other, probe).verdict in ("ok", "fail", "missing", "unsupported")
    events.collect(made, {(one.system, one.experiment): probe for one in made})


def chunk(seed: int, count: int = CHUNK) -> int:
    mutator, logs = Mutator(seed), corpus()
    probes = [text[: 2000] for text in ((LOGS / name).read_text() for name in ("exos-probe-1.probe", "ultrix-compat-probe-2.probe"))]
    for number in range(count):
        system, lines, planned = mutator.random.choice(logs)
        data, ending = mutator.log(lines), mutator.random.choice(ENDINGS)
        try:
            made = judge(system, data, planned, ending)
            if number % 20 == 0:
                judge_probe(mutator.text(mutator.random.choice(probes), TEXTS), made)
                json.dumps([one.as_json("r") for one in made])
                followed = follow.Follower()
                for event in booted(data).log.events:
                    followed.hear(event.verb, event.arguments)
        except BaseException:
            path = Path(f"fuzz-logs-{seed}-{number}.serial")
            path.write_bytes(data)
            print(f"seed {seed}, log {number} ({system}, ended {ending}): kept as {path}", file=sys.stderr)
            raise
    return count


def main() -> int:
    count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    began, done = time.monotonic(), 0
    with multiprocessing.Pool(len(os.sched_getaffinity(0))) as pool:
        for some in pool.imap_unordered(chunk, range(first, first + -(-count // CHUNK))):
            done += some
            if done % (50 * CHUNK) == 0:
                print(f"{done} logs, {time.monotonic() - began:.0f} s", flush=True)
    print(f"{done} mutated logs in {time.monotonic() - began:.0f} s: each cell of each has one record, and nothing was raised")
    return 0


if __name__ == "__main__":
    sys.exit(main())
