"""Wall time in plain QEMU: never taken for counts, whatever the log says; noise in, a median with its interval out; and once for real."""

import json
import os
import subprocess
from dataclasses import replace

import pytest
import sample_run
from handmade import NULL, ROOT, START, STOP, Recorded, booted, lines

from harness import catalogue
from harness.catalogue import Experiment, Operation
from harness.emulators import qemu
from harness.reading import verdicts
from harness.reading.records import Measurement, Record
from harness.running import wall
from harness.running.runner import Plan

EXPERIMENTS = [Experiment("null", "Table 2", "Null", "null", (Operation("call", "a call"), Operation("syscall", "a system call")), ("exos",))]
CLOCK = ("boot 1 exos", "clock 200000000 100000000")  # two ticks a nanosecond


class Plain(Recorded):
    wall_clock = True


def timed(*texts: str, **how):
    one = booted(lines(*texts), **how)
    return replace(one, order=replace(one.order, emulator=Plain()))


def record(operation: str, region=(1, 2), unit="instructions") -> Record:
    return Record("null", operation, "exos", "qemu", "ok", "", "log", Measurement(region, 2, (18, 18), unit, 1))


def reasons(one) -> set[tuple[str, str]]:
    return {(r.verdict, r.reason) for r in verdicts.settle(one, EXPERIMENTS)[0]}


def test_a_boot_by_the_clock_is_no_measurement():
    assert reasons(booted(lines(*CLOCK, *NULL, *STOP))) == {("fail", "the system printed no tick self-check")}
    assert reasons(timed(*START, *NULL, *STOP)) == {("fail", "the system printed not how long a tick is")}


def test_a_program_cannot_set_the_clock():
    ((verdict, reason),) = reasons(timed(*CLOCK, NULL[0], "clock 1 100000000", *NULL[1:], *STOP))
    assert verdict == "fail" and "the clock line came twice" in reason
    assert wall.times(timed(*CLOCK, NULL[0], "clock 1 100000000", *NULL[1:], *STOP), EXPERIMENTS) == {}


def test_ticks_become_nanoseconds():
    assert wall.times(timed(*CLOCK, *NULL, *STOP), EXPERIMENTS) == {("null", "call", "exos"): 1, ("null", "syscall", "exos"): 3}
    pair = [replace(EXPERIMENTS[0], operations=(Operation("call", "calls", 4),))]
    assert wall.times(timed(*CLOCK, *NULL, *STOP), pair) == {("null", "call", "exos"): 0.25}


@pytest.mark.parametrize("clock", ["clock 0 100000000", "clock 200000000 -1", "clock soon", "clock 1 2 3"])
def test_a_clock_that_makes_no_sense_gives_no_times(clock):
    assert wall.times(timed("boot 1 exos", clock, *NULL, *STOP), EXPERIMENTS) == {}


def test_what_a_boot_had_finished_when_it_hung_has_its_time():
    assert wall.times(timed(*CLOCK, *NULL[:5], status=None, cut="silence"), EXPERIMENTS) == {("null", "call", "exos"): 1}


def test_each_boot_is_one_value_and_the_interval_is_of_their_median():
    values = [10.04, 12, 11, 30, 11.5, 10.5]
    (row,) = wall.collect([record("call")], [{("null", "call", "exos"): one} for one in values] + [{}], asked=7)
    assert row["nanoseconds"] == [10.0, 12, 11, 30, 11.5, 10.5] and row["boots"] == 7
    assert row["median"] == 11.2 and 10 <= row["low"] < row["median"] < row["high"] <= 30
    (lone,) = wall.collect([record("call")], [{("null", "call", "exos"): 5}], asked=2)
    assert (lone["low"], lone["high"]) == (None, None) and wall.cell(lone) == "5.0"


def test_counts_of_things_and_what_was_not_timed_have_no_row():
    assert wall.collect([record("call", region=None, unit="count"), record("syscall")], [{("null", "call", "exos"): 1.0}], asked=2) == []


