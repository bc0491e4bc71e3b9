"""The wire format, read: bytes that a guest printed -> events. docs/wire-format.md is the contract.

Pure, and total: any bytes give a Log, never an exception. What the events mean for a measurement is records.py's business.
Invariant: no event comes from a line whose checksum, newline or grammar is wrong; such a line is kept as damaged.
"""

import re
from dataclasses import dataclass
from itertools import accumulate

PREFIX = b"@exolab "
MAX_LINE = 4000
MAX_SAMPLES = 1_000_000  # a list that claims more is damaged, before anything is expanded

ARGUMENTS = {
    "number": (r"[0-9]{1,18}", int),
    "address": (r"0x[0-9a-f]{1,16}", lambda text: int(text, 16)),
    "name": (r"[A-Za-z0-9._-]+", str),
    "result": (r"ok|fail", str),
    "unit": (r"instructions|count", str),
    "list": (r"[0-9]{1,18}x[0-9]{1,7}(?:,[0-9]{1,18}x[0-9]{1,7})*", lambda text: runs(text)),
    "text": (r".+", str),
}
GRAMMAR = {
    "boot": ("number", "name"),
    "tick": ("number", "number", "number"),
    "clock": ("number", "number"),
    "begin": ("name",),
    "operation": ("name",),
    "region": ("name", "address", "address"),
    "samples": ("name", "unit", "number", "list"),
    "unsupported": ("name", "text"),
    "fail": ("name", "text"),
    "end": ("name", "result"),
    "check": ("text", "result"),
    "exit": ("name", "number"),
    "killed": ("name", "text"),
    "panic": ("text",),
    "frame": ("address",),
    "halt": ("number",),
}
PATTERNS = {
    verb: re.compile(" ".join([verb, *(f"({ARGUMENTS[kind][0]})" for kind in kinds)])) for verb, kinds in GRAMMAR.items()
}


@dataclass(frozen=True)
class Event:
    line: int  # counted from 1
    verb: str
    arguments: tuple


@dataclass(frozen=True)
class Damaged:
    line: int
    why: str


@dataclass(frozen=True)
class Log:
    events: tuple[Event, ...]
    damaged: tuple[Damaged, ...]

    def all(self, verb: str) -> list[Event]:
        return [event for event in self.events if event.verb == verb]

    def first(self, verb: str) -> Event | None:
        return next((event for event in self.events if event.verb == verb), None)


def parse(data: bytes) -> Log:
    """Read everything that a guest printed."""
    events: list[Event] = []
    damaged: list[Damaged] = []
    *lines, rest = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if line.startswith(PREFIX):
            try:
                events.append(Event(number, *read_line(line.removesuffix(b"\r"))))
            except ValueError as error:
                damaged.append(Damaged(number, str(error)))
    if rest.startswith(PREFIX):
        damaged.append(Damaged(len(lines) + 1, "the log stops in the middle of the line"))
    return Log(tuple(events), tuple(damaged))


def read_line(line: bytes) -> tuple[str, tuple]:
    """Verb and arguments of one line without its end. Raises ValueError with the reason why it is damaged."""
    if len(line) > MAX_LINE:
        raise ValueError(f"longer than {MAX_LINE} bytes")
    covered, mark, checksum = line.rpartition(b" #")
    if not mark or not re.fullmatch(rb"[0-9a-f]{4}", checksum):
        raise ValueError("no checksum")
    if int(checksum, 16) != fletcher16(covered):
        raise ValueError("wrong checksum")
    text = covered.removeprefix(PREFIX).decode("latin-1")
    if not (text.isascii() and text.isprintable()):
        raise ValueError("not printable ASCII")
    verb = text.partition(" ")[0]
    if verb not in GRAMMAR:
        raise ValueError(f"unknown verb {verb}")
    match = PATTERNS[verb].fullmatch(text)
    if not match:
        raise ValueError(f"wrong arguments for {verb}")
    return verb, tuple(ARGUMENTS[kind][1](group) for kind, group in zip(GRAMMAR[verb], match.groups()))


def fletcher16(data: bytes) -> int:
    """Fletcher's checksum modulo 255: second sum in the high byte, first sum in the low one."""
    first = list(accumulate(data))  # the sums after each byte; taken modulo 255 at the end, which is the same and many times as fast
    return sum(first) % 255 << 8 | first[-1] % 255 if data else 0


def runs(text: str) -> tuple[int, ...]:
    """Expand `16x98,19x2` to its values in order. Raises ValueError for a count of 0 or too many in all."""
    pairs = [tuple(map(int, run.split("x"))) for run in text.split(",")]
    counts = [count for _, count in pairs]
    if not all(counts) or sum(counts) > MAX_SAMPLES:
        raise ValueError("sample counts out of range")
    return tuple(value for value, count in pairs for _ in range(count))


def last_lines(data: bytes, count: int = 20) -> list[str]:
    """The end of what a guest printed, safe to show on a terminal."""
    text = data[-64 * 1024 :].decode("ascii", "backslashreplace").replace("\r\n", "\n")
    lines = text.rstrip("\n").split("\n")[-count:] if text.strip() else []
    return [line[:200] if line.isprintable() else "".join(c if c.isprintable() else "?" for c in line)[:200] for line in lines]
