"""Static programs of an ordinary C library, musl, run unchanged on ultrix-compat and on Linux: what they print and their statuses are the same, and are right.

The library knows nothing of us: it makes the system calls that it wants, as Linux documents them.
"""

from functools import cache
from pathlib import Path

import pytest

from harness import catalogue, emulators, paths
from harness.booting import boot

pytestmark = pytest.mark.emulator

PLACES = (("ultrix-compat", "qemu"), ("ultrix-compat", "bochs"), ("linux", "qemu"))
EXPECTED = {
    "ordinary": (
        3,
        """\
arguments: 1, ordinary
formats: -42  3.14 text c 0xff 7   | 0010 18446744073709551615 1.234568e+04
strings: thr and 64, 127, 2500.000, No such file or directory
sorting: 100000 numbers, 0 out of order, median 2137876197
memory: 8334780 bytes in 500 blocks, 0 wrong; Out of memory
files: 178890 bytes written, 10000 lines read, sum 49995000, the end is many
files: 178899 bytes now, regular, No such file or directory
folders: /tmp/folder has . .. a c d; Invalid argument; removed: yes
times: 1971-01-01, slept long enough
terminal: yes
""",
    ),
    "processes": (
        4,
        """\
pipes: 20000 lines, sum 199990000, status 5
executed: 3 arguments, a b, good day
programs: status 9, No such file or directory
executed: 3 arguments, spawned, hello
spawning: 0, status 9, No such file or directory
handlers: 2 signals, interrupted, child ended by Terminated
threads: 4000 turns, results 60, own variable 0
sharing: 4000
""",
    ),
}


@cache
def booted(folder: Path, system: str, emulator: str):
    files = {name: paths.BUILD / "tests" / "musl" / f"{name}.elf" for name in EXPECTED}
    return boot.boot(boot.Order(catalogue.SYSTEMS[system], emulators.load()[emulator], files, folder, timeout=120))


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("musl")


def printed(folder: Path, system: str, emulator: str) -> list[str]:
    """What the programs printed, without the kernel's lines and the terminal's returns; Linux logs its own in between, in brackets."""
    text = (folder / booted(folder, system, emulator).log_path).read_text(errors="replace").replace("\r", "")
    return [line for line in text.splitlines() if line and not line.startswith(("@exolab ", "["))]


@pytest.mark.parametrize(("system", "emulator"), PLACES)
def test_they_print_what_they_should(folder, system, emulator):
    assert printed(folder, system, emulator) == [line for _, text in EXPECTED.values() for line in text.splitlines()]


@pytest.mark.parametrize(("system", "emulator"), PLACES)
def test_they_end_as_they_should(folder, system, emulator):
    machine = booted(folder, system, emulator)
    assert [event.arguments for event in machine.log.all("exit")] == [(name, status) for name, (status, _) in EXPECTED.items()]
    assert not machine.log.all("panic") and not machine.log.all("killed") and machine.success, machine.last_lines


def test_they_are_the_same_files(folder):
    ran = [{name: booted(folder, *place).hashes[name] for name in EXPECTED} for place in PLACES]
    assert ran[0] == ran[1] == ran[2]
