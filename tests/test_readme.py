"""The README's numbers are those of results/reference, and its files exist."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from harness.pages import readme  # noqa: E402

README = (ROOT / "README.md").read_text()
REFERENCE, JUDGED = readme.reference()


def test_every_number_of_the_tables_is_the_references():
    assert README == readme.filled(README, REFERENCE, JUDGED), "make reference fills them in"


def test_tables_4_and_5_are_complete():
    shown = set(re.findall(r"^\| `([^`]+)`", README, re.MULTILINE))
    assert {one["operation"] for one in REFERENCE if one["experiment"] in ("null", "exception")} <= shown


def test_a_block_shows_the_rows_it_names_and_the_systems_that_have_them():
    cells = [{"experiment": "e", "operation": name, "system": "exos", "emulator": "qemu", "verdict": "ok", "median": 1234.5} for name in ("a", "b")]
    made = readme.filled("x\n<!-- numbers e:b -->\nold\n<!-- end -->\ny", cells, [])
    assert made == "x\n<!-- numbers e:b -->\n| operation | exos |\n|---|---|\n| `b` | 1 234.5 |\n<!-- end -->\ny"


def test_claims_are_counted_in_all_and_against_each_unix():
    made = readme.filled("<!-- claims -->\nold\n<!-- end -->", [], JUDGED).splitlines()
    assert made[1].startswith(f"| the paper's {len(JUDGED)} claims | not reproduced |")
    worst = [int(cell) for cell in made[3].split("|")[2:-1] if cell.strip() != "-"]
    assert sum(worst) == len(JUDGED) and [row.split("|")[1].strip() for row in made[4:-1]] == ["against ultrix-compat", "against linux", "against linux-tuned"]


def test_linked_files_exist():
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links and [link for link in links if not (ROOT / link).exists()] == []
