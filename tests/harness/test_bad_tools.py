"""A tool that cannot do all that is asked of it: the run says so, goes on with what is possible, and what is not is marked. The tools are scripts in front of the real ones."""

import json
import os
import shutil
import subprocess

import pytest
from handmade import ROOT

from harness import paths
from harness.errors import Trouble
from harness.running import runner

pytestmark = pytest.mark.emulator
QEMU = "/usr/bin/qemu-system-x86_64"


@pytest.fixture
def tool(tmp_path, monkeypatch):
    """tool(name, script) puts a script of that name in front of all others."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")

    def make(name, script):
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "bin" / name).chmod(0o755)

    return make


@pytest.fixture
def measure(tmp_path):
    """measure() -> (what was said, verdict by operation and emulator, law's verdicts and reasons) of `null` on exos, in both emulators."""

    def run(build=paths.BUILD):
        where = os.environ | {"EXOLAB_RESULTS": str(tmp_path / "results"), "EXOLAB_BUILD": str(build)}
        done = subprocess.run([ROOT / "exolab", "run", "--no-build", "null", "--system", "exos"], capture_output=True, text=True, env=where, timeout=120)
        assert "Traceback" not in done.stdout + done.stderr
        load = lambda name: json.loads((tmp_path / "results/latest" / name).read_text())  # noqa: E731
        return done, {(one["operation"], one["emulator"]): one["verdict"] for one in load("records.json")}, load("crosscheck.json"), load("manifest.json")

    return run


@pytest.fixture
def copy(tmp_path):
    """A build of its own, to be spoilt."""
    return shutil.copytree(paths.BUILD, tmp_path / "build", ignore=lambda _, names: [name for name in names if name.endswith((".o", ".d"))])


def unchecked(done, cells, checks, says):
    """All was measured, nothing could be checked, and it is said why."""
    assert done.returncode == 1 and set(cells.values()) == {"ok"}
    assert {one["verdict"] for one in checks} == {"fail"} and all(says in one["reason"] for one in checks), checks


def test_a_qemu_without_plugins(tool, measure):
    tool("qemu-system-x86_64", f'case "$*" in *-plugin*) echo "-plugin: invalid option" >&2; exit 1;; esac; exec {QEMU} "$@"')
    done, cells, checks, _ = measure()
    unchecked(done, cells, checks, "the probe wrote nothing: the emulator ended with status 1 before the guest printed anything: -plugin: invalid option")


def test_a_broken_plugin(measure, copy):
    (copy / "probe/probe.so").write_bytes(b"garbage")
    unchecked(*measure(copy)[:3], "Could not load plugin")


def test_a_kernel_without_symbols(measure, copy):
    subprocess.run(["strip", copy / "aegis/aegis.elf"], check=True)
    unchecked(*measure(copy)[:3], "has no symbols, so the probe cannot know where exceptions enter")
    with pytest.raises(Trouble):
        runner.vector_options({})


def test_a_bochs_without_its_debugger(tool, measure):
    tool("bochs-bin", 'echo ">>PANIC<< unknown option -rc" >&2; exit 1')
    done, cells, checks, _ = measure()
    assert done.returncode == 1 and {cells[name] for name in cells if name[1] == "qemu"} == {"ok"}
    assert {cells[name] for name in cells if name[1] == "bochs"} == {"fail"} and "unknown option -rc" in done.stdout
    assert {one["verdict"] for one in checks} == {"missing"}


def test_a_qemu_of_another_version_is_used_and_marked(tool, measure):
    tool("qemu-system-x86_64", f'case "$*" in *--version*) echo "QEMU emulator version 99.1"; exit 0;; esac; exec {QEMU} "$@"')
    done, cells, checks, about = measure()
    assert done.returncode == 0 and {one["verdict"] for one in checks} == {"ok"}
    assert "UNTRIED EMULATOR: QEMU emulator version 99.1, tried was QEMU emulator version 7.2" in about["stamp"] and about["stamp"] in done.stdout
