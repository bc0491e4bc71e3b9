"""Pages and time slices: the kernel's own code under the sanitizers, random operations, against models that are as simple as the promises."""

import struct

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
E_CAP, E_PAGE, E_ENV, E_SLICE, E_TIME = -3, -4, -6, -7, -8
ENVS = (64, 65, 66)
PAGES, RESERVED = 64, 16
PAGE_KIND, ALL, OWN, READ = 1, 15, 8, 1
SLICES = 64
MASK = 2**64 - 1


@pytest.fixture(scope="session")
def pages(unit):
    return unit("page", "aegis/page.c", "aegis/capability.c")


@pytest.fixture(scope="session")
def slices(unit):
    return unit("slice", "aegis/slice.c", "aegis/debt.c", "aegis/overtime.c", "aegis/capability.c")


def packed(operations) -> bytes:
    return b"".join(struct.pack("<3Q", *operation) for operation in operations)


class Pages:
    """Who owns each page, and how often each has changed hands; a capability is a range, its rights, and the changes so far."""

    def __init__(self):
        self.owner = [None if page >= RESERVED else "kernel" for page in range(PAGES)]
        self.changes = [0] * PAGES
        self.caps = []
        self.me = ENVS[0]

    def epoch(self, first, count):
        return tuple(self.changes[first : first + count])

    def genuine(self, at, rights):
        """The pages that capability `at` (modulo what there is) names, or None if it is stale, or too weak."""
        if not self.caps:
            return None
        first, count, granted, epoch = self.caps[at % len(self.caps)]
        return range(first, first + count) if granted & rights == rights and self.epoch(first, count) == epoch else None

    def keep(self, first, count, rights):
        self.caps.append((first, count, rights, self.epoch(first, count)))
        return 0

    def own(self, page, who):
        self.owner[page] = who
        self.changes[page] += 1

    def alloc(self, page, _):
        if page >= PAGES or self.owner[page] not in (None, self.me):
            return E_PAGE
        if self.owner[page] is None:
            self.own(page, self.me)
        return self.keep(page, 1, ALL)

    def free(self, at, _):
        return self.give_to(at, None)

    def give(self, at, to):
        return self.give_to(at, to) if to in ENVS else E_ENV

    def give_to(self, at, to):
        named = self.genuine(at, OWN)
        for page in named or ():
            self.own(page, to)
        return 0 if named else E_CAP

    def renew(self, at, _):
        named = self.genuine(at, OWN)
        if not named:
            return E_CAP
        for page in named:
            self.changes[page] += 1
        return self.keep(named.start, len(named), self.caps[at % len(self.caps)][2])

    def mint(self, name, _):
        first, count, rights = name & 0xFFFFFFFF, name >> 32 & 0xFFFF, name >> 48 & 0xFF
        if count == 0 or first + count > PAGES or any(self.owner[page] != self.me for page in range(first, first + count)):
            return E_CAP
        return self.keep(first, count, rights)

    def switch(self, to, _):
        self.me = ENVS[to % len(ENVS)]
        return 0

    def grants(self, at, flipped):
        return int(bool(self.genuine(at, READ)) and flipped == 0)

    def line(self, status):
        owned = [sum(owner == env for owner in self.owner) for env in ENVS]
        return " ".join(map(str, [status, self.owner.count(None), *owned]))


PAGE_CALLS = ("alloc", "free", "give", "renew", "mint", "switch", "grants")
NUMBERS = some.one_of(some.integers(RESERVED - 2, RESERVED + 8), some.integers(0, PAGES + 1), some.sampled_from([2**32 - 1, 2**32, MASK]))
CAPABILITY = some.integers(0, 30)
NAMES = some.builds(
    lambda rights, first, count: PAGE_KIND << 56 | rights << 48 | count << 32 | first,
    some.sampled_from([ALL, READ, OWN, 7]),
    some.one_of(some.integers(RESERVED - 1, RESERVED + 8), some.sampled_from([0, PAGES - 1, PAGES, 2**32 - 1])),
    some.sampled_from([0, 1, 2, 3, 0xFFFF]),
)
PAGE_OPERATIONS = some.one_of(
    some.tuples(some.just(0), NUMBERS, some.just(0)),
    some.tuples(some.just(1), CAPABILITY, some.just(0)),
    some.tuples(some.just(2), CAPABILITY, some.sampled_from([*ENVS, 0, 67, 128, MASK])),
    some.tuples(some.just(3), CAPABILITY, some.just(0)),
    some.tuples(some.just(4), NAMES, some.just(0)),
    some.tuples(some.just(5), some.integers(0, 2), some.just(0)),
    some.tuples(some.just(6), CAPABILITY, some.sampled_from([0, 0, 1, 1 << 63])),
)


