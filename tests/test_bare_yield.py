"""exos_yield_bare pushes a return address, and the compiler does not know: no function that contains it may keep anything in the 8 bytes below rsp."""

import re
import subprocess

import pytest

from harness import paths

LOCAL = re.compile(r"-0x[1-8]\(%rsp[,)]")


def functions(disassembly: str) -> list[str]:
    return re.split(r"\n\n", disassembly)


def offenders(disassembly: str) -> list[str]:
    return [text.splitlines()[0] for text in functions(disassembly) if "exos_bare_yield" in text and LOCAL.search(text)]


def test_nothing_is_kept_where_the_return_address_goes():
    objects = [path for path in (paths.BUILD / "exos").rglob("*.c.o") if b"exos_bare_yield" in path.read_bytes()]
    assert objects, "no object calls it: is the tree built?"
    for path in objects:
        done = subprocess.run(["objdump", "-dr", "--no-show-raw-insn", path], capture_output=True, text=True, check=True, timeout=30)
        assert offenders(done.stdout) == [], path


@pytest.mark.parametrize(("operand", "bad"), [("-0x8(%rsp)", True), ("-0x1(%rsp,%rax,1)", True), ("-0x10(%rsp)", False), ("0x8(%rsp)", False)])
def test_an_offender_is_noticed(operand, bad):
    text = f"0000 <reads>:\n mov {operand},%rax\n call 5\n R_X86_64_PLT32 exos_bare_yield-0x4\n\n0010 <other>:\n mov -0x8(%rsp),%rax"
    assert offenders(text) == (["0000 <reads>:"] if bad else [])
