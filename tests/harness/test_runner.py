"""A run gives every cell one record: it boots again without the culprit, and one cell's trouble is not the others'.

The emulator here is a shell script that plays the guest, so everything but the machine is real.
"""

import errno
import os
import threading
import time
from types import SimpleNamespace

import pytest
from handmade import EXCEPTION, GOOD, NULL, START, STOP, lines

from harness import catalogue
from harness.booting import boot, process
from harness.crosscheck import law
from harness.emulators.base import Emulator
from harness.errors import Trouble
from harness.reading import records
from harness.running.folder import Folder
from harness.running.runner import Plan, Runner
from harness.watching.progress import Lines


class Fake(Emulator):
    """Plays the k-th of its logs in its k-th boot; (bytes, status), where a status of None is a hang."""

    name = "fake"
    needs_media = False

    def __init__(self, *boots, problem=None):
        self.boots, self.trouble = boots, problem

    def problem(self):
        return self.trouble

    def version(self):
        return "fake 1"

    def success(self, status):
        return status == 1

    def command(self, wiring):
        data, status = self.boots[wiring.index - 1]
        script = wiring.folder / "printed"
        script.write_bytes(data)
        end = "exec sleep 60" if status is None else f"exit {status}"
        return ["sh", "-c", f'cat printed >"$0"; {end}', str(wiring.serial)]


class Notes(Lines):
    def __init__(self):
        super().__init__()
        self.notes = []

    def note(self, text):
        self.notes.append(text)


@pytest.fixture
def measure(experiments, tmp_path):
    """measure(emulator, ...) -> ({cell: verdict}, runner) of a run on exos."""

    def run(*emulators, timeout=0.5, jobs=2):
        plan = Plan(experiments, [catalogue.SYSTEMS["exos"]], {one.name: one for one in emulators}, tmp_path, timeout, jobs=jobs)
        runner = Runner(plan, Notes(), folder=Folder(plan, stamp="PARTIAL 4/36 cells"))
        runner.result = runner.run()
        cells = {f"{one.experiment}/{one.operation}": one.verdict for one in runner.result.records}
        return cells, runner

    return run


def test_good_boot_is_one_boot(measure):
    cells, runner = measure(Fake((GOOD, 1)))
    assert list(cells.values()) == ["ok", "ok", "ok", "unsupported"]
    assert len(runner.booted) == 1
    assert (runner.plan.run_dir / "logs/exos-fake-1.serial").read_bytes() == GOOD
    assert (runner.plan.run_dir / "logs/exos-fake-1.status").read_text() == "1\n"


def test_hang_is_booted_again_without_the_culprit(measure):
    second = lines(*START, *EXCEPTION, *STOP)
    cells, runner = measure(Fake((lines(*START, *NULL[:4]), None), (second, 1)))
    assert list(cells.values()) == ["ok", "timeout", "ok", "unsupported"]  # the call was measured before the hang
    assert list(runner.booted[1].order.programs) == ["exception"]
    assert any("@exolab samples call" in note for note in runner.progress.notes)


def test_each_culprit_costs_one_boot_at_most(measure):
    panic = lines(*START, "begin exception", "panic boom")
    cells, runner = measure(Fake((lines(*START, *NULL[:4]), 0), (panic, 3)))
    assert list(cells.values()) == ["ok", "fail", "panic", "panic"]
    assert len(runner.booted) == 2


def test_missing_emulator_is_missing_and_the_other_one_goes_on(measure):
    broken = Fake(problem="fake is not installed")
    broken.name = "broken"
    cells, runner = measure(broken, Fake((GOOD, 1)))
    reasons = {one.emulator: one.reason for one in runner.result.records if one.operation == "call"}
    assert reasons == {"broken": "fake is not installed", "fake": ""}


def test_a_defect_of_the_harness_costs_its_own_cells_only(measure):
    broken = Fake()  # no boots: command() raises IndexError
    broken.name = "broken"
    cells, runner = measure(broken, Fake((GOOD, 1)))
    verdicts = {one.emulator: one.verdict for one in runner.result.records if one.operation == "call"}
    assert verdicts == {"broken": "fail", "fake": "ok"}


def test_interrupt_keeps_what_is_complete_and_ends_the_emulator(measure, monkeypatch):
    def interrupted(waiting, return_when):
        time.sleep(0.5)
        raise KeyboardInterrupt

    monkeypatch.setattr("harness.running.runner.wait", interrupted)
    start = time.monotonic()
    cells, runner = measure(Fake((lines(*START, *NULL, *EXCEPTION[:2]), None)), timeout=30)
    assert time.monotonic() - start < 5
    assert runner.result.interrupted
    assert list(cells.values()) == ["ok", "ok", "missing", "missing"]


