"""The README's numbers are those of results/reference, and its files exist."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
COLUMNS = ("exos", "ultrix-compat", "linux")


def test_every_number_of_the_table_is_the_reference_median():
    records = json.loads((ROOT / "results/reference/records.json").read_text())
    median = {(r["operation"], r["system"]): f"{r['median']:g}" if r["verdict"] == "ok" else "-" for r in records if r["emulator"] == "qemu"}
    rows = {cells[0]: cells[1:] for cells in (re.split(r"\s*\|\s*", line.strip("| \n")) for line in README.splitlines() if line.startswith("| `"))}
    table = {name.strip("`"): cells for name, cells in rows.items() if (name.strip("`"), "exos") in median}
    assert table == {operation: [median[operation, system] for system in COLUMNS] for operation, _ in median}


def test_linked_files_exist():
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links and [link for link in links if not (ROOT / link).exists()] == []
