"""The README's numbers are those of results/reference, and its files exist."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from harness import records  # noqa: E402

README = (ROOT / "README.md").read_text()
COLUMNS = ("exos", "ultrix-compat", "linux")


def reference(experiments=None) -> dict[tuple[str, str], str]:
    """Median in QEMU by (operation, system), "-" where there is none."""
    found = records.per_operation(records.load(ROOT / "results/reference"))
    mine = [r for r in found if r["emulator"] == "qemu" and (experiments is None or r["experiment"] in experiments)]
    return {(r["operation"], r["system"]): str(r["median"]) if r["verdict"] == "ok" else "-" for r in mine}


def rows() -> dict[str, list[str]]:
    """The README's table rows that begin with an operation's name."""
    cells = [re.split(r"\s*\|\s*", line.strip("| \n")) for line in README.splitlines() if line.startswith("| `")]
    known = {operation for operation, _ in reference()}
    return {first.strip("`"): rest for first, *rest in cells if first.strip("`") in known}


def test_every_number_of_the_tables_is_the_reference_median():
    median = reference()
    assert rows() == {name: [median[name, system] for system in COLUMNS[: len(rest)]] for name, rest in rows().items()}


def test_tables_4_and_5_are_complete():
    assert {operation for operation, _ in reference(("null", "exception"))} <= set(rows())


def test_linked_files_exist():
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links and [link for link in links if not (ROOT / link).exists()] == []
