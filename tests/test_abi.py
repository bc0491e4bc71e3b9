"""docs/aegis-abi.md says what the kernel's tables, headers and the reference say."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from harness.pages import abi
from harness.reading import records  # noqa: E402

INCLUDE = ROOT / "aegis/include/aegis"
PAGE = (ROOT / abi.PAGE).read_text()
TABLE = PAGE.split("<!-- costs -->")[1].split("<!-- end -->")[0]
CALLS = re.findall(r"^SYSCALL\(\d+,\s*(\w+),", (INCLUDE / "syscalls.def").read_text(), re.MULTILINE)
ERRORS = re.findall(r'^ERROR\((\d+),\s*(\w+),\s*"([^"]*)"\)', (INCLUDE / "errors.def").read_text(), re.MULTILINE)


def rows() -> dict[str, str]:
    return {name: line for line in TABLE.splitlines() for name in abi.NAME.findall(line.strip("|").split("|")[0])}


def test_costs_are_those_of_the_reference():
    assert abi.filled(PAGE, records.per_operation(records.load(ROOT / "results/reference"))) == PAGE, "make reference fills them in"


def test_the_address_space_is_drawn_as_in_layout_h():
    layout = (INCLUDE / "layout.h").read_text()
    comment = layout[layout.index("/*") : layout.index("*/")].splitlines()[1:]
    assert "\n".join(line.removeprefix(" *").rstrip() for line in comment).strip("\n") in PAGE


def test_errors_are_those_of_errors_def():
    rows = [f"| `{name}` | {value} | {meaning} |" for value, name, meaning in ERRORS]
    assert rows and "\n".join(rows) in PAGE


def test_every_system_call_has_its_row():
    assert sorted(rows()) == sorted(CALLS)


def test_every_error_that_a_row_names_exists():
    named = set(re.findall(r"`(E_\w+)`", TABLE))
    assert named and named <= {name for _, name, _ in ERRORS}


def test_the_errors_of_a_row_are_those_of_the_comment_above_the_call():
    sources = "".join(path.read_text() for path in sorted((ROOT / "aegis").glob("*.c")))
    wrong = []
    for call in CALLS:
        above = re.search(r"/\*((?:(?!\*/).)*)\*/\s*(?:long|struct aegis_result)\s+sys_" + call + r"\(", sources, re.DOTALL)
        if not above:
            continue
        inherited = rows()["page_bind"] if "the same" in rows()[call] else ""
        said, shown = set(re.findall(r"-(E_\w+)", above[1])), set(re.findall(r"`(E_\w+)`", rows()[call] + inherited))
        if said - shown:
            wrong.append((call, said - shown))
    assert wrong == []


def test_a_cost_is_the_reference_median():
    cells = [{"experiment": "primitives", "operation": "call-null", "system": "exos", "emulator": "qemu", "verdict": "ok", "median": 5}]
    made = abi.filled("<!-- costs -->\n| call | cost |\n|---|---|\n| `null`, `x` | ? |\n<!-- end -->", cells)
    assert "| `null`, `x` | 5, - |" in made
