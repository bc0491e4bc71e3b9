"""The real command line: names, messages, exit statuses. Machines are played by `replay`."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
import sample_run
from handmade import EXCEPTION, GOOD, NULL, ROOT, START, STOP, line, lines

from harness.crosscheck import law, probe_log
from harness.reading.records import Measurement, Record, write_json

TOOLS = ("sh", "cat", "readlink", "dirname", "sleep", "git", "uname", "gnuplot")


@pytest.fixture
def recording(tmp_path):
    """recording(exos=[(data, status), ...], ...) -> a folder whose k-th log of a system is its k-th pair; replayed as that system."""

    def record(**systems):
        folder = tmp_path / "recorded"
        folder.mkdir(exist_ok=True)
        for name, boots in systems.items():
            system = name.replace("_", "-")
            for index, (data, status) in enumerate(boots, 1):
                (folder / f"{system}-{index}.serial").write_bytes(data.replace(line(START[0]), line(f"boot 1 {system}")))
                (folder / f"{system}-{index}.status").write_text(f"{status}\n")
        return folder

    return record


@pytest.fixture
def cells(inside):
    """cells() -> {(system, cell): record} of results/latest."""

    def load():
        shown = json.loads(inside("show", "--format", "json").stdout)
        return {(one["system"], f"{one['experiment']}/{one['operation']}"): one for one in shown}

    return load


def clean(done, status):
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


def test_help_documents_exit_statuses(exolab):
    said = clean(exolab("--help"), 0)
    assert all(f"  {status} " in said for status in (0, 1, 2, 3, 130, 141))


def test_list_names_everything(exolab):
    said = clean(exolab("list"), 0)
    for name in ("exos", "ultrix-compat", "linux", "qemu", "bochs", "replay", "null", "exception", "prot", "Table 5"):
        assert name in said


@pytest.mark.parametrize(
    "arguments, says",
    [
        (("run", "nul"), "no experiment is called nul: did you mean null?"),
        (("run", "--system", "ultrix"), "no system is called ultrix: did you mean ultrix-compat?"),
        (("run", "--system", "plan9"), "there are: exos, exos-inverted, ultrix-compat, linux, linux-tuned"),
        (("run", "--emulator", "boch"), "no emulator is called boch: did you mean bochs?"),
        (("run", "--emulator", "replay"), "give a folder of logs with --replay DIR"),
        (("run", "--replay", "nowhere"), "nowhere is not a folder"),
        (("run", "--timeout", "-1"), "more than 0"),
        (("run", "--timeout", "soon"), "--timeout"),
        (("show", "--run", "nowhere"), "there is no run nowhere: make one"),
        (("show", "--format", "xml"), "there are: table, json, csv"),
        (("crosscheck",), "no run has come to an end yet: make one"),
        (("plot",), "no run has come to an end yet: make one"),
        (("report",), "no run has come to an end yet: make one"),
        (("xyzzy",), "there are: doctor, list, plan"),
        ((), "required"),
    ],
)
def test_wrong_usage_is_one_clear_message(inside, arguments, says):
    if arguments[:1] == ("run",) and "--replay" not in arguments:
        arguments = ("run", "--no-build", *arguments[1:]) if arguments[1] != "nul" else ("run", "--no-build", "nul")
    assert says in clean(inside(*arguments), 2)


def test_nothing_built_says_make_build(inside, monkeypatch, tmp_path):
    monkeypatch.setattr("harness.paths.BUILD", tmp_path / "none")
    assert "run make build" in clean(inside("list"), 2)


def test_good_replay_and_what_can_be_done_with_its_folder(inside, recording, cells, tmp_path):
    said = clean(inside("run", "--no-build", "--system", "exos", "--replay", recording(exos=[(GOOD, 1)])), 0)
    assert "REPLAY of recorded logs, not a measurement" in said and "report: " in said
    made = cells()
    assert {one["verdict"] for one in made.values()} == {"ok", "unsupported"}
    assert made["exos", "null/call"]["median"] == 2 and made["exos", "null/call"]["emulator"] == "replay"
    assert "nothing to check" in clean(inside("crosscheck"), 2)
    assert "Table 4" in clean(inside("show"), 0)
    assert len(inside("show", "--format", "csv").stdout.splitlines()) == 5
    assert "report.html" in clean(inside("report", "--run", "results/latest"), 0)
    clean(inside("run", "--no-build", "--system", "exos", "--replay", "results/latest"), 0)
    assert len(list((tmp_path / "results").glob("2*"))) == 2


@pytest.mark.parametrize("bochs, status, says", [(19, 0, "  ok"), (20, 1, "region 0x10..0x20: sample 0 is 20 in bochs, the law predicts 19")])
def test_crosscheck_fails_on_a_violation_and_names_the_region(inside, tmp_path, bochs, status, says):
    one = {emulator: Record("exception", "prot", "exos", emulator, "ok", "", "l", Measurement((16, 32), 2, (raw,)))
           for emulator, raw in (("qemu", 18), ("bochs", bochs))}
    probe = law.Probe({"prot": one["qemu"].measurement}, (probe_log.Interval((16, 32), 18, 0, 1, 0, 0),))
    write_json(tmp_path / "records.json", [record.as_json("r") for record in one.values()])
    write_json(tmp_path / "crosscheck.json", law.check_all(list(one.values()), {("exos", "exception"): probe}))
    assert says in clean(inside("crosscheck", "--run", tmp_path), status)


REST = (lines(*START, *EXCEPTION, *STOP), 1)
BAD_BOOTS = [
    {
        "exos": ([(lines(*START, *NULL[:4]), "timeout"), REST], "timeout", "silent for 1 s"),
        "ultrix_compat": ([(lines(*START, "begin null", "panic boom"), 3), REST], "panic", "boom"),
        "linux": ([(lines(*START, *NULL[:3]), 0), REST], "fail", "emulator status 0"),
    },
    {
        "exos": ([(GOOD.replace(b"4x10", b"5x10"), 1)], "fail", "wrong checksum"),
        "ultrix_compat": ([(GOOD[:200], 0), REST], "fail", "stops in the middle of the line"),
        "linux": ([(GOOD + b"\x00\xffgarbage\n" * 1000, 1)], "ok", ""),
    },
]


@pytest.mark.parametrize("systems", BAD_BOOTS)
def test_bad_boots_have_their_verdict_and_the_rest_is_kept(inside, recording, cells, systems):
    folder = recording(**{name: boots for name, (boots, _, _) in systems.items()})
    clean(inside("run", "--no-build", "--timeout", "1", "--replay", folder), 1)
    made = cells()
    for name, (_, verdict, says) in systems.items():
        system = name.replace("_", "-")
        hit = [made[system, f"null/{operation}"] for operation in ("call", "syscall")]
        assert any(one["verdict"] == verdict and says in one["reason"] for one in hit)
        assert made[system, "exception/prot"]["verdict"] == "ok"


def test_systems_without_recording_are_missing(inside, recording):
    done = inside("run", "--no-build", "--system", "exos", "linux", "--replay", recording(exos=[(GOOD, 1)]))
    assert "missing: null (all) on linux in replay: no recording of boot 1 of linux" in clean(done, 1)


def path_without(tmp_path, *missing) -> str:
    """A PATH with the tools that the harness itself needs, and no others."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        found = next((p for p in (Path("/usr/bin") / tool, Path("/bin") / tool) if p.exists()), None)
        if found:
            (folder / tool).symlink_to(found)
    return str(folder)


