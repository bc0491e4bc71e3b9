"""Each way a boot can go has its own verdict, and a number only comes from a complete frame."""

import pytest
from handmade import EXCEPTION, GOOD, NULL, START, STOP, booted, lines

from harness.reading import verdicts


def settle(experiments, data, **how):
    records, again = verdicts.settle(booted(data, **how), experiments)
    return {f"{one.experiment}/{one.operation}": one for one in records}, [one.name for one in again]


def verdict_of(cells):
    return {name: one.verdict for name, one in cells.items()}


ALL = ("null/call", "null/syscall", "exception/prot", "exception/ud2")
GOOD_VERDICTS = dict(zip(ALL, ("ok", "ok", "ok", "unsupported")))


def test_good_log(experiments):
    cells, again = settle(experiments, GOOD)
    assert verdict_of(cells) == GOOD_VERDICTS
    assert again == []
    assert cells["null/syscall"].measurement.values() == [6] * 9 + [8]
    assert cells["exception/ud2"].reason == "not on this machine"


def test_truncated_in_a_line_is_no_number(experiments):
    cut = lines(*START, *NULL[:4])[:-9]
    cells, again = settle(experiments, cut, status=0)
    assert verdict_of(cells) == {"null/call": "fail", "null/syscall": "fail"}
    assert "stops in the middle of the line" in cells["null/call"].reason
    assert again == ["exception"]


def test_hang_keeps_what_was_complete(experiments):
    cells, again = settle(experiments, lines(*START, *NULL, *EXCEPTION[:2]), status=None, cut="silence")
    assert verdict_of(cells) == dict(zip(ALL, ("ok", "ok", "timeout", "timeout")))
    assert cells["exception/prot"].reason.startswith("in prot: silent for 60 s; its last line: @exolab operation prot")
    assert again == []


def test_a_guest_that_prints_for_ever_is_a_timeout_and_no_silence(experiments):
    cells, again = settle(experiments, lines(*START, *NULL[:4]) + b"and so on\n" * 9, status=None, cut="timeout")
    assert verdict_of(cells) == {"null/call": "ok", "null/syscall": "timeout"}
    assert cells["null/syscall"].reason.startswith("after call: no end within 600 s; its last line: and so on")
    assert again == ["exception"]


def test_hang_in_the_first_boots_the_second_again(experiments):
    cells, again = settle(experiments, lines(*START, *NULL[:4]), status=None, cut="silence")
    assert verdict_of(cells) == {"null/call": "ok", "null/syscall": "timeout"}  # what was finished is kept
    assert again == ["exception"]


def test_panic_names_its_frames(experiments):
    data = lines(*START, *NULL[:2], "panic page fault in the kernel", "frame 0xff10", "frame 0xff20")
    cells, again = settle(experiments, data, status=3)
    assert verdict_of(cells) == {"null/call": "panic", "null/syscall": "panic"}
    assert cells["null/call"].reason == "in call: page fault in the kernel; at 0xff10 < 0xff20"
    assert again == ["exception"]


def test_garbled_samples_are_a_failure(experiments):
    cells, _ = settle(experiments, GOOD.replace(b"instructions 2 4x10", b"instructions 2 5x10"))
    assert verdict_of(cells) == GOOD_VERDICTS | {"null/call": "fail"}
    assert cells["null/call"].reason == "no samples line; line 6 of the log is damaged: wrong checksum"


def test_garbled_end_is_a_failure(experiments):
    cells, _ = settle(experiments, GOOD.replace(b"end null ok", b"end null OK"))
    assert cells["null/call"].verdict == cells["null/syscall"].verdict == "fail"
    assert cells["exception/prot"].verdict == "ok"


def test_triple_fault_after_everything_spoils_everything(experiments):
    cells, again = settle(experiments, lines(*START, *NULL, *EXCEPTION), status=0)
    assert set(verdict_of(cells).values()) == {"fail"}
    assert "without halting in order" in cells["null/call"].reason
    assert again == []


def test_halt_with_the_wrong_status_is_a_failure(experiments):
    cells, _ = settle(experiments, GOOD, status=0)
    assert set(verdict_of(cells).values()) == {"fail"}


@pytest.mark.parametrize(
    "start, reason",
    [
        (("boot 1 linux", "tick 2 102 2002"), "expected the boot line `1 exos`, found 1 linux"),
        (("boot 2 exos", "tick 2 102 2002"), "expected the boot line `1 exos`, found 2 exos"),
        (("tick 2 102 2002",), "expected the boot line `1 exos`, found none"),
        (("boot 1 exos",), "the system printed no tick self-check"),
        (("boot 1 exos", "tick 2 97 2002"), "the tick self-check gave 2 97 2002, good is 2 102 2002"),
    ],
)
def test_a_system_that_is_not_fit_gives_no_number(experiments, start, reason):
    cells, again = settle(experiments, lines(*start, *NULL, *EXCEPTION, *STOP))
    assert verdict_of(cells) == dict.fromkeys(ALL, "fail")
    assert cells["null/call"].reason.startswith(reason)
    assert again == []


