"""Whoever waits sees what runs, for how long, and how long it may take; and where the time went."""

import io

import pytest
import rich.console
from handmade import EXCEPTION, NULL, START, STOP, lines

from harness import follow, progress
from harness.clock import covered
from harness.estimate import Estimate, Estimates


def test_a_follower_knows_what_the_machine_does(tmp_path):
    serial, found = tmp_path / "x.serial", follow.Follower()
    data = lines(*START, *NULL, *EXCEPTION[:2]) + b"@exolab broken #0000\nfree text\n" + lines(*EXCEPTION[2:], *STOP)
    found.look(serial)
    assert found.doing == "booting"
    states = []
    for at in range(0, len(data) + 1, 7):  # in pieces that end anywhere
        serial.write_bytes(data[:at])
        found.look(serial)
        states.append(found.doing)
    serial.write_bytes(data)
    found.look(serial)
    assert [*dict.fromkeys(states)] == ["booting", "null", "null/call", "null/syscall", "exception", "exception/prot", "exception/ud2"]
    assert found.ndone == 4 and [*found.seconds] == ["null", "exception"]


def test_what_was_read_is_not_read_again(tmp_path):
    serial, found = tmp_path / "x.serial", follow.Follower()
    serial.write_bytes(b"." * 200_000)  # a guest that prints for ever, and never a whole line
    found.look(serial)
    assert found.offset == 200_000 and len(found.rest) < 100_000
    serial.write_bytes(b"." * 200_000 + b"\n" + lines(*START, "begin null"))
    found.look(serial)
    assert found.doing == "null"


@pytest.fixture
def live():
    """A live view on a terminal of 100 columns and 8 lines, and what it shows as text."""
    view = progress.Live()
    view.console = rich.console.Console(width=100, height=8, record=True, file=io.StringIO())

    def show():
        view.console.print(view.table())
        return view.console.export_text()

    return view, show


def test_each_boot_has_a_line_and_those_that_run_stand_first(live):
    view, show = live
    view.plan([progress.Boot(name, Estimate(seconds, known), 4) for name, seconds, known in (("exos-bochs-1", 30, True), ("exos-qemu-1", 2, False))], 2)
    follower = follow.Follower()
    view.begin("exos-qemu-1", follower)
    follower.hear("begin", ("null",))
    follower.hear("operation", ("call",))
    follower.hear("samples", ("call", "instructions", 2, (1,)))
    rows = [" ".join(line.split()) for line in show().splitlines()]
    assert rows[-3].startswith("exos-qemu-1 runs 0.") and rows[-3].endswith("of ~ ? s null/call (1 of 4)")
    assert rows[-2].startswith("exos-bochs-1 waits ~ 30.0 s")
    assert rows[-1] == "0 of 2 done about 30 s or more left"
    view.end("exos-qemu-1", "ok")
    assert "exos-qemu-1 runs" not in show()


def test_more_boots_than_the_terminal_has_lines(live):
    view, show = live
    view.plan([progress.Boot(f"exos-probe-{n}", Estimate(1, True), 1) for n in range(40)], 2)
    show()  # with the note of plan()
    lines = show().splitlines()
    assert len(lines) <= 8 and lines[-1].startswith("0 of 40")


def test_anywhere_else_a_line_a_boot(capsys):
    view = progress.Lines()
    view.plan([progress.Boot(name, Estimate(10, True), 1) for name in ("a-b-1", "a-c-1")], 1)
    view.begin("a-b-1", follow.Follower())
    view.end("a-b-1", "ok (3.0 s)")
    view.end("a-c-1", "ok (3.0 s)")
    assert capsys.readouterr().out.splitlines() == ["2 boots, 1 at a time: about 20 s", "a-b-1: ok (3.0 s)  [1 of 2, about 10 s left]", "a-c-1: ok (3.0 s)"]


def test_what_is_covered_is_counted_once():
    assert covered([]) == 0
    assert covered([(0, 2), (1, 3), (5, 6), (1, 2)]) == 4


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"boots": 3}', '{"boots": [3]}', '{"boots": [{"name": "a-b-1", "status": "1", "wall_seconds": "x", "sha256": {}}]}'])
def test_a_damaged_run_teaches_nothing(tmp_path, text):
    (tmp_path / "20200101-000000").mkdir()
    (tmp_path / "20200101-000000/manifest.json").write_text(text)
    assert Estimates(tmp_path).boots == {}
