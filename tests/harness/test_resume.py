"""An interrupted run goes on: boots that are complete are read, the others made, and nobody can tell afterwards. The machines are recordings."""

import json
import os
import signal
import subprocess

import pytest
from handmade import EXCEPTION, GOOD, NULL, ROOT, START, STOP, line, lines

from harness.verbs import run

REST = lines(*START, *EXCEPTION, *STOP)


@pytest.fixture
def recorded(tmp_path):
    """Recordings of three systems, one of which is booted twice; with a file that is written when one of them is played."""
    folder = tmp_path / "recorded"
    folder.mkdir()
    boots = {"exos-1": (GOOD, "1"), "ultrix-compat-1": (lines(*START, *NULL[:4], "panic boom", "frame 0x1234"), "3"), "ultrix-compat-2": (REST, "1"), "linux-1": (GOOD, "1")}
    for name, (data, status) in boots.items():
        system = name.rpartition("-")[0]
        (folder / f"{name}.serial").write_bytes(data.replace(line(START[0]), line(f"boot 1 {system}")))
        (folder / f"{name}.status").write_text(f"{status}\n")
    return folder


@pytest.fixture
def whole(inside, recorded, tmp_path):
    """The folder of a run that nobody interrupted."""
    inside("run", "--no-build", "--replay", recorded)
    return (tmp_path / "results/latest").resolve()


def forget(run_dir, *names):
    """Make of a complete run what it would have been, had the harness been killed before these boots ended."""
    about = json.loads((run_dir / "manifest.json").read_text())
    about["boots"] = [one for one in about["boots"] if one["name"] not in names]
    (run_dir / "manifest.json").write_text(json.dumps(about | {"interrupted": True}))
    for name in ("records.json", "crosscheck.json"):
        (run_dir / name).unlink()


@pytest.mark.parametrize("names", [["exos-replay-1"], ["ultrix-compat-replay-2"], ["ultrix-compat-replay-1", "ultrix-compat-replay-2"], []])
def test_the_records_are_those_of_a_run_that_was_not_interrupted(inside, recorded, whole, names):
    before = (whole / "records.json").read_bytes()
    forget(whole, *names)
    done = inside("run", "--no-build", "--resume", whole, "--replay", recorded)
    assert done.returncode == 1, done.stderr  # the panic
    assert (whole / "records.json").read_bytes() == before
    booted = [text.partition(":")[0] for text in done.stdout.splitlines() if " s)" in text and "replay-" in text]
    assert sorted(booted) == sorted(names)
    assert json.loads((whole / "manifest.json").read_text())["interrupted"] is False


def test_what_a_killed_harness_leaves_says_how_to_go_on(inside, whole):
    forget(whole, "exos-replay-1")
    done = inside("show", "--run", whole)
    assert done.returncode == 2 and f"./exolab run --resume {whole.name}" in done.stderr


@pytest.mark.parametrize(
    "more, says",
    [(["null"], "leave out null"), (["--system", "exos"], "leave out exos"), (["--quick"], "leave out --quick"), (["--seed", "1"], "--wall and --seed"), (["--wall", "3"], "leave out --quick"), (["--memory"], "leave out --quick")],
)
def test_a_resumed_run_measures_what_was_planned_and_nothing_else(inside, recorded, whole, more, says):
    forget(whole, "exos-replay-1")
    done = inside("run", "--no-build", *more, "--resume", whole, "--replay", recorded)
    assert done.returncode == 2 and says in done.stderr


def test_a_run_from_when_a_whole_boot_had_the_timeout_says_so_still(inside, whole):
    """Of such a run the manifest has no word on the whole; its records stay as they are, byte for byte."""
    about = json.loads((whole / "manifest.json").read_text())
    assert (about["timeout_seconds"], about.pop("boot_seconds")) == (60, 600)
    one = next(one for one in about["boots"] if one["name"] == "ultrix-compat-replay-1")
    one["status"] = "timeout"
    (whole / "manifest.json").write_text(json.dumps(about))
    serial = whole / "logs/ultrix-compat-replay-1.serial"
    serial.write_bytes(serial.read_bytes().replace(line("panic boom"), b""))
    inside("reprocess", "--run", whole)
    assert "after call: no end within 60 s; its last line" in (whole / "records.json").read_text()


