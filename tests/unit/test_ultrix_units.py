"""Parts of ultrix-compat that stand alone, against small models in Python: the map of an address space, the bytes of a file, small objects. Memory runs out now and then."""

import struct

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from test_units import memo

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

# ---- the map of an address space ----

SET, REMOVE, PROTECT, ALLOW, FORK = range(5)
PAGES = 400
CHANGE = some.tuples(some.integers(SET, PROTECT), some.integers(16, PAGES), some.integers(1, 60), some.integers(0, 3), some.integers(0, 1))
FORKED = some.just((FORK, 0, 0, 0, 0))
MANY = some.tuples(some.just(PROTECT), some.integers(16, PAGES), some.just(1), some.integers(0, 3), some.just(0))


def apply(pages: dict[int, tuple[int, int]], change: tuple[int, ...]) -> None:
    what, first, n, prot, shared = change
    for page in range(first, first + n):
        if what == SET:
            pages[page] = (prot, shared)
        elif what == REMOVE:
            pages.pop(page, None)
        elif page in pages:
            pages[page] = (prot, pages[page][1])


def as_regions(pages: dict[int, tuple[int, int]]) -> list[str]:
    regions: list[list] = []
    for page in sorted(pages):
        if regions and regions[-1][1] == page and regions[-1][2] == pages[page]:
            regions[-1][1] += 1
        else:
            regions.append([page, page + 1, pages[page]])
    return [f"{start} {end} {prot} {shared}" for start, end, (prot, shared) in regions]


def held_against_the_model(unit, changes) -> None:
    out = memo(unit, "region", "ultrix-compat/region.c")(b"".join(struct.pack("<5Q", *change) for change in changes)).splitlines()
    pages: dict[int, tuple[int, int]] = {}
    for change, done in zip(changes, out):
        if change[0] != ALLOW and done == "1":
            apply(pages, change)
    assert out[len(changes) : -1] == as_regions(pages)
    assert out[-1] == "left 0"


@FEW
@example([(SET, 16, 4, 3, 0), (FORK, 0, 0, 0, 0), (SET, 16, PAGES, 1, 0)])  # the child puts one in place of all
@given(some.lists(some.one_of(CHANGE, FORKED), max_size=60))
def test_the_map_is_what_was_asked_for(unit, changes):
    held_against_the_model(unit, changes)


@FEW
@given(some.lists(MANY, min_size=300, max_size=800))
def test_a_map_of_many_chunks_is_what_was_asked_for(unit, changes):
    held_against_the_model(unit, [(SET, 16, PAGES, 3, 0), *changes])


@FEW
@given(some.lists(some.one_of(CHANGE, FORKED, some.tuples(some.just(ALLOW), some.integers(0, 3), some.just(0), some.just(0), some.just(0))), max_size=60))
def test_a_change_without_memory_changes_nothing(unit, changes):
    held_against_the_model(unit, changes)


# ---- the bytes of a file ----

WRITE, READ, TRUNCATE, LIMIT = range(4)
EFAULT, EFBIG, ENOSPC = 14, 27, 28
OFFSET = some.one_of(some.integers(0, 20000), some.integers(0, 3 << 20), some.sampled_from([4095, 4096, 4097, 8192, (2 << 20) - 1, 2 << 20, (1 << 30) - 5000]))
ACTION = some.tuples(some.integers(WRITE, READ), OFFSET, some.integers(0, 12000))
CUT = some.tuples(some.just(TRUNCATE), OFFSET, some.just(0))
SCARCE = some.tuples(some.just(LIMIT), some.integers(0, 6), some.just(0))
MOST = 1 << 30


class Bytes:
    """A file as a dictionary of the bytes that are not zero."""

    def __init__(self):
        self.size = 10000
        self.bytes = {i: i * 3 & 255 for i in range(self.size)}
        self.writes = 0

    def apply(self, what: int, at: int, n: int, result: int) -> None:
        """The result is taken from the program for writes, which may be short; what it may be is checked."""
        if what == WRITE:
            self.writes += 1
            assert result == n or -result in (EFAULT, EFBIG, ENOSPC) or 0 < result < n
            for i in range(max(result, 0)):
                self.bytes[at + i] = ((at + i) * 13 + self.writes) & 255
            self.size = max(self.size, at + result) if result > 0 else self.size
        elif what == TRUNCATE:
            assert result == (0 if at <= MOST else -EFBIG)
            self.bytes = {i: byte for i, byte in self.bytes.items() if i < at}
            self.size = at

    def sum(self, at: int, n: int) -> int:
        value = 0
        for i in range(at, min(at + n, self.size)):
            value = value * 31 + self.bytes.get(i, 0) & (1 << 64) - 1
        return value


@FEW
@example([(0, 0, 8193), (READ, 0, 20000)])  # the rest of a page lies across the end of the archive's bytes
@given(some.lists(some.one_of(ACTION, CUT, SCARCE), max_size=25))
def test_a_file_holds_what_was_written(unit, actions):
    out = memo(unit, "contents", "ultrix-compat/contents.c")(b"".join(struct.pack("<3Q", *action) for action in actions)).splitlines()
    model = Bytes()
    for (what, at, n), line in zip(actions, out):
        result, found, size = map(int, line.split())
        model.apply(what, at, n, result)
        assert size == model.size
        if what == READ:
            assert (result, found) == (max(0, min(n, model.size - at)), model.sum(at, n))
    assert out[-1] == "left 0 0"


# ---- small objects ----


@FEW
@given(some.lists(some.integers(0, 5000), max_size=600), some.integers(0, 3))
def test_no_two_objects_are_in_one_place(unit, words, more_takes):
    words = [word * 2 if word % 4 < more_takes else word for word in words]
    first, last = memo(unit, "slab", "ultrix-compat/slab.c")(struct.pack(f"<{len(words)}Q", *words)).splitlines()
    objects, pages = int(first.split()[0]), int(first.split()[3])
    assert pages <= objects and objects <= pages * 11
    assert last == "left 0"
