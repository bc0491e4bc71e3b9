"""docs/attacks.md names programs that exist, all attacks among them, and there are sixty at least."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROWS = [line for line in (ROOT / "docs/attacks.md").read_text().splitlines() if line.startswith("| ") and "`" in line]
NAMED = {name for row in ROWS for name in re.findall(r"`([a-z-]+)`", row.split("|")[2])}
PROGRAMS = {path.stem for path in (ROOT / "tests/guest/exos").glob("*.c")}
# What tests ExOS, or that something works, and attacks nobody.
NO_ATTACKS = re.compile(r"file-.*|process-.*|thread-.*|ipc-.*|vm-.*|libos-.*|stride-.*|shell.*|transfer|preempted|idle|.*-xsave|fpu-.*")


def test_every_program_named_exists():
    assert ROWS and NAMED <= PROGRAMS


def test_every_attack_is_named():
    assert {name for name in PROGRAMS if not NO_ATTACKS.fullmatch(name)} <= NAMED


def test_there_are_sixty():
    assert len(NAMED) >= 60
