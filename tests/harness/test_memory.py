"""The memory plugin against instruction streams written by hand: what it counts, and what it refuses. Its caches are tests/unit/test_cache.py's."""

import subprocess
from pathlib import Path

import pytest
from compiled import compiled

from harness.model import cost_model, memory_log

HERE = Path(__file__).resolve().parent
HARNESS = HERE.parents[1] / "harness"
USER, KERNEL = 0x400000, 0xFFFF800000100000
RDTSC, NOP, SYSCALL, SYSRET, IRETQ, CR3, MOVSB = "0f31", "90", "0f05", "480f07", "48cf", "0f22d8", "f3a4"
SMALL = "small:4/1/0:64/1/16:64/1/16:0/1/16"
TAGGED = "tagged:4/1/1:64/1/16:64/1/16:128/1/16"


@pytest.fixture(scope="module")
def program() -> Path:
    sources = [HERE / "fake_qemu.c", *sorted((HARNESS / "model/memory").glob("*.c")), HARNESS / "crosscheck/probe/insn.c"]
    return compiled("memory", ["gcc", "-O1", "-g", "-Wall", "-Wextra", "-fsanitize=address,undefined", "-static-libasan", "-static-libubsan"], sources)


def run(program: Path, arguments: list[str], stream: str = "") -> subprocess.CompletedProcess:
    return subprocess.run([program, *arguments], input=stream, capture_output=True, text=True, timeout=10, env={"ASAN_OPTIONS": "detect_leaks=0"})


@pytest.fixture
def between(program, tmp_path):
    """The counts of one region that executes the given instructions, one after the other in memory unless an address stands in front."""

    def counts(*instructions) -> dict[str, int]:
        lines, va = [f"{USER:x} {RDTSC}"], USER + 2
        for instruction in instructions:
            if isinstance(instruction, int):
                va = instruction
                continue
            code, _, touches = instruction.partition(" ")
            lines.append(f"{va:x} {code} {touches}")
            va += len(code) // 2
        out = tmp_path / "out"
        done = run(program, [f"out={out}", f"machine={SMALL}", f"machine={TAGGED}"], "\n".join([*lines, f"{USER + 0x800:x} {RDTSC}", ""]))
        assert done.returncode == 0, done.stderr
        ((region, found),) = memory_log.read(out.read_text())
        assert region == (USER, USER + 0x800)
        return found

    return counts


def test_instructions_loads_and_stores(between):
    found = between(NOP, "8b07 l", "8907 s", "ff07 m")
    assert (found["insns"], found["loads"], found["stores"]) == (5, 2, 2)


def test_ways_into_the_kernel_and_back(between):
    found = between(SYSCALL, KERNEL, NOP, SYSRET, USER + 0x40, "8b07", KERNEL + 0x100, NOP, IRETQ, USER + 0x50, NOP)
    assert (found["entries"], found["sysrets"], found["exceptions"], found["irets"]) == (1, 1, 1, 1)


def test_a_rep_is_one_however_many_its_passes(between):
    place = USER + 0x100
    assert between(place, f"{MOVSB} m", place, f"{MOVSB} m", place, MOVSB, USER + 0x110, NOP)["rep"] == 1


def test_a_line_misses_when_it_is_new_and_when_it_had_fallen_out(between):
    found = between(*[item for _ in range(2) for item in (USER + 0x100, NOP, USER + 0x110, NOP, USER + 0x140, NOP)])
    # The first rdtsc's line is new too. Lines 0x10 and 0x14 share one of the four sets and drive each other out; 0x11 stays.
    assert found["small.l1i"] == 1 + 3 + 2
    assert found["small.l2"] == found["small.l1i"]  # there is none: all go to memory
    assert found["tagged.l2"] == 1 + 3  # it has eight sets: 0x10 and 0x14 have one each
    assert found["small.tlb"] == 1


def test_another_address_space_costs_an_untagged_tlb_its_user_half(between):
    found = between(SYSCALL, KERNEL + 0x1000, CR3, SYSRET, USER + 0x10, NOP)
    assert (found["cr3"], found["small.tlb"], found["tagged.tlb"]) == (1, 3, 2)  # user, kernel, and user again


@pytest.mark.parametrize(
    "arguments, word",
    [
        ([], "give out=FILE"),
        (["out=x"], "at least one machine="),
        (["out=x", "colour=red"], "not an option"),
        *((["out=x", f"machine={text}"], "not an option") for text in ("", "a", "a:1/1/1", "a:64/3/1:64/1/16:64/1/16:0/1/16", "a:4/1/0:64/1/15:64/1/16:0/1/16", "a:4/1/0:64/1/8:64/1/16:0/1/16", f"{SMALL}x")),
        (["out=x", *([f"machine={SMALL}"] * 5)], "not an option"),
        (["out=/nowhere/x", f"machine={SMALL}"], "No such file"),
    ],
)
def test_bad_options_are_refused_in_one_line(program, arguments, word):
    refused = run(program, arguments)
    assert refused.returncode == 2 and word in refused.stderr and refused.stderr.count("\n") == 1


def test_the_machines_of_the_model_are_taken(program, tmp_path):
    assert run(program, [f"out={tmp_path / 'x'}", *(one.option for one in cost_model.machines())]).returncode == 0


@pytest.mark.parametrize("text", ["", "end 0\n", "columns insns\n", "columns insns\nend 1\n", "columns insns\ninterval 0x1 0x2 1 2\nend 1\n", "columns insns\nnonsense\nend 1\n"])
def test_a_damaged_output_is_refused(text):
    with pytest.raises(ValueError, match="memory plugin"):
        memory_log.read(text)
