"""The kernels' command line: what it changes, and that a kernel stops at what it does not know. In QEMU as it counts, where a tick is a nanosecond of its clock."""

import pytest

from harness import catalogue, emulators, paths
from harness.booting import boot

pytestmark = pytest.mark.emulator

WRONG = [
    ("exos", "bindings=100", "command line: bindings=100: give bindings=N"),
    ("exos", "clock=wall bindings=", "command line: bindings=: give bindings=N"),
    ("exos", "clock=wallbindings=64", "command line: clock=wallbindings=64: give bindings=N"),
    ("exos", "clock=sun", "command line: clock=sun: give bindings=N"),
    ("ultrix-compat", "bindings=64", "command line: bindings=64: this kernel knows clock=wall and nothing else"),
    ("ultrix-compat", "clock=wall x", "command line: x: this kernel knows clock=wall and nothing else"),
]


def booted(folder, name: str, line: str):
    system = catalogue.SYSTEMS[name]
    files = {"null": paths.BUILD / "workloads" / system.flavour / "null.elf"}
    return boot.boot(boot.Order(system, emulators.load()["qemu"], files, folder, timeout=30, command_line=line))


@pytest.mark.parametrize(("system", "line", "says"), WRONG)
def test_a_kernel_stops_at_what_it_does_not_know(tmp_path, system, line, says):
    machine = booted(tmp_path, system, line)
    assert [event.arguments[0][: len(says)] for event in machine.log.all("panic")] == [says]
    assert not machine.log.all("begin") and not machine.log.all("halt")


@pytest.mark.parametrize(("system", "line"), [("exos", "clock=wall"), ("exos", "clock=wall bindings=64"), ("ultrix-compat", "clock=wall")])
def test_by_the_wall_clock_a_system_says_how_long_a_tick_is_and_claims_nothing(tmp_path, system, line):
    machine = booted(tmp_path, system, line)
    assert machine.success and not machine.log.all("tick")
    ((ticks, nanoseconds),) = [event.arguments for event in machine.log.all("clock")]
    assert 10_000_000 <= nanoseconds < 10_100_000 and abs(ticks - nanoseconds) < 1000
