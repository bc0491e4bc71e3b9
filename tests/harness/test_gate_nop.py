"""The gate notices one added instruction on a measured path of the kernel: a nop in a copy of the tree, built, measured in QEMU, held against the tree as it is."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("Makefile", "exolab", "machine", "aegis", "exos", "ultrix-compat", "workloads", "harness", "tests", "build", "results/paper")

# Where the nop goes: the file, the place in it, the line there that it is put in front of; and what must then be said, and of nothing else.
NOPS = {
    "null system call": ("aegis/syscall_entry.S", "nostack_null:\n        sysretq", "sysretq", {"null/syscall on exos: +1 instruction"}),
    "exception path": (
        "aegis/trap.S", "        mov     $AEGIS_HANDLER_RFLAGS, %r11d\n        mov     $\\vector, %eax", "mov     $AEGIS",
        {f"exception/{cause}-{way} on exos: +1 instruction" for cause in ("prot", "overflow", "coproc", "ud2") for way in ("dispatch", "roundtrip")},
    ),
    "control transfer": (
        "aegis/transfer.S", "        mov     %edi, current_id\n        mov     env_slot+ENV_CR0(%rax), %r11", "mov     %edi, current_id",
        {f"pct/{way} on exos: +1 instruction (+2 in a region that performs it 2 times)" for way in ("sync", "async")},
    ),
}  # fmt: skip


class Tree:
    """A copy of the tree with its build, so that only what is changed is compiled."""

    def __init__(self, folder: Path):
        self.root = folder / "tree"
        self.root.mkdir()
        for name in ROOMS:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            copy(ROOT / name, self.root / name)

    def exolab(self, *arguments) -> subprocess.CompletedProcess:
        environment = {name: value for name, value in os.environ.items() if name not in ("EXOLAB_BUILD", "EXOLAB_RESULTS", "MAKEFLAGS")}
        return subprocess.run([self.root / "exolab", *map(str, arguments)], capture_output=True, text=True, timeout=300, cwd=self.root, env=environment)

    def measured(self) -> Path:
        """A run of the three experiments; the path of its folder."""
        done = self.exolab("run", "null", "exception", "pct", "--system", "exos", "--emulator", "qemu")
        assert done.returncode == 0, done.stdout + done.stderr
        return (self.root / "results" / "latest").resolve()


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return Tree(tmp_path_factory.mktemp("nop"))


@pytest.fixture(scope="module")
def before(tree):
    return tree.measured()


@pytest.mark.emulator
@pytest.mark.parametrize("where", NOPS)
def test_one_nop_is_noticed_and_named(tree, before, where):
    name, place, line, said = NOPS[where]
    path = tree.root / name
    source = path.read_text()
    assert source.count(place) == 1, f"{name} has changed: say where the nop goes now"
    try:
        path.write_text(source.replace(place, place.replace(line, f"nop\n        {line}", 1)))
        after = tree.measured()
    finally:
        path.write_text(source)
    done = tree.exolab("gate", "--run", after, "--against", before)
    assert done.returncode == 1, done.stdout
    assert {text for text in done.stdout.splitlines() if " on exos: " in text} == said


@pytest.mark.emulator
def test_the_tree_as_it_is_passes(tree, before):
    assert tree.exolab("gate", "--run", before, "--against", before).returncode == 0