def test_no_emulator_at_all(inside, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", path_without(tmp_path))
    done = inside("run", "--no-build")
    said = clean(done, 2)
    assert "install the Debian package qemu-system-x86 (make setup)" in said
    assert "install the Debian package bochs (make setup)" in said


def test_one_emulator_missing_costs_its_cells_only(inside, monkeypatch, recording, tmp_path):
    folder = recording(exos=[(GOOD, 1)])
    monkeypatch.setenv("PATH", path_without(tmp_path))
    done = inside("run", "--no-build", "--system", "exos", "--emulator", "qemu", "replay", "--replay", folder)
    said = clean(done, 1)
    assert "missing: null (all) on exos in qemu: qemu-system-x86_64 is missing" in said
    cells = json.loads(inside("show", "--format", "json").stdout)
    assert {one["verdict"] for one in cells if one["emulator"] == "replay"} == {"ok", "unsupported"}


def test_doctor_names_the_packages(inside, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", path_without(tmp_path))
    said = clean(inside("doctor"), 2)
    assert "qemu-system-x86_64: install the Debian package qemu-system-x86 (make setup)" in said
    assert "not built" in said


@pytest.mark.parametrize("tool, package", [("gcc", "gcc"), ("make", "make"), ("ld", "binutils")])
def test_a_missing_build_tool_is_named_with_its_package(inside, monkeypatch, tmp_path, tool, package):
    bare = path_without(tmp_path)
    for other in ("gcc", "make", "ld", "qemu-system-x86_64"):
        if other != tool:
            (Path(bare) / other).symlink_to(f"/usr/bin/{other}")
    monkeypatch.setenv("PATH", bare)
    assert f"{tool}: install the Debian package {package} (make setup)" in clean(inside("doctor"), 2)
    said = clean(inside("run", "--emulator", "qemu"), 2)
    assert f"{tool} is missing: install the Debian package {package} (make setup)" in said


@pytest.mark.parametrize("file, text", [("manifest.json", "[]"), ("manifest.json", "3"), ("manifest.json", '{"experiments": 3}'), ("crosscheck.json", "{}"), ("crosscheck.json", "[1]"), ("records.json", "{}")])
@pytest.mark.parametrize("verb", ["show", "crosscheck", "plot", "report", "gate"])
def test_json_of_another_shape_is_a_clear_message(inside, monkeypatch, tmp_path, verb, file, text):
    monkeypatch.setenv("EXOLAB_DEBUG", "1")  # an exception of ours comes through
    run_dir = sample_run.write(tmp_path / "run")
    (run_dir / file).write_text(text)
    done = inside(verb, "--run", run_dir)
    assert done.returncode in (0, 1, 2)
    if done.returncode == 2:
        assert file in done.stderr


def test_no_python_with_the_modules(tmp_path):
    copy = tmp_path / "exolab"
    copy.write_text((ROOT / "exolab").read_text().replace("/usr/bin/python3 python3", "/nonexistent"))
    copy.chmod(0o755)
    done = subprocess.run([copy, "list"], capture_output=True, text=True, env=os.environ | {"EXOLAB_PYTHON": "/bin/false"})
    assert done.returncode == 2
    assert f"make -C {tmp_path} setup" in done.stderr


@pytest.mark.parametrize("number, times", [(signal.SIGINT, 1), (signal.SIGTERM, 1), (signal.SIGINT, 20)])
def test_interrupt_keeps_what_is_complete(exolab, build, recording, tmp_path, number, times):
    folder = recording(exos=[(lines(*START, *NULL, *EXCEPTION[:2]), "timeout")])
    where = {"EXOLAB_BUILD": str(build), "EXOLAB_RESULTS": str(tmp_path / "results")}
    argv = [ROOT / "exolab", "run", "--no-build", "--system", "exos", "--replay", folder]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | where)
    serial = None
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and not (serial and serial.read_bytes()):
        serial = next((tmp_path / "results").glob("*/logs/exos-replay-1.serial"), None)
        time.sleep(0.05)
    for _ in range(times):  # impatient
        process.send_signal(number)
        time.sleep(0.02)
    said, _ = process.communicate(timeout=10)
    assert process.returncode == 130, said
    assert "Traceback" not in said and "interrupted" in said
    cells = json.loads(exolab("show", "--format", "json").stdout)
    assert [one["verdict"] for one in cells] == ["ok", "ok", "missing", "missing"]


def test_output_into_a_closed_pipe_is_no_traceback(build):
    argv = ["sh", "-c", f"'{ROOT}/exolab' list | true"]
    done = subprocess.run(argv, capture_output=True, text=True, env=os.environ | {"EXOLAB_BUILD": str(build), "PYTHONUNBUFFERED": ""})
    assert done.stderr == ""
