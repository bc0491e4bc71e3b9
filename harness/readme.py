"""The README's tables of numbers, filled in from results/reference: `make reference` calls this, tests/test_readme.py holds the README to it.

A block stands between `<!-- numbers EXPERIMENT ... -->` and `<!-- end -->`; an experiment may name its rows: `primitives:bind,yield`.
"""

import re
import sys
from pathlib import Path

from harness import catalogue, paths, records

README, REFERENCE = "README.md", paths.RESULTS / "reference"
BLOCK = re.compile(r"(<!-- numbers (?P<what>[^>]*?) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(cells: list[dict], what: str) -> str:
    """One Markdown table: the operations of the experiments that `what` names, in QEMU, a column for each system that has any of them."""
    wanted = [(name, rows.split(",") if rows else None) for name, _, rows in (word.partition(":") for word in what.split())]
    mine = [one for one in cells if one["emulator"] == "qemu"]
    found = {(one["experiment"], one["operation"], one["system"]): one for one in mine}
    rows = []
    for experiment, operations in wanted:
        known = dict.fromkeys(one["operation"] for one in mine if one["experiment"] == experiment)
        rows += [(experiment, name) for name in operations or known]
    names = [one for one in catalogue.SYSTEMS if any((*row, one) in found and found[*row, one]["verdict"] == "ok" for row in rows)]
    lines = ["| operation | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for row in rows:
        here = [found.get((*row, name)) for name in names]
        lines.append(f"| `{row[1]}` | " + " | ".join(number(one) for one in here) + " |")
    return "\n".join(lines) + "\n"


def number(record: dict | None) -> str:
    return f"{record['median']:,}".replace(",", " ") if record and record["verdict"] == "ok" else "-"


def filled(text: str, cells: list[dict]) -> str:
    """`text` with every block's table made anew."""
    return BLOCK.sub(lambda block: block[1] + table(cells, block["what"]) + block[3], text)


def main() -> int:
    path = Path(paths.ROOT) / README
    path.write_text(filled(path.read_text(), records.per_operation(records.load(REFERENCE))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
