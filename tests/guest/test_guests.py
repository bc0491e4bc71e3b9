"""Guest programs, one promise each: run in every emulator that boots their system, all of a system in one boot.

A program passes if it prints no failed check and ends with the status that it should: 0, or what EXPECT says for those that must die.
That the kernel lived through all of them shows in the boot's last line and exit status.
"""

from functools import cache
from pathlib import Path

import pytest

from harness import catalogue, emulators, paths
from harness.booting import boot

pytestmark = pytest.mark.emulator

HERE = Path(__file__).parent
PLACES = (("exos", "qemu"), ("exos", "bochs"), ("ultrix-compat", "qemu"), ("ultrix-compat", "bochs"), ("linux", "qemu"))


def table(path: Path) -> dict[str, list[str]]:
    """Lines of `NAME FIELD REST`, comments and blanks left out."""
    if not path.exists():
        return {}
    lines = (line.split(maxsplit=2) for line in path.read_text().splitlines() if line.strip() and not line.startswith("#"))
    return {name: fields for name, *fields in lines}


def programs(system: str) -> list[str]:
    folder = HERE / catalogue.SYSTEMS[system].flavour
    left_out = table(folder / "NOT-ON-LINUX") if system == "linux" else {}
    return sorted(path.stem for path in folder.glob("*.c") if path.stem not in left_out)


@cache
def booted(folder: Path, system: str, emulator: str):
    flavour = catalogue.SYSTEMS[system].flavour
    files = {name: paths.BUILD / "tests" / flavour / f"{name}.elf" for name in programs(system)}
    return boot.boot(boot.Order(catalogue.SYSTEMS[system], emulators.load()[emulator], files, folder, timeout=300))


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("guests")


@pytest.mark.parametrize(
    ("system", "emulator", "program"),
    [(system, emulator, program) for system, emulator in PLACES for program in programs(system)],
)
def test_guest(folder, system, emulator, program):
    log = booted(folder, system, emulator).log
    status, killed = table(HERE / catalogue.SYSTEMS[system].flavour / "EXPECT").get(program, ["0", "-"])
    assert failed_checks(log, program) == []
    ends = [event.arguments for event in log.all("exit") if event.arguments[0] == program]
    assert ends == [(program, int(status))], f"{booted(folder, system, emulator).last_lines}"
    if killed != "-" and system != "linux":
        reasons = [text for name, text in (event.arguments for event in log.all("killed")) if name == program]
        assert len(reasons) == 1 and killed in reasons[0]


@pytest.mark.parametrize(("system", "emulator"), PLACES)
def test_kernel_outlives_all_of_them(folder, system, emulator):
    machine = booted(folder, system, emulator)
    assert not machine.log.all("panic")
    assert damaged_elsewhere(machine.log, "console-forgery") == []
    assert machine.success, f"the emulator ended with {machine.outcome}: {machine.last_lines}"
    dying = [name for name, (status, _) in table(HERE / catalogue.SYSTEMS[system].flavour / "EXPECT").items() if name in programs(system)]
    assert [event.arguments for event in machine.log.all("halt")] == [(len(dying),)]


# What must run with the smallest cache of bindings too: 64 at once, one set. Others fill it, and then die of their own missing handlers, as they should.
SMALL = ("bind-storm", "cache-conflict", "capability", "file-data", "foreign-pages", "ipc-pipe", "process-exec", "process-fork", "refill", "revocation", "stale-bindings", "thread-basics", "vm-memory")


@pytest.mark.parametrize("emulator", ["qemu", "bochs"])
def test_smallest_cache_of_bindings(folder, emulator):
    files = {name: paths.BUILD / "tests" / "exos" / f"{name}.elf" for name in SMALL}
    machine = boot.boot(boot.Order(catalogue.SYSTEMS["exos"], emulators.load()[emulator], files, folder, timeout=120, index=3, command_line="bindings=64"))
    assert [event.arguments for event in machine.log.all("exit")] == [(name, 0) for name in SMALL], machine.last_lines
    assert [failed_checks(machine.log, name) for name in SMALL] == [[] for _ in SMALL]
    assert machine.success and not machine.log.all("panic")


FUZZES = [("fuzz-short", "qemu", ""), ("fuzz-shorter", "qemu", ""), ("fuzz-shorter", "bochs", ""), ("fuzz-shorter", "qemu", "bindings=64"), ("fuzz-shorter", "qemu", "bindings=0")]


@pytest.mark.parametrize(("name", "emulator", "line"), FUZZES)
def test_fuzz(folder, name, emulator, line):
    """Random system calls, each run in a boot of its own: 200 000 in the faster emulator, 20 000 in both, and with the smallest and with no bound of the cache; `make fuzz` makes 10 million."""
    files = {name: paths.BUILD / "tests" / "fuzz" / f"{name}.elf"}
    machine = boot.boot(boot.Order(catalogue.SYSTEMS["exos"], emulators.load()[emulator], files, folder, timeout=120, index=2, label=f"{name}-{emulator}{line}", command_line=line))
    assert failed_checks(machine.log, name) == []
    assert [event.arguments for event in machine.log.all("exit")] == [(name, 0)], machine.last_lines
    assert machine.success and not machine.log.all("panic")


def damaged_elsewhere(log, program: str) -> list:
    """The damaged lines that this program did not print; its own must be ten."""
    marks = [event.line for event in log.events if event.verb in ("begin", "end") and event.arguments[0] == program]
    inside = [line for line in log.damaged if marks and marks[0] < line.line < marks[1]]
    return [line for line in log.damaged if line not in inside] if len(inside) == (10 if marks else 0) else inside


def failed_checks(log, program: str) -> list[str]:
    """The failed checks inside the program's own begin and end marks."""
    inside, failed = False, []
    for event in log.events:
        if event.verb in ("begin", "end") and event.arguments[0] == program:
            inside = event.verb == "begin"
        elif event.verb == "check" and inside and event.arguments[1] == "fail":
            failed.append(event.arguments[0])
    return failed
