"""Which Debian packages are missing. The table is packages.txt; installing is setup.sh's business."""

import importlib.util
import shutil
from pathlib import Path

TABLE = Path(__file__).with_name("packages.txt")
SIGNS = {
    "command": lambda value: shutil.which(value) is not None,
    "file": lambda value: Path(value).exists(),
    "module": lambda value: importlib.util.find_spec(value) is not None,
}


def required(table: Path = TABLE) -> dict[str, str]:
    """Package -> what shows that it is there, as `kind:value`."""
    lines = (line.split("#")[0].split() for line in table.read_text().splitlines())
    return {fields[0]: fields[1] for fields in lines if fields}


def missing(table: Path = TABLE) -> dict[str, str]:
    """The part of required() that is not there."""
    return {package: sign for package, sign in required(table).items() if not present(sign)}


def present(sign: str) -> bool:
    kind, value = sign.split(":", 1)
    return SIGNS[kind](value)


def problem(*packages: str) -> str | None:
    """None if all of these are there, else one sentence about the first that is not."""
    table = missing()
    for package in packages:
        if package in table:
            what = table[package].split(":", 1)[1]
            return f"{what} is missing: install the Debian package {package} (make setup)"
    return None
