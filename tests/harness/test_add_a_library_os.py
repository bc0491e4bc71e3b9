"""docs/add-a-library-os.md does what it says: followed in a fresh copy of the tree, there is another library OS, which boots and says what the page says."""

import re
import subprocess

import pytest
from handmade import ROOT
from test_add_a_workload import do, fresh_copy

PAGE = (ROOT / "docs/add-a-library-os.md").read_text()
NAME = re.search(r"Save this as `(workloads/exos/libos/\w+/main\.c)`", PAGE)[1]
(SOURCE,) = re.findall(r"```c\n(.*?)```", PAGE, re.DOTALL)
COPYING = re.findall(r"^    ((?:mkdir|cp) .*)$", PAGE, re.MULTILINE)
COMMANDS = re.findall(r"^    (make build|\./exolab .*)$", PAGE, re.MULTILINE)
SAID = re.findall(r"^    (addresses: .*|\[exolab\] .*)$", PAGE, re.MULTILINE)


def test_the_page_has_what_is_followed():
    assert [command.split()[0] for command in COPYING] == ["mkdir", "cp"] and len(COMMANDS) == 2 and len(SAID) == 2


def test_it_includes_nothing_but_aegis():
    assert re.findall(r"#include (.*)", SOURCE) == ["<aegis/abi.h>"]


@pytest.mark.emulator
def test_following_the_page_boots_it(tmp_path):
    tree = fresh_copy(tmp_path / "exolab")
    for command in COPYING:
        do(command, tree)
    (tree / NAME).write_text(SOURCE)
    do(COMMANDS[0], tree)
    done = subprocess.run(COMMANDS[1].split(), cwd=tree, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout.splitlines()[-2:] == SAID, done.stdout
