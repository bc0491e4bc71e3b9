"""Logs that no machine printed: recorded ones with a few things changed, cheaply and from a seed.

A line that is changed mostly gets a right checksum again: what a checksum catches is soon tried, what a program at user level may print is not.
"""

import random

from harness.booting import protocol

VERBS = [*protocol.GRAMMAR]
NAMES = ["null", "exception", "syscall", "prot-dispatch", "procedure-call", "nobody", "exos", "-", ".", "x" * 80]
NUMBERS = ["0", "1", "2", "102", "2002", "128", "255", "65536", "999999999999999999", "1000000000000000000", "-1", "1e9", ""]
LISTS = ["1x1", "0x0", "4x100", "18x98,19x2", "1x1000000", "1x999999,1x2", "1x9999999", "x", "1x", ",", "5x1," * 40 + "5x1", "0x100"]
WORDS = [*NAMES, *NUMBERS, *LISTS, "ok", "fail", "instructions", "count", "0x0", "0x400010", "0xffffffffffffffff", "0x10000000000000000", "boom at", "\x7f", "é", "\t"]


class Mutator:
    def __init__(self, seed: int):
        self.random = random.Random(seed)

    def log(self, lines: list[bytes]) -> bytes:
        """One to four changes to a log that is given as lines with their ends."""
        lines = [*lines]
        for _ in range(self.random.randint(1, 4)):
            self.random.choice((self.drop, self.double, self.swap, self.words, self.words, self.words, self.insert, self.insert, self.damage, self.cut))(lines)
        return b"".join(lines)

    def at(self, lines: list[bytes]) -> int:
        return self.random.randrange(len(lines) + 1)

    def drop(self, lines):
        at = self.at(lines)
        del lines[at : at + self.random.choice((1, 1, 2, 5))]

    def double(self, lines):
        at = self.at(lines)
        lines[at:at] = lines[at : at + self.random.choice((1, 1, 3))]

    def swap(self, lines):
        a, b = self.at(lines), self.at(lines)
        if max(a, b) < len(lines):
            lines[a], lines[b] = lines[b], lines[a]

    def words(self, lines):
        """Another word in a line, and its checksum right again."""
        at = self.at(lines)
        if at == len(lines) or not lines[at].startswith(protocol.PREFIX):
            return
        words = lines[at].rpartition(b" #")[0].decode("latin-1").split(" ")
        words[self.random.randrange(len(words))] = self.random.choice(WORDS if self.random.random() < 0.8 else VERBS)
        lines[at] = signed(" ".join(words))

    def insert(self, lines):
        """A line of the grammar, or nearly, as any program may print."""
        verb = self.random.choice(VERBS)
        words = [self.random.choice(WORDS) for _ in protocol.GRAMMAR[verb]]
        lines.insert(self.at(lines), signed(" ".join(["@exolab", verb, *words])))

    def damage(self, lines):
        at = self.at(lines)
        if at < len(lines) and lines[at]:
            line = bytearray(lines[at])
            line[self.random.randrange(len(line))] = self.random.randrange(256)
            lines[at] = bytes(line)

    def cut(self, lines):
        at = self.at(lines)
        if at < len(lines):
            lines[at:] = [lines[at][: self.random.randrange(len(lines[at]) + 1)]]

    def text(self, text: str, pieces: list[str]) -> str:
        """A text file with some of it replaced."""
        for _ in range(self.random.randint(1, 3)):
            at = self.random.randrange(len(text) + 1)
            text = text[:at] + self.random.choice(pieces) + text[at + self.random.choice((0, 1, 1, 3, 20)) :]
        return text

    def json(self, value):
        """Data with one place in it replaced, left out, or put in."""
        if isinstance(value, dict) and value and self.random.random() < 0.9:
            key = self.random.choice([*value])
            if self.random.random() < 0.1:
                return {name: one for name, one in value.items() if name != key}
            return value | {key: self.json(value[key])}
        if isinstance(value, list) and value and self.random.random() < 0.9:
            at = self.random.randrange(len(value))
            if self.random.random() < 0.1:
                return value[:at] + value[at + 1 :] * self.random.choice((1, 2))
            return [*value[:at], self.json(value[at]), *value[at + 1 :]]
        return self.random.choice([None, True, 0, 1, -1, 1.5, 1e300, 10**30, "", "x", "exos-qemu-1", "ok", [], {}, [1], {"a": 1}, [[]], "../x", "\0"])


def signed(text: str) -> bytes:
    covered = text.encode("latin-1", "replace")
    return covered + b" #%04x\n" % protocol.fletcher16(covered)
