"""Whatever bytes stand where the probe's or the debugger's output should be: what is read is right, or it is refused; nothing else happens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_trace import BOCHS

from harness.crosscheck import probe_log
from harness.tracing import trace_bochs

GOOD = """\
columns insns R F D unknown user loads
interval 0x400010 0x400020 3 0 1 0 0 2 1
insn 0 0x400010 0f31
insn 1 0xffffffff80000000 90
trace 0x400010 0x400020 11 12 0 1! 1
trace 0x400030 0x400040 0 0
end 1
"""


def test_what_was_recorded_is_read():
    assert probe_log.read_executions(GOOD) == {
        (0x400010, 0x400020): [
            probe_log.Execution(
                11, 12, (probe_log.Insn(0x400010, b"\x0f\x31"), probe_log.Insn(0xFFFFFFFF80000000, b"\x90"), probe_log.Insn(0xFFFFFFFF80000000, b"\x90")), frozenset({1})
            )
        ]
    }
    assert probe_log.read_intervals(GOOD) == (probe_log.Interval((0x400010, 0x400020), 3, 0, 1, 0, 0, {"user": 2, "loads": 1}),)


@pytest.mark.parametrize(
    "old, new",
    [("end 1", "end 2"), ("insn 1", "insn 2"), ("0f31", "0f3"), ("trace 0x400010", "trace 400010"), (" 1!", " !"), ("end 1\n", ""), ("insn 0", "insns 0")],
    ids=["count", "lost", "bytes", "address", "index", "end", "word"],
)
def test_a_garbled_recording_is_refused(old, new):
    with pytest.raises(ValueError):
        probe_log.read_executions(GOOD.replace(old, new))


def test_other_columns_are_refused():
    with pytest.raises(ValueError, match="other columns"):
        probe_log.read_intervals(GOOD.replace("insns R", "R insns"))


@st.composite
def mutated(draw, text):
    """Some characters replaced, a part left out, a line twice."""
    lines = text.splitlines(keepends=True)
    if draw(st.booleans()):
        lines.insert(draw(st.integers(0, len(lines))), draw(st.sampled_from(lines)))
    letters = list("".join(lines))
    for at in draw(st.lists(st.integers(0, len(letters) - 1), max_size=4)):
        letters[at] = draw(st.sampled_from([*"0123456789abcdefx !\n", "\0", "é", ""]))
    begin, end = sorted(draw(st.tuples(st.integers(0, len(letters)), st.integers(0, len(letters)))))
    return "".join(letters if draw(st.booleans()) else letters[:begin] + letters[end:])


@settings(deadline=None, max_examples=300)
@given(st.one_of(mutated(GOOD), st.text(max_size=200)))
def test_any_probe_output_is_read_or_refused(text):
    for read in (probe_log.read_intervals, probe_log.read_executions):
        try:
            read(text)
        except ValueError:
            pass


@settings(deadline=None, max_examples=300)
@given(st.one_of(mutated(BOCHS), st.text(max_size=200)))
def test_any_debugger_output_gives_whole_parts_only(text):
    for insns, end in trace_bochs.parts(text):
        assert isinstance(end, int) and all(len(one) == 4 for one in insns)
