"""What is said of a list of instructions: sums, call stacks, the comparison of two emulators, the drawing."""

import re
import subprocess
import xml.etree.ElementTree as xml

import pytest

from harness.addresses.symbols import Symbols
from harness.tracing import flame, trace, trace_bochs, trace_text
from harness.tracing.trace import Named, Step, Trace

KERNEL = 0xFFFFFFFF80000000
NOP, MOVSB = b"\x90", b"\xf3\xa4"


def steps(*addresses, code=NOP):
    return tuple(Step(address, code, 3 if address < 1 << 47 else 0, 1) for address in addresses)


def made(*all_steps, raw=None, emulator="qemu", ordinal=7):
    return Trace("e", "o", "exos", emulator, (1, 2), len(all_steps) if raw is None else raw, 1, 1, ordinal, steps=tuple(all_steps))


def named(path: str) -> list[Named]:
    """`u:main nop, k:entry syscall`: ring, function and text of each instruction."""
    words = [re.fullmatch(r"([uk]):(\S+) (.*)", part).groups() for part in path.split(", ")]
    return [Named(Step(0, NOP, 3 if ring == "u" else 0, 1), "image", function, "", text) for ring, function, text in words]


def tree(frame: trace.Frame) -> dict:
    return {key[2]: (child.own, tree(child)) for key, child in frame.children.items()}


def test_a_trace_that_does_not_add_up_says_so():
    assert made(*steps(1, 2)).trouble() == ""
    assert made(*steps(1, 2), raw=3).trouble() == "the trace has 2 instructions, the guest's clock counted 3"
    assert "DOES NOT ADD UP" in trace_text.headline(made(*steps(1, 2), raw=3))


def test_what_faulted_counts_nothing():
    assert made(Step(1, NOP, 3, 0), *steps(2), raw=1).trouble() == ""


def test_functions_are_summed_in_the_order_of_their_first_instruction():
    assert list(trace.folded(named("u:b nop, u:a nop, u:b nop")).values()) == [2, 1]


def test_calls_are_followed_and_returned_from():
    path = "u:main call, u:f nop, u:f call, u:g ret, u:f ret, u:main nop, u:main call, u:g ret, u:main nop"
    assert tree(trace.stacks(named(path))) == {"main": (4, {"f": (3, {"g": (1, {})}), "g": (1, {})})}


def test_recursion_is_as_deep_as_it_is():
    assert tree(trace.stacks(named("u:f call, u:f call, u:f ret, u:f ret, u:f nop"))) == {"f": (2, {"f": (2, {"f": (1, {})})})}


def test_a_jump_takes_the_place_of_the_one_that_jumped():
    assert tree(trace.stacks(named("u:main call, u:f jmp, u:g ret, u:main nop"))) == {"main": (2, {"f": (1, {}), "g": (1, {})})}


def test_a_kernel_entry_stands_on_what_it_interrupts_and_is_gone_afterwards():
    path = "u:main syscall, k:entry call, k:work ret, k:entry sysret, u:main nop"
    assert tree(trace.stacks(named(path))) == {"main": (2, {"entry": (2, {"work": (1, {})})})}


def test_a_handler_that_the_kernel_starts_stands_on_the_one_interrupted():
    path = "u:main mov, k:vector jmp, k:dispatch sysret, u:handler jmp, u:main nop"
    assert tree(trace.stacks(named(path))) == {"main": (2, {"vector": (1, {}), "dispatch": (1, {}), "handler": (1, {})})}


def test_equal_traces_do_not_differ_and_unequal_ones_at_their_first_line():
    one, other = made(*steps(1, 2, 3)), made(*steps(1, 2, 3), emulator="bochs")
    assert trace.difference(one, other) == ""
    assert "same instructions" in trace_text.comparison(one, other)
    parted = made(*steps(1, 9, 3), emulator="bochs")
    assert trace.difference(one, parted) == "line 2: qemu ran 0x2 (90), bochs 0x9 (90)"
    assert "DIFFER beyond the law" in trace_text.comparison(one, parted)
    assert trace.difference(one, made(*steps(1, 2), emulator="bochs")) == "line 3: qemu ran 0x3 (90), bochs nothing more"


def test_the_passes_of_a_rep_may_differ_but_not_those_of_a_loop():
    rep = [made(*steps(*[1] * n, code=MOVSB)) for n in (4, 3)]
    loop = [made(*steps(*[1] * n)) for n in (4, 3)]
    assert trace.difference(*rep) == "" and trace.difference(*loop) != ""


def test_qemu_may_report_only_the_first_bytes_of_what_raises_an_exception():
    assert trace.difference(made(*steps(1, code=b"\xd9")), made(*steps(1, code=b"\xd9\xd0"))) == ""


def test_two_different_executions_are_not_compared():
    assert "not compared" in trace_text.comparison(made(*steps(1)), made(*steps(2), emulator="bochs", ordinal=8))