def test_every_round_boots_every_system_in_another_order():
    from harness.running.runner import Runner
    from harness.watching.progress import Silence

    systems = [catalogue.SYSTEMS[name] for name in ("exos", "ultrix-compat", "linux")]
    experiments = [Experiment(name, "", name, name, (), ("exos", "unix")) for name in ("a", "b", "c", "d", "none")]
    plan = Plan(experiments, systems, {}, ROOT / "results" / "never", 60, wall=6, seed=3)
    jobs = Runner(plan, Silence()).wall_jobs({"a", "b", "c", "d"})
    rounds = [[job.place for job in jobs if job.index == index] for index in range(1, 7)]
    assert [job.index for job in jobs] == sorted(job.index for job in jobs) and all(len(set(one)) == len(systems) for one in rounds)
    assert len({*map(tuple, rounds)}) > 1 and len({tuple(e.name for e in job.experiments) for job in jobs}) > 3
    assert [job.name for job in Runner(plan, Silence()).wall_jobs({"a", "b", "c", "d"})] == [job.name for job in jobs]


def test_what_tells_the_guests():
    plan = Plan([], [], {}, ROOT, 60, bindings=64)
    exos, ultrix, linux = (catalogue.SYSTEMS[name] for name in ("exos", "ultrix-compat", "linux"))
    assert [plan.command_line(one, wall.EMULATOR) for one in (exos, ultrix, linux)] == ["clock=wall bindings=64", "clock=wall", ""]
    assert [plan.command_line(one, qemu.Qemu()) for one in (exos, ultrix, linux)] == ["bindings=64", "", ""]
    assert "-icount" not in wall.EMULATOR.machine and "-icount" in qemu.Qemu().machine


@pytest.mark.parametrize(("words", "says"), [("--wall 1", "a number of boots, 2 to 1000"), ("--wall 3 --replay .", "leave out --replay"), ("--wall 3 --emulator bochs", "name qemu")])
def test_what_cannot_be_asked_for(inside, words, says):
    done = inside("run", "--no-build", "null", *words.split())
    assert done.returncode == 2 and says in done.stderr + done.stdout and "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["[{}]", '[{"experiment": "null"}]', "{}", '[{"experiment":"a","operation":"b","system":"c","boots":2,"nanoseconds":["x"],"median":1,"low":1,"high":1}]'])
def test_damaged_times_are_refused_with_what_to_do(inside, tmp_path, text):
    run_dir = sample_run.write(tmp_path / "run")
    (run_dir / wall.FILE).write_text(text)
    done = inside("wall", "--run", run_dir)
    assert done.returncode == 2 and "reprocess" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.emulator
def test_for_real(tmp_path):
    where = os.environ | {"EXOLAB_RESULTS": str(tmp_path)}

    def do(*words):
        done = subprocess.run([ROOT / "exolab", *words], capture_output=True, text=True, env=where, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    said = do("run", "--no-build", "null", "--system", "exos", "ultrix-compat", "linux", "--emulator", "qemu", "--wall", "2", "--seed", "1")
    run_dir = (tmp_path / "latest").resolve()
    rows = {(one["operation"], one["system"]): one for one in json.loads((run_dir / wall.FILE).read_text())}
    assert {len(one["nanoseconds"]) for one in rows.values()} == {2} and "6 boots in plain QEMU, 1 at a time" in said
    assert all(1 < one["low"] <= one["median"] <= one["high"] < 100_000 for one in rows.values())
    assert rows["syscall", "exos"]["median"] < rows["syscall", "linux"]["median"], "or this host was very busy"
    assert all(one["unit"] == "instructions" and one["min"] == one["max"] for one in json.loads((run_dir / "records.json").read_text()) if one["verdict"] == "ok" and one["system"] != "linux")
    assert "95 % interval" in do("wall", "--run", run_dir) and "ultrix-compat / exokernel" in do("wall", "--run", run_dir)
    assert len(json.loads(do("wall", "--run", run_dir, "--format", "json"))) == len(rows)
    assert 'id="wall"' in (run_dir / "report.html").read_text()
    where["EXOLAB_BUILD"] = str(tmp_path / "none")
    again = do("reprocess", "--run", run_dir)
    assert again.count("the same, byte for byte") == 4 and "CHANGED" not in again
