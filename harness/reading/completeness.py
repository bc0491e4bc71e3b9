"""Whether the records of a run are all that was planned, and whether the emulators agree on them: a cell that somebody took away, such as one that we lose, is missed.

The runner gives every planned cell a record, whatever becomes of it; so one without is no accident of measuring.
"""

import json
from functools import lru_cache
from pathlib import Path

from harness.catalogue import SYSTEMS


def planned(about: dict) -> set[tuple[str, str, str, str]]:
    """Every cell (experiment, operation, system, emulator) of a manifest's plan; none if it has no readable plan, as runs from before there was one."""
    try:
        plan = about["plan"]
        return {
            (experiment["name"], operation["name"], system, emulator)
            for experiment in plan["experiments"]
            for system in plan["systems"]
            if SYSTEMS[system].flavour in experiment["flavours"] or not SYSTEMS[system].subset
            for operation in experiment["operations"]
            for emulator in plan["emulators"]
        }
    except (KeyError, TypeError):
        return set()


def violations(run_dir: Path) -> str:
    """What must stand on a run in which the law was violated, "" on others."""
    path = run_dir / "crosscheck.json"
    try:
        known = path.stat()
        broken = unlawful(path, known.st_mtime_ns, known.st_size)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""  # as below
    return f"THE EMULATORS DISAGREE ON {broken} REGION{'S' if broken > 1 else ''}: ./exolab crosscheck names them" if broken else ""


def stamp(run_dir: Path, about: dict) -> str:
    """What must stand on a run whose records are not all that was planned, "" on others."""
    path = run_dir / "records.json"
    try:
        known = path.stat()
        gone = len(planned(about) - cells(path, known.st_mtime_ns, known.st_size))
    except (OSError, ValueError, KeyError, TypeError):
        return ""  # a run without readable records is refused where they are needed
    return f"{gone} PLANNED CELLS HAVE NO RECORD: ./exolab reprocess makes them again from the logs" if gone else ""


@lru_cache(maxsize=4)
def unlawful(path: Path, _mtime: int, _size: int) -> int:
    return sum(one["verdict"] == "fail" for one in json.loads(path.read_text()))


@lru_cache(maxsize=4)
def cells(path: Path, _mtime: int, _size: int) -> frozenset[tuple[str, str, str, str]]:
    found = json.loads(path.read_text())
    return frozenset((one["experiment"], one["operation"], one["system"], one["emulator"]) for one in found)