@pytest.mark.parametrize("names, says", [(["exos-replay-1"], "logs/exos-replay-1.serial is not in"), (["exos-replay-1", "linux-replay-1"], "logs/exos-replay-1.serial and 1 more are not in")])
def test_reprocess_without_its_logs_leaves_a_run_as_it_is(inside, whole, names, says):
    before = (whole / "records.json").read_bytes()
    for name in names:
        (whole / f"logs/{name}.serial").unlink()
    done = inside("reprocess", "--run", whole)
    assert done.returncode == 2 and says in done.stderr
    assert (whole / "records.json").read_bytes() == before


def test_a_complete_run_has_nothing_to_go_on_with(inside, recorded, whole):
    done = inside("run", "--no-build", "--resume", whole, "--replay", recorded)
    assert done.returncode == 2 and "is complete" in done.stderr


def test_a_run_does_not_go_on_with_another_build(inside, build, whole):
    forget(whole, "exos-replay-1")
    about = json.loads((whole / "manifest.json").read_text())
    about["boots"][0]["sha256"] = {"null": "0" * 64}
    (whole / "manifest.json").write_text(json.dumps(about))
    done = inside("run", "--no-build", "--resume", whole)
    assert done.returncode == 2 and "begin a new one" in done.stderr


def test_reprocessing_a_panic_needs_no_kernel(inside, recorded, whole):
    before = (whole / "records.json").read_bytes()
    assert b"panic" in before
    inside("reprocess", "--run", whole)
    assert (whole / "records.json").read_bytes() == before


@pytest.mark.emulator
def test_a_real_run_survives_the_harness_being_killed(tmp_path):
    where = os.environ | {"EXOLAB_RESULTS": str(tmp_path)}
    argv = [ROOT / "exolab", "run", "--no-build", "null", "--system", "exos", "ultrix-compat", "--jobs", "1"]
    running = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=where, start_new_session=True)
    for said in running.stdout:
        if ": ok (" in said:
            break
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    (run_dir,) = tmp_path.glob("2*")
    done = subprocess.run([ROOT / "exolab", "run", "--no-build", "--resume", run_dir], capture_output=True, text=True, env=where, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 boots are there already" in done.stdout and ", 0 do not" in done.stdout
    assert {one["verdict"] for one in json.loads((run_dir / "records.json").read_text())} == {"ok", "unsupported"}


@pytest.mark.parametrize("at", ["listen", "print"])
def test_an_interrupt_before_the_first_trace_is_one_while_tracing(monkeypatch, at):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("harness.interrupts.listen", interrupt if at == "listen" else lambda: None)
    monkeypatch.setattr("builtins.print", interrupt)
    assert run.dissected(None, None, []) is False


@pytest.mark.emulator
def test_a_run_that_was_interrupted_while_it_traced_goes_on_there(tmp_path):
    where = {"env": os.environ | {"EXOLAB_RESULTS": str(tmp_path)}, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    running = subprocess.Popen([ROOT / "exolab", "run", "--no-build", "null", "--system", "exos", "ultrix-compat", "--emulator", "qemu"], **where)
    said = ""
    while "tracing the headline operations" not in said and (line := running.stdout.readline()):
        said += line
    running.send_signal(signal.SIGINT)
    said += running.communicate(timeout=60)[0]
    run_dir = (tmp_path / "latest").resolve()
    assert running.returncode == 130 and f"./exolab run --resume {run_dir.name} goes on" in said, said
    assert not (run_dir / "anatomy.json").exists() and (run_dir / "records.json").exists()
    done = subprocess.run([ROOT / "exolab", "run", "--no-build", "--resume", run_dir], **where, timeout=120)
    assert done.returncode == 0 and "2 boots are there already" in done.stdout, done.stdout
    assert (run_dir / "anatomy.json").exists() and json.loads((run_dir / "manifest.json").read_text())["interrupted"] is False
