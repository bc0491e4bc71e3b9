"""Whoever waits sees what runs, for how long, and how long it may take; and where the time went."""

import io
import re
from dataclasses import replace

import pytest
import rich.console
from handmade import EXCEPTION, NULL, START, STOP, lines

from harness.booting import follow
from harness.watching import live as progress_live, progress
from harness.watching.clock import Clock, covered
from harness.watching.estimate import Estimate, Estimates


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
    """A live view on a terminal of 80 columns and 24 lines, and what it shows: its lines, blanks pressed together."""
    view = progress_live.Live()
    view.console = rich.console.Console(width=80, height=24, record=True, file=io.StringIO())

    def show():
        view.console.export_text()  # of before
        view.console.print(view.table())
        return [" ".join(line.split()) for line in view.console.export_text().splitlines()]

    return view, show


def boot(name: str, seconds: float | None, *parts: tuple[str, int, float | None]) -> progress.Boot:
    def estimate(value):
        return Estimate(value or 0.5, value is not None)

    return progress.Boot(name, estimate(seconds), tuple(progress.Part(part, n, estimate(value)) for part, n, value in parts))


def runs(one: progress.Boot, *heard: str) -> progress.Boot:
    """The same boot, running, after its machine said so much."""
    follower = follow.Follower()
    for text in heard:
        verb, *arguments = text.split()
        follower.hear(verb, tuple(arguments))
    return replace(one, follower=follower)


def test_each_boot_and_each_experiment_of_one_that_runs_has_a_line(live):
    view, show = live
    many = boot("exos-qemu-1", 2, ("null", 3, 0.1), ("exception", 13, None), ("vm", 20, 1.5))
    view.plan([boot("exos-bochs-1", 30, ("null", 3, 1), ("vm", 20, 9)), many, boot("exos-probe-1", None, ("null", 3, None))], 2)
    view.begin(runs(many, "begin null", "samples call", "samples syscall", "samples stack", "exit null 0", "begin exception", "operation prot", "samples prot", "operation ud2"))
    found = [re.sub(r"\b0\.\d\b(?= of| s$)", "0", line) for line in show()]
    assert found == [
        "exos-qemu-1 runs 0 of ~ 2.0 s 1 of 3 experiments done",
        "null done 0 s",
        "exception runs 0 of ~ ? s ud2, 1 of 13",
        "vm waits ~ 1.5 s 20 operations",
        "exos-bochs-1 waits ~ 30.0 s 2 experiments",
        "exos-probe-1 waits ~ ? s null",
        "0 of 3 boots done about 30 s or more left",
    ]
    view.end("exos-qemu-1", "ok")
    assert not any("exos-qemu-1" in line for line in show()) and show()[-1].startswith("1 of 3 boots done")


def test_a_boot_of_one_experiment_is_one_line(live):
    view, show = live
    view.begin(runs(boot("exos-probe-1", 1, ("null", 3, 1)), "begin null", "operation call"))
    assert [line.partition(" s ")[2] for line in show()[:-1]] == ["null/call, 0 of 3 done"]


def test_what_has_not_begun_is_left_however_late_it_is():
    late = boot("exos-qemu-1", 9, ("null", 3, 2), ("vm", 3, 3), ("ipc", 1, 4))
    assert late.left == 9
    found = runs(late, "begin null", "exit null 0", "begin vm")
    assert 8 < found.left <= 9
    found.follower.began -= 100
    assert found.left == 4


@pytest.mark.parametrize("width", [60, 50])
def test_on_a_narrow_terminal_the_states_are_whole(live, width):
    view, show = live
    view.console = rich.console.Console(width=width, height=24, record=True, file=io.StringIO())
    many = boot("ultrix-compat-bochs-1", 2, ("null", 3, 0.1), ("exception", 13, None))
    view.plan([many, boot("ultrix-compat-probe-14", 1, ("process", 6, 1.7))], 2)
    view.begin(runs(many, "begin null", "exit null 0", "begin exception"))
    text = " ".join(show())
    assert all(word in text for word in (" runs ", " waits ", " done "))
    assert not re.search(r"\b(ru|wa|do|run|wait|don)…", text)


