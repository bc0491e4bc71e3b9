"""A return address becomes function, offset and source line; whatever is unknown stays a number."""

import subprocess

import pytest

from harness import paths
from harness.addresses.symbols import Symbols

SOURCE = """\
int inner(int x)
{
    return x + 1;
}
int _start(void)
{
    return inner(3) + 1;
}
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    folder = tmp_path_factory.mktemp("symbols")
    (folder / "program.c").write_text(SOURCE)
    flags = ["-g", "-O0", "-nostdlib", "-static", "-no-pie", "-fcf-protection=none"]
    subprocess.run(["gcc", *flags, "-o", "program.elf", "program.c"], cwd=folder, check=True)
    return Symbols(folder / "program.elf")


def test_address_of_a_symbol(program):
    assert program.addresses["_start"] > program.addresses["inner"] > 0


def test_return_address_is_described_by_its_call(program):
    start, size, _ = next(one for one in program.functions if one[2] == "_start")
    described = {program.describe(address) for address in range(start + 1, start + size + 1)}
    assert any(text.startswith("_start+0x") and text.endswith("(program.c:7)") for text in described)
    assert program.describe(start).startswith("inner+")  # a call that is the last instruction of inner


def test_unknown_address_stays_a_number(program):
    assert program.describe(0x10) == "0x10"
    assert program.describe(1 << 63) == "0x8000000000000000"


def test_missing_or_damaged_file_has_no_symbols(tmp_path):
    (tmp_path / "damaged.elf").write_bytes(b"\x7fELF" + bytes(60))
    for path in (None, tmp_path / "none.elf", tmp_path / "damaged.elf"):
        assert Symbols(path).describe(0x1234) == "0x1234"


REGIONS = """\
#include <workload.h>
asm(CODE_HERE "nothing:\\n\\tret\\n");
int _start(void) { return 0; }

REGION(call, "lea nothing(%rip), %rdi", "", "call *%rdi", "");
REGION_AGAINST(other, "", "", "nop", "", "rdtsc", "other_resume", "");
const struct region *all[] = {&call, &other};
"""


def test_the_code_of_a_region_is_of_the_line_that_declares_it(tmp_path):
    (tmp_path / "question.c").write_text(REGIONS)
    flags = ["-g", "-O2", "-ffreestanding", "-nostdlib", "-static", "-no-pie", "-fcf-protection=none", f"-I{paths.ROOT}/workloads/include"]
    subprocess.run(["gcc", *flags, "-o", "question.elf", "question.c"], cwd=tmp_path, check=True)
    found = Symbols(tmp_path / "question.elf")
    lines = {name: found.place(found.addresses[name]) for name in ("nothing", "_start", "call_run", "call_begin", "call_resume", "call_empty_run", "other_begin", "other_resume")}
    assert {name: place.source for name, place in lines.items()} == {
        "nothing": "question.c:2", "_start": "question.c:3", "call_run": "question.c:5", "call_begin": "question.c:5", "call_resume": "question.c:5",
        "call_empty_run": "question.c:5", "other_begin": "question.c:6", "other_resume": "question.c:6",
    }  # fmt: skip
    assert lines["call_begin"].function == "call" and lines["other_resume"].function == "other"
