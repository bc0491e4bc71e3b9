"""docs/extending.md does what it says, for an emulator and for a system; for a workload and an operation test_add_a_workload.py holds it."""

import json
import re
import shutil
import subprocess

import pytest
from handmade import ROOT, lines

from harness import catalogue, cli, emulators, paths
from harness.catalogue import System

PAGE = (ROOT / "docs/extending.md").read_text()
FILE = re.search(r"`harness/emulators/(\w+\.py)`:\n\n```python", PAGE)[1]
(EMULATOR,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
(ROW,) = re.findall(r"^    (System\(.*?\)),", PAGE, re.MULTILINE)


@pytest.fixture
def emulator(tmp_path, monkeypatch):
    """The page's emulator, in the folder of emulators."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / FILE).write_text(EMULATOR)
    monkeypatch.setattr(emulators, "__path__", [*emulators.__path__, str(tmp_path / "more")])
    return "qemu-epyc"


def test_an_emulator_is_one_file(inside, emulator):
    assert f"emulator    {emulator}\n" in inside("list").stdout
    assert f"exos-{emulator}-1" in inside("plan", "null", "--system", "exos").stdout


@pytest.mark.emulator
def test_its_counts_are_those_of_the_other_processor(emulator, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "RESULTS", tmp_path / "results")
    assert cli.main(["run", "--no-build", "null", "exception", "--system", "exos", "--emulator", "qemu", emulator]) == 0
    records = json.loads((tmp_path / "results/latest/records.json").read_text())
    counts = {(one["operation"], one["emulator"]): one["median"] for one in records if one["verdict"] == "ok"}
    assert counts and all(counts[name, "qemu"] == counts[name, emulator] for name, _ in counts)


GUEST = """
        .code32
        jmp 1f
        .balign 8
        .fill 104, 1, 0
1:      mov $0x3fb, %dx         # line control
        mov $3, %al             # 8 data bits
        out %al, %dx
        mov $text, %esi
2:      mov $0x3fd, %dx         # line status
3:      in %dx, %al
        test $0x20, %al         # room for a byte
        jz 3b
        mov (%esi), %al
        inc %esi
        test %al, %al
        jz 4f
        mov $0x3f8, %dx
        out %al, %dx
        jmp 2b
4:      in %dx, %al
        test $0x40, %al         # all sent
        jz 4b
        xor %eax, %eax
        out %al, $0xf4
        mov $0x8900, %dx
        mov $'D', %al
        out %al, %dx
5:      jmp 5b
text:   .incbin "said"
        .byte 0
"""
SAID = lines(
    "boot 1 hello", "tick 2 102 2002", "begin greet", "operation wave", "region wave 0x10 0x20", "samples wave instructions 2 7x3", "end greet ok", "exit greet 0", "halt 0"
)  # fmt: skip
WORKLOAD = '.section .exolab, "", @progbits\n.ascii "experiment|greet||A greeting\\noperation|wave|one wave\\n"\n'


@pytest.fixture
def system(tmp_path, monkeypatch):
    """The page's system, played by a guest that says what is written for it: what it measures is nobody's number, only the way here is tried."""
    row = eval(ROW, {"System": System})
    folder = tmp_path / "build"
    (folder / "hello").mkdir(parents=True)
    (folder / "workloads/hello").mkdir(parents=True)
    shutil.copytree(paths.BUILD / "machine", folder / "machine")
    (folder / "hello/said").write_bytes(SAID)
    subprocess.run(["as", "--32", "-o", "hello.o", "-"], input=GUEST, text=True, check=True, cwd=folder / "hello")
    subprocess.run(["ld", "-m", "elf_i386", "-Ttext=0x100000", "-e", "0x100000", "--oformat", "binary", "-o", "hello.bin", "hello.o"], check=True, cwd=folder / "hello")
    subprocess.run(["gcc", "-c", "-x", "assembler", "-", "-o", folder / "workloads/hello/greet.elf"], input=WORKLOAD, text=True, check=True)
    monkeypatch.setattr(paths, "BUILD", folder)
    monkeypatch.setattr(paths, "RESULTS", tmp_path / "results")
    monkeypatch.setitem(catalogue.SYSTEMS, row.name, row)
    return row.name


@pytest.mark.emulator
@pytest.mark.parametrize("emulator", ["qemu", "bochs"])
def test_a_system_is_a_guest_that_prints_the_protocol(system, emulator, tmp_path):
    assert cli.main(["run", "--no-build", "--system", system, "--emulator", emulator]) == 0
    (record,) = json.loads((tmp_path / "results/latest/records.json").read_text())
    assert (record["experiment"], record["operation"], record["system"], record["median"], record["n"]) == ("greet", "wave", "hello", 5, 3)
