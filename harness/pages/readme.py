"""The README's tables, filled in from results/reference: `make reference` calls this, tests/test_readme.py holds the README to it.

Numbers stand between `<!-- numbers EXPERIMENT ... -->` and `<!-- end -->`; an experiment may name its rows: `primitives:bind,yield`. What became of the paper's claims stands
between `<!-- claims -->` and `<!-- end -->`.
"""

import re
import sys
from pathlib import Path

from harness import catalogue, paths
from harness.crosscheck import law
from harness.published import judging
from harness.published.judging import Judged
from harness.reading import records

README, REFERENCE = "README.md", paths.RESULTS / "reference"
NUMBERS = re.compile(r"(<!-- numbers (?P<what>[^>]*?) -->\n).*?(<!-- end -->)", re.DOTALL)
CLAIMS = re.compile(r"(<!-- claims -->\n).*?(<!-- end -->)", re.DOTALL)


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


def claims(found: list[Judged]) -> str:
    """One Markdown table: how many claims have which verdict, in all and against each UNIX."""
    counts = judging.tally(found)
    verdicts = [word for word in judging.WORST_FIRST if any(one.get(word) for one in counts.values())]
    lines = [f"| the paper's {len(found)} claims | " + " | ".join(verdicts) + " |", "|---|" + "---|" * len(verdicts)]
    for against, mine in counts.items():
        lines.append(f"| {f'against {against}' if against else 'each by the worst of its verdicts'} | " + " | ".join(str(mine.get(word) or "-") for word in verdicts) + " |")
    return "\n".join(lines) + "\n"


def filled(text: str, cells: list[dict], found: list[Judged]) -> str:
    """`text` with every block's table made anew."""
    text = CLAIMS.sub(lambda block: block[1] + claims(found) + block[2], text)
    return NUMBERS.sub(lambda block: block[1] + table(cells, block["what"]) + block[3], text)


def reference() -> tuple[list[dict], list[Judged]]:
    """What the README is filled from. Raises Trouble."""
    cells = records.load(REFERENCE)
    return records.per_operation(cells), judging.judged(cells, law.load_checks(REFERENCE))


def main() -> int:
    path = Path(paths.ROOT) / README
    path.write_text(filled(path.read_text(), *reference()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
