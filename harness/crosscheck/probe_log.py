"""The probe's output, read: what ran between two rdtsc (intervals), and, where it was asked to record, which instructions (executions).

probe/probe.c and probe/record.h say what the lines mean. What follows from the numbers is law.py's, events.py's and trace.py's business.
"""

import re
from dataclasses import dataclass, field

INTERVAL = re.compile(r"interval 0x([0-9a-f]{1,16}) 0x([0-9a-f]{1,16})((?: [0-9]{1,18})+)")
INSN = re.compile(r"insn ([0-9]{1,9}) 0x([0-9a-f]{1,16}) ((?:[0-9a-f]{2}){1,15})")
TRACE = re.compile(r"trace 0x([0-9a-f]{1,16}) 0x([0-9a-f]{1,16}) ([0-9]{1,18}) ([0-9]{1,18})((?: [0-9]{1,9}!?)*)")
FIRST = ("insns", "R", "F", "D", "unknown")  # the columns that every probe has had; older ones did not name them


@dataclass(frozen=True)
class Interval:
    """What the probe saw between two rdtsc executed one after the other in user mode."""

    region: tuple[int, int]
    instructions: int
    r: int
    f: int
    d: int
    unknown: int
    events: dict[str, int] = field(default_factory=dict)  # the other columns, by name


@dataclass(frozen=True)
class Insn:
    address: int
    code: bytes


@dataclass(frozen=True)
class Execution:
    """The instructions of one execution of a region, in order; those that faulted did not complete."""

    ordinal: int  # which of all executions of this region, from 1
    executions: int
    insns: tuple[Insn, ...]
    faulted: frozenset[int]  # indices into insns


def lines_of(text: str) -> list[str]:
    """The lines without the last, which says how many intervals there are. Raises ValueError if it does not or is missing."""
    *lines, last = text.splitlines() or [""]
    if last != f"end {sum(line.startswith('interval ') for line in lines)}" or not text.endswith("\n"):
        raise ValueError("the probe's output is truncated: it has no `end` line with the right count")
    return lines


def read_intervals(text: str) -> tuple[Interval, ...]:
    """All intervals, in execution order. Raises ValueError if a line is not understood or the end is missing."""
    lines, columns = lines_of(text), FIRST
    if lines and lines[0].startswith("columns "):
        columns = tuple(lines.pop(0).split()[1:])
        if columns[: len(FIRST)] != FIRST:
            raise ValueError(f"the probe's output has other columns: {' '.join(columns)}")
    return tuple(read_interval(line, columns) for line in lines if not line.startswith(("insn ", "trace ")))


def read_interval(line: str, columns: tuple[str, ...]) -> Interval:
    match = INTERVAL.fullmatch(line)
    numbers = [int(word) for word in match[3].split()] if match else []
    if len(numbers) != len(columns) or not match:
        raise ValueError(f"the probe's output has a line that is not understood: {line[:80]!r}")
    n = len(FIRST)
    return Interval((int(match[1], 16), int(match[2], 16)), *numbers[:n], dict(zip(columns[n:], numbers[n:])))


def read_executions(text: str) -> dict[tuple[int, int], list[Execution]]:
    """What was recorded, by region; a region that was asked for with several counts has several, one that never ran so has none. Raises ValueError."""
    insns: dict[int, Insn] = {}
    found: dict[tuple[int, int], list[Execution]] = {}
    for line in lines_of(text):
        if match := INSN.fullmatch(line):
            insns[int(match[1])] = Insn(int(match[2], 16), bytes.fromhex(match[3]))
        elif match := TRACE.fullmatch(line):
            region, ordinal, executions, entries = (int(match[1], 16), int(match[2], 16)), int(match[3]), int(match[4]), match[5].split()
            if ordinal:
                found.setdefault(region, []).append(execution(ordinal, executions, entries, insns))
        elif not line.startswith(("interval ", "columns ")):
            raise ValueError(f"the probe's output has a line that is not understood: {line[:80]!r}")
    return found


def execution(ordinal: int, executions: int, entries: list[str], insns: dict[int, Insn]) -> Execution:
    try:
        order = tuple(insns[int(entry.rstrip("!"))] for entry in entries)
    except KeyError as error:
        raise ValueError(f"the probe's output has no instruction {error}") from error
    return Execution(ordinal, executions, order, frozenset(i for i, entry in enumerate(entries) if entry.endswith("!")))