def test_the_printed_sums_are_those_of_the_record():
    text = trace_text.sums(named("u:main nop, k:entry nop, u:main nop"), made(*steps(1, 2, 3)))
    assert [line.split()[0] for line in text.splitlines()[1:]] == ["2", "1", "-1", "2"]


@pytest.fixture(scope="module")
def namer(tmp_path_factory):
    """Names by a program of two functions and a measured region in assembly."""
    folder = tmp_path_factory.mktemp("namer")
    region = "region_run:\\n\\tnop\\nregion_begin:\\n\\trdtsc\\nregion_resume:\\n\\tret\\n"
    (folder / "p.c").write_text(f'asm(".text\\n{region}");\nint f(int x)\n{{\n    return x * 3;\n}}\nint _start(void)\n{{\n    return f(2);\n}}\n')
    subprocess.run(["gcc", "-g", "-O0", "-nostdlib", "-static", "-no-pie", "-fcf-protection=none", "-o", "p.elf", "p.c"], cwd=folder, check=True)
    program = Symbols(folder / "p.elf")
    return trace.Namer(("kernel", Symbols(None)), ("program", program), own=True), program


def at(namer, label, size, offset=0):
    one, program = namer
    address = program.addresses[label] + offset
    return one.named((Step(address, program.code_at(address, size), 3, 1),))[0]


def test_an_instruction_has_function_source_and_text(namer):
    found = at(namer, "f", 1)
    assert (found.image, found.function, found.source) == ("program", "f", "p.c:3")
    assert found.text in ("push rbp", ".byte 55")


def test_a_region_is_one_place(namer):
    assert {at(namer, f"region{mark}", 1).function for mark in ("_run", "_begin", "_resume")} == {"region"}


def test_code_that_the_file_does_not_have_gets_no_name(namer):
    one, program = namer
    other = one.named((Step(program.addresses["f"], b"\xcc", 3, 1), Step(KERNEL, b"\x90", 0, 1)))
    assert [found.image for found in other] == ["?", "?"]


def test_without_a_disassembler_instructions_are_bytes(namer, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "capstone", None)
    assert trace.disassembler()(0, b"\x90\xcc") == ".byte 90 cc"


def test_the_drawing_is_one_svg_as_wide_as_its_instructions():
    root = trace.stacks(named("u:main syscall, k:<entry> nop, k:<entry> sysret, u:main nop"))
    drawn = xml.fromstring(flame.svg([flame.Panel("a & b", root), flame.Panel("nothing", trace.Frame((3, "", "")))]))
    boxes = [float(one.get("width")) for one in drawn.iter("{http://www.w3.org/2000/svg}rect")]
    assert boxes == [980.0, 490.0]
    tips = [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert tips == ["main (image, ring 3): 4 of 4 instructions, 2 of its own", "<entry> (image, ring 0): 2 of 4 instructions"]


BOCHS = """\
Next at t=100
(0) [0x00000101b06c] 0033:000000000040106c (unk. ctxt): rdtsc                     ; 0f31
Tracing enabled for CPU0
(0).[100] [0x00000101b06c] 0033:000000000040106c (unk. ctxt): rdtsc                     ; 0f31
(0).[101] [0x00000010ab3d] 0010:ffffffff8010ab3d (unk. ctxt): jmp qword ptr ds:[rax*8-2146379584] ; ff24c5c0d81080
(0) Breakpoint 2, 0x0000000000401077 in ?? ()
Next at t=103
(0) [0x00000101b077] 0033:0000000000401077 (unk. ctxt): rdtsc                     ; 0f31
Tracing disabled for CPU0
Next at t=900
"""


def test_bochs_trace_is_read_with_what_each_instruction_counts(tmp_path):
    (tmp_path / "log").write_text(BOCHS)
    ((insns, end),) = trace_bochs.traced(tmp_path / "log")
    found = trace_bochs.filled(made(emulator="bochs", raw=3), insns, end)
    assert found.steps == (Step(0x40106C, b"\x0f\x31", 3, 1), Step(0xFFFFFFFF8010AB3D, bytes.fromhex("ff24c5c0d81080"), 0, 2))
    assert found.trouble() == ""


def test_bochs_is_told_to_stop_as_often_as_the_execution_is_late():
    one, other = (Trace("e", name, "exos", "qemu", region, 1, 1, 1, n) for name, region, n in (("a", (16, 32), 2), ("b", (48, 64), 1)))
    assert trace_bochs.commands([one, other]) == (
        "lb 0x10", "c", "c", "trace on", "lb 0x20", "c", "trace off", "d 1", "d 2", "lb 0x30", "c", "trace on", "lb 0x40", "c", "trace off", "d 3", "d 4",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "nonsense\n", BOCHS[:200], "Tracing enabled for CPU0\n" * 3, "Next at t=5\nTracing disabled\n"], ids=["empty", "nonsense", "cut", "never", "off"])
def test_a_bochs_log_without_a_whole_trace_has_none(tmp_path, text):
    (tmp_path / "log").write_text(text)
    assert trace_bochs.traced(tmp_path / "log") == []
