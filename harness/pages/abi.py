"""The costs in docs/aegis-abi.md, filled in from results/reference: `make reference` calls this, tests/test_abi.py holds the page to it.

The table stands between `<!-- costs -->` and `<!-- end -->`. The first cell of a row names system calls; its last cell is their cost.
"""

import re
import sys
from pathlib import Path

from harness import paths
from harness.pages.readme import number
from harness.reading import records

PAGE = Path("docs/aegis-abi.md")
BLOCK = re.compile(r"(<!-- costs -->\n)(.*?)(<!-- end -->)", re.DOTALL)
OWN_ROW = {"pct_sync": "pct-sync", "pct_async": "pct-async", "yield": "yield", "slice_done": "slice-start"}  # what measures those that do not return to their caller
NAME = re.compile(r"`([a-z_]+)`")


def cost(cells: dict[str, dict], call: str) -> str:
    return number(cells.get(OWN_ROW.get(call, f"call-{call}")))


def with_costs(rows: str, cells: dict[str, dict]) -> str:
    lines = []
    for line in rows.splitlines():
        here = line.strip("|").split("|")
        names = NAME.findall(here[0])
        if names:
            line = "|" + "|".join([*here[:-1], f" {', '.join(cost(cells, name) for name in names)} "]) + "|"
        lines.append(line)
    return "\n".join(lines) + "\n"


def filled(text: str, cells: list[dict]) -> str:
    """`text` with every cost made anew."""
    mine = {one["operation"]: one for one in cells if one["experiment"] == "primitives" and one["system"] == "exos" and one["emulator"] == "qemu"}
    return BLOCK.sub(lambda block: block[1] + with_costs(block[2], mine) + block[3], text)


def main() -> int:
    path = Path(paths.ROOT) / PAGE
    path.write_text(filled(path.read_text(), records.per_operation(records.load(paths.RESULTS / "reference"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