def test_a_system_that_never_starts_is_not_booted_again(experiments):
    cells, again = settle(experiments, b"SeaBIOS", status=None, cut="silence")
    assert verdict_of(cells) == dict.fromkeys(ALL, "timeout")
    assert again == []


def test_interrupted_keeps_what_was_complete(experiments):
    cells, again = settle(experiments, lines(*START, *NULL), status=None, cut="interrupted")
    assert verdict_of(cells) == dict(zip(ALL, ("ok", "ok", "missing", "missing")))
    assert cells["exception/prot"].reason == "interrupted"
    assert again == []


def test_killed_program_is_a_failure_and_the_next_one_goes_on(experiments):
    data = lines(*START, *NULL[:4], "killed null page fault at 0x10", "exit null 139", *EXCEPTION, "halt 1")
    cells, _ = settle(experiments, data)
    assert verdict_of(cells) == dict(zip(ALL, ("ok", "fail", "ok", "unsupported")))
    assert cells["null/syscall"].reason == "the system killed the program: page fault at 0x10"


def test_killed_program_before_a_hang_is_not_booted_again(experiments):
    data = lines(*START, "killed null page fault at 0x10", "exit null 139", "begin exception")
    cells, again = settle(experiments, data, status=None, cut="timeout")
    assert verdict_of(cells) == dict(zip(ALL, ("fail", "fail", "timeout", "timeout")))
    assert again == []


FRAME = {
    "missing samples": ([1, 2, 4, 5, 6], "missing", "no samples line"),
    "missing region": ([1, 3, 4, 5, 6], "missing", "no region line"),
    "samples twice": ([1, 2, 3, 3, 4, 5, 6], "fail", "it was reported twice"),
    "two regions": ([1, 2, 2, 3, 4, 5, 6], "fail", "it was reported twice"),
}


@pytest.mark.parametrize("name", FRAME)
def test_a_frame_must_have_each_line_once(experiments, name):
    kept, verdict, reason = FRAME[name]
    frame = [NULL[0], *(NULL[i] for i in kept), *NULL[7:]]
    cells, _ = settle(experiments, lines(*START, *frame, *EXCEPTION, *STOP))
    assert (cells["null/call"].verdict, cells["null/call"].reason) == (verdict, reason)
    assert cells["null/syscall"].verdict == "ok"


def edited(old, new):
    return lines(*(text.replace(old, new) for text in (*START, *NULL, *EXCEPTION, *STOP)))


@pytest.mark.parametrize(
    "data, reason",
    [
        (edited("end null ok", "end null fail"), "the workload ended with fail and did not say which operation"),
        (edited("exit null 0", "exit null 1"), "it ended with ok, but its program's exit status is 1"),
        (edited("begin null", "begin exception"), "its program printed no begin line"),
        (edited("samples call instructions 2 4x10", "samples call instructions 5 4x10"), "a sample of 4 is below the overhead of 5"),
        (edited("operation call", "fail call the handler did not run"), "the handler did not run"),
        (edited("operation syscall", "begin null"), "its begin line came twice"),
    ],
)
def test_contradictions_are_failures(experiments, data, reason):
    cells, _ = settle(experiments, data)
    assert cells["null/call"].verdict in ("fail", "missing")
    assert cells["null/call"].reason == reason


# What a program may print that only the system, or another program, has a right to say.
FORGERIES = {
    "a second boot line": ((*START, *NULL[:3], "boot 1 exos", *NULL[3:], *EXCEPTION, *STOP), ALL, "the boot line came twice"),
    "a second tick line": ((*START, "tick 2 102 2002", *NULL, *EXCEPTION, *STOP), ALL, "the tick line came twice"),
    "a halt in the middle": ((*START, *NULL, *STOP, *EXCEPTION, *STOP), ALL, "stands behind the halt line"),
    "lines after the end": ((*START, *NULL, *EXCEPTION, *STOP, "exit null 0"), ALL, "stands behind the halt line"),
    "another's frame beside its own": ((*START, *NULL[:-1], *EXCEPTION[:-1], NULL[-1], EXCEPTION[-1], *STOP), ALL[2:], "printed while null ran"),
    "another's frame, which then prints its own": ((*START, *NULL[:-1], *EXCEPTION[:-1], NULL[-1], *EXCEPTION, *STOP), ALL[2:], "its begin line came twice"),
    "another's frame inside its own": ((*START, *NULL[:4], *EXCEPTION[:-1], *NULL[4:], EXCEPTION[-1], *STOP), ALL, "inside its frame, that of exception begins"),
    "its own exit": ((*START, *NULL, NULL[-1], *EXCEPTION, *STOP), ALL[:2], "its program's exit line came twice"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_line_is_noticed(experiments, forgery):
    printed, spoilt, reason = FORGERIES[forgery]
    cells, _ = settle(experiments, lines(*printed))
    verdicts_of_spoilt = {cells[name].verdict for name in spoilt}
    assert verdicts_of_spoilt == {"fail"}
    assert any(reason in cells[name].reason for name in spoilt), cells
    assert {name for name, one in cells.items() if one.verdict == "fail"} == set(spoilt)
