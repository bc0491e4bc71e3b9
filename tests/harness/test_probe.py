"""The probe against instruction streams written by hand: each test is one thing that a guest may do between two rdtsc.

fake_qemu.c plays QEMU. That the probe and the real QEMU understand each other is shown by every run: the law would not hold otherwise.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from compiled import compiled

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))
PROBE = sorted((ROOT / "harness" / "crosscheck" / "probe").glob("*.c"))

from harness import catalogue, emulators, paths  # noqa: E402
from harness.booting import boot
from harness.crosscheck import probe_log
from harness.running import runner

KERNEL = 0xFFFF800000100000
VECTORS = {number: KERNEL + 0x100 * number for number in (0, 1, 3, 6, 7, 12, 13, 14)}
KERNEL_CODE = KERNEL + 0x8000
USER = 0x400000
END = USER + 0x800

RDTSC, NOP, MOV, DIV, IRETQ, UD2, SYSCALL, HLT = "0f31", "90", "8b07", "f7f1", "48cf", "0f0b", "0f05", "f4"
CALL, CALL_AT, JMP_AT = "e800000000", "41ff1424", "ff2425"
MOVSB, CMPSB, JMP, RET, INT1, INT14, FNOP, CR0 = "f3a4", "f3a6", "ffe0", "c3", "f1", "cd0e", "d9d0", "0f20c0"


@pytest.fixture(scope="module")
def program() -> Path:
    return compiled("probe", ["gcc", "-O1", "-g", "-Wall", "-Wextra", "-fsanitize=address,undefined", "-static-libasan", "-static-libubsan"], [HERE / "fake_qemu.c", *PROBE])


def options(path: Path, vectors=VECTORS) -> list[str]:
    return [f"out={path}", *(f"vector{number}={va:#x}" for number, va in vectors.items())]


def run(program: Path, arguments: list[str], stream: str = "") -> subprocess.CompletedProcess:
    settings = {"ASAN_OPTIONS": "detect_leaks=0"}  # descriptions of translated instructions live until exit by design
    boot = f"{KERNEL_CODE:x} {NOP}\n" if stream else ""  # a kernel has been running when programs begin
    return subprocess.run([program, *arguments], input=boot + stream, capture_output=True, text=True, timeout=10, env=settings)


@pytest.fixture
def seen(program, tmp_path):
    """The interval of one region that executes the given instructions, one after the other in memory unless placed; and the executions recorded of it."""

    def probe(*instructions, record: int | None = None):
        lines, va = [f"{USER:x} {RDTSC}"], USER + 2
        for instruction in instructions:
            if isinstance(instruction, int):
                va = instruction
                continue
            code, _, touches = instruction.partition(" ")
            lines.append(f"{va:x} {code} {touches}")
            va += len(code) // 2
        lines.append(f"{END:x} {RDTSC}")
        out = tmp_path / "out"
        wanted = [] if record is None else [f"region={USER:#x}:{END:#x}:{record}"]
        assert run(program, options(out) + wanted, "\n".join(lines)).returncode == 0
        (interval,) = probe_log.read_intervals(out.read_text())
        assert interval.region == (USER, END)
        return interval, probe_log.read_executions(out.read_text()).get((USER, END), [])

    return probe


@pytest.fixture
def between(seen):
    """The INSNS, R, F, D, UNKNOWN of such a region."""

    def probe(*instructions) -> tuple[int, ...]:
        interval, _ = seen(*instructions)
        return interval.instructions, interval.r, interval.f, interval.d, interval.unknown

    return probe


@pytest.fixture
def events(seen):
    """Its other numbers that are not 0."""
    return lambda *instructions: {name: n for name, n in seen(*instructions)[0].events.items() if n}


def rep(code: str, *passes: str) -> list:
    """Passes of one rep string instruction: each `m` (touches memory) or `-`."""
    place = USER + 0x100
    return [item for one in passes for item in (place, f"{code} {one}")]


def test_an_empty_region_counts_its_first_rdtsc(between):
    assert between() == (1, 0, 0, 0, 0)


def test_plain_instructions_are_counted(between):
    assert between(*[NOP] * 100) == (101, 0, 0, 0, 0)


@pytest.mark.parametrize("n, r", [(0, 0), (1, 1), (5, 1)])
def test_a_rep_that_ran_out_counts_once_if_it_did_anything(between, n, r):
    assert between(*rep(MOVSB, *["m"] * n, "-"), NOP) == (n + 3, r, 0, 0, 0)


def test_a_rep_compare_that_met_its_end_condition_is_not_one_that_ran_out(between):
    assert between(*rep(CMPSB, "m", "m"), NOP) == (4, 0, 0, 0, 0)
    assert between(*rep(CMPSB, "m", "m", "-"), NOP) == (5, 1, 0, 0, 0)


def test_a_rep_with_other_prefixes_is_one(between):
    assert between(*rep("67f348a5", "m", "-"), NOP) == (4, 1, 0, 0, 0)
    assert between(*rep("66f3ab", "m", "-"), NOP) == (4, 1, 0, 0, 0)


def test_a_jump_to_itself_is_no_rep(between):
    assert between(USER + 0x100, "ebfe", USER + 0x100, "ebfe", USER + 0x200, NOP) == (4, 0, 0, 0, 0)


def test_an_interrupted_rep_is_unknown(between):
    assert between(*rep(MOVSB, "m", "m"), KERNEL_CODE, IRETQ) == (4, 0, 0, 0, 1)


@pytest.mark.parametrize("vector", [0, 12, 13, 14])
def test_a_fault_is_counted_and_its_instruction_is_not(between, vector):
    assert between(DIV if vector == 0 else MOV, VECTORS[vector], NOP, IRETQ) == (3, 0, 1, 0, 0)


def test_a_fault_in_a_rep_that_goes_on_later(between):
    broken = [*rep(MOVSB, "m", "-"), VECTORS[14], IRETQ]
    assert between(*broken, *rep(MOVSB, "m", "-"), NOP) == (6, 1, 1, 0, 0)


@pytest.mark.parametrize("vector, code", [(6, UD2), (7, FNOP), (13, HLT), (13, CR0), (13, INT14), (3, "cc")])
def test_what_is_decided_at_translation_is_no_run_time_fault(between, vector, code):
    assert between(code, VECTORS[vector], IRETQ) == (3, 0, 0, 0, 0)


def test_a_privileged_instruction_of_the_kernel_faults_at_run_time(between):
    assert between(KERNEL_CODE, CR0, VECTORS[13], IRETQ) == (2, 0, 1, 0, 0)


def test_a_syscall_that_is_switched_off_faults_at_run_time(between):
    assert between(SYSCALL, VECTORS[6], IRETQ) == (2, 0, 1, 0, 0)


def test_another_undefined_instruction_is_unknown(between):
    assert between("0f01d0", VECTORS[6], IRETQ)[4] == 1


def test_single_steps_are_counted(between):
    step = [VECTORS[1], IRETQ]
    assert between(NOP, *step, USER + 0x100, NOP, *step) == (5, 0, 0, 2, 0)


@pytest.mark.parametrize("before", [rep(MOVSB, "m"), [INT1]])
def test_a_debug_exception_in_a_rep_or_by_int1_is_unknown(between, before):
    assert between(*before, VECTORS[1], IRETQ)[3:] == (1, 1)


@pytest.mark.parametrize("code", [JMP, f"{RET} l", f"{CALL} s", f"{CALL_AT} ls", f"{JMP_AT} l", SYSCALL, "0f8400000000"])
@pytest.mark.parametrize("vector", [13, 14])
def test_a_fault_after_a_jump_may_be_the_fetch_and_is_unknown(between, code, vector):
    assert between(code, VECTORS[vector], IRETQ)[4] == 1


@pytest.mark.parametrize("code", [RET, CALL, CALL_AT, f"{CALL_AT} l", JMP_AT])
def test_a_jump_that_has_not_made_its_accesses_to_memory_has_faulted_itself(between, code):
    assert between(code, VECTORS[14], IRETQ, USER + 0x100, NOP) == (3, 0, 1, 0, 0)


# What an instruction does at least with memory, if it completes: of the stack, of an operand by ModRM, of a string.
ACCESSES = [
    (MOV, "l"), ("8907", "s"), ("483b06", "l"), ("480107", "ls"), ("f0480107", "m"), ("83073f", "ls"), ("833f00", "l"), ("8707", "m"), ("f717", "ls"), ("f737", "l"), ("ff07", "ls"),
    ("c70700000000", "s"), ("0fb607", "l"), ("0f9407", "s"), ("480f4407", "l"), ("55", "s"), ("415c", "l"), ("c9", "l"), ("a5", "ls"), ("aa", "s"), ("a4", "ls"),
]  # fmt: skip
NO_ACCESSES = [NOP, "488d07", "4801c7", "0f1f00", "89f8", "0fb6c0", "0f1807", "3c00", "a800"]


def at_the_end_of_a_page(code: str) -> list:
    size = len(code.split()[0]) // 2
    return [USER + 0x1000 - max(size - 1, 1), code]  # its last byte is the next page's, or the page's own


@pytest.mark.parametrize("code, touches", ACCESSES)
def test_at_the_end_of_a_page_too_who_has_not_made_its_accesses_has_faulted_itself(between, code, touches):
    for made in range(len(touches)):
        faulted = f"{code} {touches[:made]}"
        assert between(*at_the_end_of_a_page(faulted), VECTORS[14], IRETQ)[2:] == (1, 0, 0)


@pytest.mark.parametrize("code", [f"{code} {touches}" for code, touches in ACCESSES] + NO_ACCESSES)
@pytest.mark.parametrize("vector", [13, 14])
def test_a_fault_after_the_last_instruction_of_a_page_is_unknown(between, code, vector):
    assert between(*at_the_end_of_a_page(code), VECTORS[vector], IRETQ)[4] == 1


@pytest.mark.parametrize("vector", [0, 12])
def test_what_no_fetch_raises_is_a_fault_at_the_end_of_a_page_too(between, vector):
    assert between(*at_the_end_of_a_page(DIV), VECTORS[vector], IRETQ)[2:] == (1, 0, 0)


def test_what_a_loader_does_before_there_is_a_kernel_is_not_watched(program, tmp_path):
    boot = [f"{USER:x} {RDTSC}", f"{USER + 2:x} {RDTSC}", f"{KERNEL_CODE:x} {NOP}"]
    stream = "\n".join([*boot, f"{USER + 4:x} {RDTSC}", f"{USER + 6:x} {RDTSC}"])
    settings = {"input": stream, "capture_output": True, "text": True, "timeout": 10, "env": {"ASAN_OPTIONS": "detect_leaks=0"}}
    assert subprocess.run([program, *options(tmp_path / "out")], **settings).returncode == 0
    assert [one.region for one in probe_log.read_intervals((tmp_path / "out").read_text())] == [(USER + 4, USER + 6)]


def test_an_rdtsc_of_the_kernel_ends_no_region(between):
    assert between(KERNEL_CODE, RDTSC, IRETQ) == (3, 0, 0, 0, 0)


def test_ring_and_memory_are_counted(events):
    assert events(NOP, f"{MOV} m", KERNEL_CODE, NOP, NOP, IRETQ) == {"user": 3, "loads": 1, "stores": 1, "returns": 1}


@pytest.mark.parametrize(
    "name, codes",
    [
        ("entries", [SYSCALL, "0f34", "cd80", "cc"]),
        ("returns", [IRETQ, "cf", "480f07", "0f35"]),
        ("cr3", ["0f22d8", "440f22d8"]),
        ("invlpg", ["0f0138", "410f0138"]),
        ("wrmsr", ["0f30"]),
        ("io", ["ee", "66ed", "e460", "6e"]),
        ("rep", [MOVSB, "f348a5"]),
    ],
)
def test_instructions_are_counted_by_kind(events, name, codes):
    kernel = [item for i, code in enumerate(codes) for item in (KERNEL_CODE + 0x100 * i, code)]
    counted = events(*kernel)
    assert counted.pop(name) == len(codes) and counted == {"user": 1}


@pytest.mark.parametrize("code", ["0f22c0", "0f22e0", "0f0118", "0f01f8", "0f32", "0f31", "90"])
def test_their_neighbours_are_not(events, code):
    assert events(KERNEL_CODE, code) == {"user": 1}


def test_a_rep_is_one_however_many_its_passes(events):
    assert events(*rep(MOVSB, "m", "m", "-")) == {"user": 4, "loads": 2, "stores": 2, "rep": 1}


def test_what_faulted_is_not_counted_by_kind(events):
    assert events(IRETQ, VECTORS[13], NOP) == {"user": 1, "exceptions": 1}
    assert events(SYSCALL, VECTORS[6], NOP) == {"user": 1, "exceptions": 1}


def test_an_execution_is_recorded_with_its_faults(seen):
    interval, (execution,) = seen(NOP, MOV, VECTORS[14], NOP, IRETQ, record=4)
    assert (interval.instructions, execution.ordinal, execution.executions) == (4, 1, 1)
    assert [(one.address, one.code.hex()) for one in execution.insns] == [
        (USER, RDTSC), (USER + 2, NOP), (USER + 3, MOV), (VECTORS[14], NOP), (VECTORS[14] + 1, IRETQ),
    ]  # fmt: skip
    assert execution.faulted == {2}


def test_of_several_executions_the_last_of_the_wanted_length_is_recorded(program, tmp_path):
    def execution(nops):
        return [f"{USER:x} {RDTSC}", *[f"{USER + 2:x} {NOP}"] * nops, f"{END:x} {RDTSC}"]

    stream = "\n".join([*execution(1), *execution(2), *execution(1), *execution(3)])
    wanted = [f"region={USER:#x}:{END:#x}:{n}" for n in (2, 4)]
    assert run(program, options(tmp_path / "out") + wanted, stream).returncode == 0
    found = probe_log.read_executions((tmp_path / "out").read_text())[USER, END]
    assert [(one.ordinal, one.executions, len(one.insns)) for one in found] == [(3, 4, 2), (4, 4, 4)]


def test_an_execution_of_another_length_is_not_recorded(seen):
    assert seen(NOP, record=3)[1] == []


def test_intervals_come_in_execution_order_and_are_counted(program, tmp_path):
    places = [USER, USER + 16, USER, USER + 32]
    assert run(program, options(tmp_path / "out"), "".join(f"{va:x} {RDTSC}\n" for va in places)).returncode == 0
    text = (tmp_path / "out").read_text()
    found = probe_log.read_intervals(text)
    assert [one.region for one in found] == list(zip(places, places[1:]))
    assert [one.instructions for one in found] == [1, 1, 1]
    assert text.endswith("\nend 3\n")


@pytest.mark.parametrize(
    "arguments, word",
    [
        ([], "out"),
        (["out="], "not an option"),
        (["out=x", "colour=red"], "not an option"),
        (["out=x", "vector32=0x10"], "not an option"),
        (["out=x", "vector1=10"], "not an option"),
        (["out=x", "vector1=0x"], "not an option"),
        (["out=x", "vector1=0x1g"], "not an option"),
        (["out=x", "region=0x10:0x20"], "not an option"),
        (["out=x", "region=0x10:0x20:3x"], "not an option"),
        (["out=x", *["region=0x10:0x20:3"] * 257], "at most 256"),
        (["out=x", "vector0=0x10"], "vectorN"),
        (options(Path("x"), VECTORS | {12: VECTORS[13]}), "same address"),
        (options(Path("/nowhere/x")), "No such file"),
    ],
)
def test_bad_options_are_refused_in_one_line(program, arguments, word):
    refused = run(program, arguments)
    assert refused.returncode == 2
    assert word in refused.stderr and refused.stderr.startswith("probe: ") and refused.stderr.count("\n") == 1


def test_a_full_disk_is_told(program):
    assert "No space left" in run(program, options(Path("/dev/full")), f"{USER:x} {RDTSC}\n").stderr


@pytest.mark.emulator
def test_guest_ticks_are_the_same_with_and_without_it(tmp_path):
    """Recording too: every byte that the guest prints, its boot's tick counts and all samples among them."""
    system, qemu = catalogue.SYSTEMS["exos"], emulators.load()["qemu"]
    programs = {name: catalogue.program_file(system, name) for name in ("null", "exception", "pct")}
    plain = boot.boot(boot.Order(system, qemu, programs, tmp_path))
    regions = [event.arguments[1:] for event in plain.log.all("region")]
    assert len(regions) > 10
    wanted = ",".join(f"region={begin:#x}:{end:#x}:20" for begin, end in regions)
    plugin = f"{paths.BUILD / 'probe' / 'probe.so'},out=out,{runner.vector_options(runner.symbols(system).addresses)},{wanted}"
    probed = boot.boot(boot.Order(system, qemu, programs, tmp_path, label="probe", plugin=plugin))
    serial = [(tmp_path / one.log_path).read_bytes() for one in (plain, probed)]
    assert plain.success and serial[0] == serial[1]
    assert len(probe_log.read_intervals((tmp_path / "boot" / "exos-probe-1" / "out").read_text())) > 1000