def test_full_disk_is_a_clear_message(measure, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("harness.running.runner.boot", full)
    cells, runner = measure(Fake((GOOD, 1)))
    assert runner.result.disk_full and {one.reason for one in runner.result.records} == {"the disk is full"}
    assert set(cells.values()) == {"missing"}
    monkeypatch.setattr("harness.running.folder.write_json", full)
    with pytest.raises(Trouble, match="the disk is full: free some space"):
        runner.folder.save(runner, runner.result)


def test_full_disk_keeps_what_was_measured(measure, monkeypatch):
    def full(order):
        if order.emulator.name == "late":
            raise OSError(errno.ENOSPC, "No space left on device")
        return boot.boot(order)

    late = Fake((GOOD, 1))
    late.name, late.slowness = "late", 0  # the last to start
    monkeypatch.setattr("harness.running.runner.boot", full)
    _, runner = measure(Fake((GOOD, 1)), late, jobs=1)
    kept = {one.emulator: one.verdict for one in runner.result.records if one.operation == "call"}
    assert kept == {"fake": "ok", "late": "missing"}
    runner.folder.save(runner, runner.result)
    assert records.load(runner.plan.run_dir)
    assert not (runner.plan.run_dir / "boot").exists() and not (runner.plan.run_dir.parent / "latest").exists()


def test_log_cut_by_a_full_disk_is_a_clear_message(measure, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=0))
    _, runner = measure(Fake((GOOD[:300], 1)))
    assert runner.result.disk_full


def test_saved_run_is_complete_and_latest(measure):
    _, runner = measure(Fake((GOOD, 1)))
    runner.folder.save(runner, runner.result)
    folder = runner.plan.run_dir
    assert [one["verdict"] for one in records.load(folder)] == ["ok", "ok", "ok", "unsupported"]
    assert law.load_checks(folder) == []
    about = records.load_json(folder, "manifest.json")
    assert about["boots"][0]["name"] == "exos-fake-1" and about["stamp"] == "PARTIAL 4/36 cells"
    assert {"commit", "dirty", "host", "python", "emulators", "key", "compiler"} <= set(about)
    assert (folder.parent / "latest").resolve() == folder


def test_process_that_floods_its_log_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(process, "MAX_SERIAL", 1000)
    serial = tmp_path / "x.serial"
    argv = ["sh", "-c", 'head -c 5000 /dev/zero >"$0"; sleep 60', str(serial)]
    assert process.run(argv, tmp_path, serial, process.Patience(20), threading.Event()).cut == "flood"


SLOW = 'n={n}; while [ $n != 0 ]; do printf . >>"$0"; sleep 0.1; n=$((n-1)); done; {end}'


def printing(tmp_path, patience, n, end="exit 1"):
    """What becomes of a guest that prints `n` bytes, one now and then, and then does `end`; -1: it never comes to that."""
    serial = tmp_path / "x.serial"
    return process.run(["sh", "-c", SLOW.format(n=n, end=end), str(serial)], tmp_path, serial, patience, threading.Event())


def test_slow_guest_has_time_for_as_long_as_it_prints(tmp_path):
    outcome = printing(tmp_path, process.Patience(0.5), 10)
    assert (outcome.status, outcome.cut) == (1, "") and outcome.seconds > 1


def test_guest_that_falls_silent_is_ended_so_long_after_its_last_byte(tmp_path):
    outcome = printing(tmp_path, process.Patience(0.5), 5, "exec sleep 60")
    assert outcome.cut == "silence" and 1 < outcome.seconds < 10


def test_guest_that_prints_slowly_for_ever_is_ended_too(tmp_path):
    outcome = printing(tmp_path, process.Patience(0.5, 1), -1)
    assert outcome.cut == "timeout" and 1 <= outcome.seconds < 10


def test_what_an_earlier_boot_left_is_not_what_this_one_prints(tmp_path):
    (tmp_path / "x.serial").write_bytes(b"old" * 1000)
    assert printing(tmp_path, process.Patience(10), 3).status == 1
    assert (tmp_path / "x.serial").read_bytes() == b"..."


@pytest.mark.parametrize("system, silence", [("exos", 60), ("ultrix-compat", 60), ("linux", 180), ("linux-tuned", 180)])
def test_linux_boots_without_a_word_and_is_waited_for(system, silence):
    order = boot.Order(catalogue.SYSTEMS[system], None, {}, None)
    assert (order.patience.silence, order.patience.whole) == (silence, 600)


def test_whole_boot_has_ten_times_the_time_of_a_silence():
    assert process.Patience(60).whole == 600


def test_process_group_is_gone_after_a_timeout(tmp_path):
    argv = ["sh", "-c", "sleep 60 & echo $! >child; wait"]
    assert process.run(argv, tmp_path, tmp_path / "x.serial", process.Patience(0.3), threading.Event()).cut == "silence"
    child = int((tmp_path / "child").read_text())
    time.sleep(0.1)
    assert not os.path.exists(f"/proc/{child}") or "Z" in open(f"/proc/{child}/stat").read().split()[2]