def test_nothing_has_begun(live):
    view, show = live
    view.begin(runs(boot("exos-qemu-1", 1, ("null", 3, 1), ("vm", 3, 1))))
    assert show()[0].endswith("booting") and [line.split()[1] for line in show()[1:3]] == ["waits", "waits"]


LONG = [(f"e{n}", 9, 1.0) for n in range(20)]


@pytest.mark.parametrize("nrunning, nwaiting", [(1, 0), (1, 40), (2, 40), (2, 1), (16, 3), (0, 40)])
@pytest.mark.parametrize("ndone", [0, 7, 20])
def test_what_runs_is_seen_however_little_room_there_is(nrunning, nwaiting, ndone):
    said = [text for n in range(ndone) for text in (f"begin e{n}", f"exit e{n} 0")] + ([f"begin e{ndone}"] if ndone < 20 else [])
    boots = [boot(f"w{n}", 1, *LONG) for n in range(nwaiting)] + [runs(boot(f"r{n}", 1, *LONG), *said) for n in range(nrunning)]
    for room in range(2, 60):
        found = progress_live.rows(boots, room)
        assert len(found) <= room
        if room > nrunning:
            assert [row[0] for row in found if row[0].startswith("r")] == [f"r{n}" for n in range(nrunning)]
        if room > 3 * nrunning and ndone < 20:
            assert sum(row[0].strip() == f"e{ndone}" and row[1] == "runs" for row in found) == nrunning
        counted = [int(row[0].split()[1]) for row in found if row[0].startswith("and") and row[1] == "waits"]
        assert sum(row[0].startswith("w") for row in found) + sum(counted) == nwaiting


@pytest.mark.parametrize("width, height", [(100, 30), (80, 24), (40, 10), (20, 4)])
def test_the_frame_is_no_higher_than_the_terminal(live, width, height):
    view, show = live
    view.console = rich.console.Console(width=width, height=height, record=True, file=io.StringIO())
    running = [runs(boot(f"ultrix-compat-probe-{n}", 1, *LONG), "begin e3", "operation one-with-a-very-long-name-that-says-it-all") for n in range(2)]
    view.boots = {one.name: one for one in [*running, *(boot(f"linux-tuned-probe-{n}", 1, *LONG) for n in range(40))]}
    assert len(show()) < height


def test_anywhere_else_a_line_a_boot(capsys):
    view = progress.Lines()
    view.plan([boot(name, 10, ("null", 3, 1)) for name in ("a-b-1", "a-c-1")], 1)
    view.begin(runs(boot("a-b-1", 10)))
    view.end("a-b-1", "ok (3.0 s)")
    view.end("a-c-1", "ok (3.0 s)")
    assert capsys.readouterr().out.splitlines() == ["2 boots, 1 at a time: about 20 s", "a-b-1: ok (3.0 s)  [1 of 2, about 10 s left]", "a-c-1: ok (3.0 s)"]


def test_what_is_covered_is_counted_once():
    assert covered([]) == 0
    assert covered([(0, 2), (1, 3), (5, 6), (1, 2)]) == 4


def test_all_boots_count_for_how_many_places_were_taken(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    found = Clock()
    for name, seconds in (("boots", 10), ("anatomy", 5), ("report", 1)):
        now[0] += seconds
        found.lap(name)
    said = found.text([(0, 10), (0, 5), (10, 15), (10, 15)], 2)
    assert said.startswith("wall time 16.0 s (boots 10.0, anatomy 5.0, report 1.0), 25.0 s of emulators: 6% of the time") and "83% of the 2 places" in said


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"boots": 3}', '{"boots": [3]}', '{"boots": [{"name": "a-b-1", "status": "1", "wall_seconds": "x", "sha256": {}}]}'])
def test_a_damaged_run_teaches_nothing(tmp_path, text):
    (tmp_path / "20200101-000000").mkdir()
    (tmp_path / "20200101-000000/manifest.json").write_text(text)
    assert Estimates(tmp_path).boots == {}
