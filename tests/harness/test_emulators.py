"""Each emulator is one file behind one interface; its command line is repeatable and free of surprises in paths."""

import subprocess
import sys

import pytest
from handmade import ROOT

from harness import catalogue, emulators
from harness.booting import image
from harness.booting.media import Media
from harness.emulators.base import Wiring

THIRD = """
from harness.emulators.base import Emulator

class Third(Emulator):
    name = "third"
    def problem(self): return "third is not installed"
    def version(self): return "3"
    def command(self, wiring): return ["third"]
    def success(self, status): return status == 3
"""


@pytest.fixture
def wiring(tmp_path):
    """A boot in a folder whose name has what command lines give a meaning to."""
    run = tmp_path / "a, b=c"
    folder = run / "boot" / "exos-qemu-1"
    folder.mkdir(parents=True)
    disk = folder / "disk.img"
    disk.write_bytes(bytes(3 * image.CYLINDER))
    return Wiring("exos", Media({}, disk=disk), folder, run / "logs" / "exos-qemu-1.serial")


def test_registry_holds_the_three_in_table_order():
    assert list(emulators.load()) == ["qemu", "bochs", "replay"]


def test_a_new_file_is_a_new_emulator(tmp_path):
    (tmp_path / "third.py").write_text(THIRD)
    program = f"from harness import emulators; emulators.__path__.append({str(tmp_path)!r}); print(*emulators.load())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.split() == ["qemu", "bochs", "replay", "third"], done.stderr


def test_command_lines_do_not_depend_on_where_the_run_is(wiring):
    for emulator in (emulators.load()["qemu"], emulators.load()["bochs"]):
        assert not any("a, b=c" in word for word in emulator.command(wiring))
    assert "a, b=c" not in (wiring.folder / "bochsrc").read_text()


def test_qemu_counts_instructions(wiring):
    argv = emulators.load()["qemu"].command(wiring)
    assert argv[argv.index("-icount") + 1] == "shift=0,sleep=off"
    assert argv[argv.index("-cpu") + 1] == "max,-erms,-fsrm"
    assert "-plugin" not in argv


def test_bochs_counts_instructions_and_knows_the_disk(wiring):
    emulators.load()["bochs"].command(wiring)
    configuration = (wiring.folder / "bochsrc").read_text()
    assert "sync=none" in configuration and "cylinders=3, heads=16, spt=63" in configuration


def test_only_an_orderly_shutdown_is_success():
    known = emulators.load()
    assert [status for status in range(-9, 6) if known["qemu"].success(status)] == [1, 3, 5]
    assert [status for status in range(-9, 6) if known["bochs"].success(status)] == [0]


def test_bochs_refuses_linux_with_a_reason():
    assert "QEMU only" in emulators.load()["bochs"].refuses(catalogue.SYSTEMS["linux-tuned"])
    assert emulators.load()["qemu"].refuses(catalogue.SYSTEMS["linux"]) is None
