"""The parser never raises and never reads a wrong number, whatever the bytes."""

from handmade import EXCEPTION, GOOD, NULL, START, line
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.booting import protocol

GOOD_EVENTS = {(event.verb, event.arguments) for event in protocol.parse(GOOD).events}


def events(data: bytes) -> set:
    return {(event.verb, event.arguments) for event in protocol.parse(data).events}


def test_good_log_is_read_whole():
    log = protocol.parse(GOOD)
    assert len(log.events) == len(START) + len(NULL) + len(EXCEPTION) + 1
    assert log.damaged == ()
    samples = next(event for event in log.all("samples") if event.arguments[0] == "syscall")
    assert samples.arguments == ("syscall", "instructions", 2, (8,) * 9 + (10,))


def test_checksum_is_fletcher_16():
    assert protocol.fletcher16(b"abcde") == 0xC8F0
    assert protocol.fletcher16(b"abcdefgh") == 0x0627


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_log(data):
    protocol.parse(data)
    protocol.parse(b"@exolab " + data + b"\n")
    protocol.last_lines(data)


@settings(max_examples=300)
@given(st.text(alphabet=" x,#0123456789abcdef-\x00\n\u00e9@samples tickregion", max_size=80))
def test_any_arguments_with_a_right_checksum_give_a_log(text):
    protocol.parse(line(f"samples a instructions 0 {text}"))


@settings(max_examples=300)
@given(st.integers(0, len(GOOD)))
def test_truncation_never_makes_a_new_event(at):
    assert events(GOOD[:at]) <= GOOD_EVENTS


@settings(max_examples=600)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_changed_byte_never_makes_a_new_event(at, difference):
    changed = GOOD[:at] + bytes([GOOD[at] ^ difference]) + GOOD[at + 1 :]
    assert events(changed) <= GOOD_EVENTS


@settings(max_examples=300)
@given(st.integers(8, len(line(NULL[3])) - 2), st.integers(1, 255))
def test_a_changed_samples_line_is_damaged(at, difference):
    good = line(NULL[3])
    log = protocol.parse(good[:at] + bytes([good[at] ^ difference]) + good[at + 1 :])
    assert not log.events
    assert log.damaged


def test_damaged_lines_say_why():
    cases = {
        b"@exolab halt 0\n": "no checksum",
        b"@exolab halt 0 #0000\n": "wrong checksum",
        line("halt"): "wrong arguments for halt",
        line("halt  0"): "wrong arguments for halt",
        line("dance 1"): "unknown verb dance",
        line("samples a cycles 0 1x1"): "wrong arguments for samples",
        line("samples a instructions 0 1x0"): "sample counts out of range",
        line("samples a instructions 0 " + "1x9999999,1x1"): "sample counts out of range",
        line("panic " + "x" * 4000): "longer than 4000 bytes",
        line("panic \x07"): "not printable ASCII",
        line("halt 0")[:-1]: "the log stops in the middle of the line",
    }
    for data, why in cases.items():
        assert [damaged.why for damaged in protocol.parse(data).damaged] == [why], data


def test_carriage_return_and_free_text_are_ignored():
    data = b"SeaBIOS\n  @exolab halt 7 #0000\n" + line("halt 0").replace(b"\n", b"\r\n") + b"\xff\xfe"
    log = protocol.parse(data)
    assert [event.verb for event in log.events] == ["halt"]
    assert not log.damaged


def test_last_lines_are_safe_to_print():
    assert protocol.last_lines(b"a\n\x1b[2Jb\xff\n", 2) == ["a", "?[2Jb\\xff"]
    assert protocol.last_lines(b"") == []
    assert len(protocol.last_lines(b"x\n" * 100)) == 20
