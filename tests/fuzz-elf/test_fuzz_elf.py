"""A few seconds of the fuzzer of ELF files (`make fuzz-elf` runs long); and that it finds defects, which are planted in copies of the loaders."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import run

SECONDS = 3
DEFECTS = {  # what it must find: the file, what is taken out of it, what takes its place
    "a segment's end is not checked": ("machine/format/elf.c", "p->filesz > bytes - p->offset", "false"),
    "segments may overlap": ("machine/format/elf.c", "p->vaddr < *end", "false"),
    "bytes behind the file's part are not zero": ("exos/exec.c", "            exos_frame_zero(window);\n", "            ;\n"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("fuzz-elf")
    assert run.plant(where / "seeds") > 5
    return where


@pytest.fixture(scope="module")
def fuzzer():
    return run.compile_fuzzer(run.BUILD / "fuzz-elf")


def test_each_of_our_programs_is_loaded(fuzzer, folder):
    """In make test-fast too: whoever changes what the loaders stand on sees here that the fakes must follow."""
    done = subprocess.run([fuzzer, "-runs=0", folder / "seeds"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-3000:]
    counts = list(map(int, re.findall(r" (\d+)", done.stdout.split("loaded:")[1])))
    assert len(counts) == 5 and min(counts) == len(list((folder / "seeds").iterdir())), done.stdout


@pytest.mark.long
def test_a_few_seconds_find_nothing(fuzzer, folder):
    said = []
    total, complaint = run.fuzz(fuzzer, folder, SECONDS, said.append, seed=1)
    assert not complaint, "\n".join(complaint[-40:])
    assert total > 1000
    assert said[-1].count("loaded:") == 1 and " 0 " not in said[-1], said  # each loader has loaded files, not only refused them


@pytest.mark.long
@pytest.mark.parametrize("what", DEFECTS)
def test_a_planted_defect_is_found(folder, tmp_path, what):
    name, old, new = DEFECTS[what]
    for room in ("aegis", "exos", "machine", "ultrix-compat", "tests/unit/fake", "tests/fuzz-elf"):
        shutil.copytree(run.ROOT / room, tmp_path / room)
    text = (tmp_path / name).read_text()
    assert text.count(old) == 1
    (tmp_path / name).write_text(text.replace(old, new))
    (tmp_path / "seeds").symlink_to(folder / "seeds")
    _, complaint = run.fuzz(run.compile_fuzzer(tmp_path / "build", root=tmp_path), tmp_path, 60, seed=1)
    assert complaint and Path(run.found_file(tmp_path)).exists()