@FEW
@given(some.lists(PAGE_OPERATIONS, max_size=120))
def test_pages_change_hands_as_in_the_model(pages, operations):
    model = Pages()
    expected = [model.line(getattr(model, PAGE_CALLS[op])(a, b)) for op, a, b in operations]
    assert pages(packed(operations)).splitlines() == expected


class Slices:
    """The vector: owner and runner of each position; who runs, and where; what each environment owes, and has forfeited."""

    def __init__(self):
        self.owner, self.runner = {0: ENVS[0]}, {0: ENVS[0]}
        self.position, self.me = 0, ENVS[0]
        self.debt, self.forfeited = dict.fromkeys(ENVS, 0), dict.fromkeys(ENVS, 0)

    def after(self, position):
        """The allocated positions from the one behind `position` on, itself last."""
        return sorted(self.owner, key=lambda p: (p - position - 1) % SLICES)

    def run_next(self):
        if not self.owner:
            return None
        while True:
            self.position = self.after(self.position)[0]
            self.me = self.runner[self.position]
            payer = next((env for env in (self.me, self.owner[self.position]) if self.debtor(env)), None)
            if not payer:
                return 0
            self.debt[self.debtor(payer)] -= 1
            self.forfeited[payer] += 1

    def debtor(self, env):
        """Itself, or else the next above that owes and has no slices; each has made the next."""
        above = ENVS[: ENVS.index(env)][::-1]
        return next((one for one in (env, *above) if self.debt[one] and (one == env or one not in self.owner.values())), None)

    def owe(self, slices, env):
        if env in ENVS:
            able = [one for one in ENVS[: ENVS.index(env) + 1][::-1] if one in self.owner.values()]
            self.debt[able[0] if able else env] += slices % 4
        return 0

    def alloc(self, position, _):
        if position >= SLICES or self.owner.get(position, self.me) != self.me:
            return E_SLICE
        if position not in self.owner:
            self.owner[position] = self.runner[position] = self.me
        return 0

    def free(self, position, _):
        position %= 2**32  # a capability's name has no more room
        if position not in self.owner:
            return E_CAP
        if self.debtor(self.owner[position]):
            return E_TIME
        del self.owner[position], self.runner[position]
        return self.run_next() if position == self.position else 0

    def give(self, position, to):
        position %= 2**32
        if position not in self.owner:
            return E_CAP
        if to not in ENVS:
            return E_ENV
        if self.debtor(self.owner[position]):
            return E_TIME
        self.owner[position] = self.runner[position] = to
        return 0

    def forget(self, _, env):
        if env == self.me or env not in ENVS:
            return 0
        for position in [p for p in self.owner if self.owner[p] == env]:
            del self.owner[position], self.runner[position]
        for position in self.owner:
            if self.runner[position] == env:
                self.runner[position] = self.owner[position]
        return 0 if self.position in self.owner else self.run_next()

    def lend(self, _, to):
        if to in ENVS:
            self.runner[self.position] = self.me = to
        return 0

    def done(self, *_):
        return self.run_next()

    def line(self, status):
        if status is None:
            return "starved"
        ring = [self.position, *self.after(self.position)[:-1]]
        timed = int(len(ring) > 1)
        debts = [f"{self.debt[env]}/{self.debt[env]}/{self.forfeited[env]}" for env in ENVS]
        return " ".join([f"{status} {self.position} {self.me}", *debts, *(f"{p}:{self.owner[p]}:{self.runner[p]}:{timed}" for p in ring)])


SLICE_CALLS = ("alloc", "free", "give", "forget", "lend", "done", "owe")
POSITION = some.one_of(some.integers(0, 5), some.sampled_from([62, 63, 64, 2**32, MASK]))
SLICE_OPERATIONS = some.tuples(some.integers(0, len(SLICE_CALLS) - 1), POSITION, some.sampled_from([*ENVS, *ENVS, 67, 0, MASK]))


@FEW
@given(some.lists(SLICE_OPERATIONS, min_size=20, max_size=120))
def test_slices_go_round_as_in_the_model(slices, operations):
    model, expected = Slices(), []
    for op, position, env in operations:
        expected.append(model.line(getattr(model, SLICE_CALLS[op])(position, env)))
        if expected[-1] == "starved":
            break
    assert slices(packed(operations)).splitlines() == expected
