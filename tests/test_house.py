"""The house rules that a machine can check: who may include whom, which words are not Aegis's, where #if may not be."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KERNELS = ("machine", "aegis", "ultrix-compat")
ROOMS = (*KERNELS, "exos", "workloads", "tests/guest")

# Folders of `#include <folder/...>` that each room may use; its own quoted headers are its own business.
MAY_INCLUDE = {
    "machine": {"machine"},
    "machine/format": {"format"},
    "machine/include/format": {"format"},
    "aegis": {"machine", "format", "aegis"},
    "aegis/include": {"aegis"},
    "ultrix-compat": {"machine", "format", "ultrix-compat"},
    "exos": {"aegis", "format", "exos"},
    "workloads": {"exos", "aegis"},
    "workloads/exos/libos": {"aegis"},
    "workloads/exos/libos/inverted": {"exos", "aegis"},
    "workloads/port/unix": set(),
    "workloads/linux": set(),
    "tests/guest/exos": {"aegis", "format", "exos"},
    "tests/guest/unix": set(),
}


def sources(*rooms):
    return [path for room in rooms for path in (ROOT / room).rglob("*") if path.suffix in (".c", ".h", ".S", ".def")]


def room_of(path: Path) -> str:
    """The longest named room that holds the file."""
    relative = str(path.relative_to(ROOT))
    return max((room for room in MAY_INCLUDE if relative.startswith(room + "/")), key=len, default="")


def test_who_includes_whom():
    wrong = []
    for path in sources(*ROOMS):
        allowed = MAY_INCLUDE.get(room_of(path), set())
        for folder in re.findall(r"#include <([a-z-]+)/", path.read_text()):
            if folder not in allowed:
                wrong.append(f"{path.relative_to(ROOT)} includes <{folder}/...>")
    assert wrong == []


def test_quoted_includes_stay_in_the_room():
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources(*KERNELS, "exos", "workloads")
        for name in re.findall(r'#include "([^"]+)"', path.read_text())
        if not (path.parent / name).exists()
    ]
    assert wrong == []


def test_aegis_knows_no_posix_word():
    words = re.compile(r"\b(process|processes|file descriptor|fork|pid|signal|posix|unix)\b", re.IGNORECASE)
    wrong = [f"{path.relative_to(ROOT)}: {found}" for path in sources("aegis") for found in words.findall(path.read_text())]
    assert wrong == []


def test_no_conditional_compilation_in_c_files():
    wrong = [str(path.relative_to(ROOT)) for path in sources(*ROOMS) if path.suffix == ".c" and re.search(r"^\s*#\s*if", path.read_text(), re.M)]
    assert wrong == []


def test_the_harness_reads_no_c():
    wrong = [str(path.relative_to(ROOT)) for path in (ROOT / "harness").rglob("*.py") if re.search(r"""["'][\w/.-]*\.(c|h|def)["']""", path.read_text())]
    assert wrong == []


def test_every_file_says_what_it_is():
    wrong = [
        str(path.relative_to(ROOT))
        for path in sources(*ROOMS)
        if not re.match(r"(/\*|//)", path.read_text())
    ]
    assert wrong == []


def test_the_map_of_the_harness_has_each_file_once():
    text = (ROOT / "docs/harness.md").read_text().split("## Where things are")[1]
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in text.splitlines() if row.startswith("| ")][1:]
    found = [f"{folder}/{name}" for folder, _, names in rows for name in re.findall(r"`(\w+)`", names)]
    files = [path.relative_to(ROOT / "harness") for path in (ROOT / "harness").rglob("*.py") if not path.stem.startswith("__")]
    assert sorted(found) == sorted(f"{path.parent}/{path.stem}" for path in files)


def test_no_file_is_over_400_lines():
    files = [*sources(*ROOMS), *(ROOT / "harness").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    assert [str(path.relative_to(ROOT)) for path in files if len(path.read_text().splitlines()) > 400] == []


def test_nothing_needs_the_shared_folder():
    text = [*sources(*ROOMS), *(ROOT / "harness").rglob("*.py"), ROOT / "Makefile"]
    assert [str(path.relative_to(ROOT)) for path in text if "/work/" in path.read_text() or "../shared" in path.read_text()] == []
