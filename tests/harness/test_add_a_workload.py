"""docs/add-a-workload.md does what it says: its file, saved in a fresh copy of the tree, is built, listed, measured and shown, and nothing else is edited."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from handmade import ROOT

PAGE = (ROOT / "docs/add-a-workload.md").read_text()
NAME = re.search(r"Save this as `(workloads/\w+\.c)`", PAGE)[1]
(SOURCE,) = re.findall(r"```c\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = re.findall(r"^    (make build|\./exolab .*)$", PAGE, re.MULTILINE)
NOT_COPIED = {ROOT: {"build", ".git"}, ROOT / "results": {path.name for path in (ROOT / "results").iterdir()} - {"paper"}}


def fresh_copy(folder: Path) -> Path:
    """What is in this tree, in `folder`."""
    return shutil.copytree(ROOT, folder, ignore=lambda where, _: NOT_COPIED.get(Path(where), set()))


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The same with the page's file added."""
    folder = fresh_copy(tmp_path_factory.mktemp("newcomer") / "exolab")
    (folder / NAME).write_text(SOURCE)
    return folder


def do(command: str, folder) -> str:
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_the_page_names_its_commands():
    assert COMMANDS[0] == "make build" and COMMANDS[1].startswith("./exolab run ")


@pytest.mark.emulator
def test_following_the_page_gives_the_row(tree):
    do(COMMANDS[0], tree)
    assert "operation hundred" in do("./exolab list", tree)
    shown = do(f"{COMMANDS[1]} --no-build", tree)
    records = json.loads(do("./exolab show --format json", tree))
    assert {(one["system"], one["emulator"]) for one in records if one["verdict"] == "ok"} == {
        ("exos", "qemu"), ("exos", "bochs"), ("ultrix-compat", "qemu"), ("ultrix-compat", "bochs"), ("linux", "qemu"),
    }  # fmt: skip
    counts = {(one["operation"], one["median"], one["per"]) for one in records if one["verdict"] == "ok"}
    assert counts == {("one", 1, 1), ("hundred", 300, 100)}
    assert re.search(r"^hundred( +3){4}", shown, re.MULTILINE), shown
    assert "4 hold it exactly, 0 do not" in shown
    assert (tree / "results/latest/report.html").exists()


OPERATION_LINES = re.search(r"^## An operation.*?```c\n(.*?)```", (ROOT / "docs/extending.md").read_text(), re.DOTALL | re.MULTILINE)[1].splitlines()


@pytest.mark.emulator
def test_an_operation_more_is_three_lines(tree):
    row, code, measured = OPERATION_LINES
    source = SOURCE.replace("\nstatic", f"{row}\n\nstatic", 1).replace("\nint\nmain", f"{code}\n\nint\nmain", 1).replace("    return", f"{measured}\n    return", 1)
    assert len(source.splitlines()) == len(SOURCE.splitlines()) + 3
    (tree / NAME).write_text(source)
    do("make build", tree)
    do(f"./exolab run {Path(NAME).stem} --no-build --system exos ultrix-compat", tree)
    records = json.loads(do("./exolab show --format json", tree))
    assert [one["median"] for one in records if one["operation"] == "two"] == [1, 1, 1, 1]
