"""Revocation: revoke.c and page.c under the sanitizers, requests and deadlines in any order, against a model of who is told what and who loses what."""

import struct

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

FEW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
E_CAP, E_PAGE, E_QUOTA, E_TIME = -3, -4, -5, -8
ENVS, PAGES, RESERVED, MOST = 3, 96, 16, 32
PAGE, SLICE, OWN, WRITE = 1, 3, 8, 2
REVOKE_PC, REPOSSESS_PC, EMERGENCY_PC = 1, 2, 4
FOREVER = 2**64 - 1


@pytest.fixture(scope="session")
def revocation(unit):
    return unit("revoke", "aegis/revoke.c", "aegis/page.c", "aegis/capability.c")


class Env:
    def __init__(self, number):
        self.number = number
        self.pages, self.kept, self.slices = set(), [], set()
        self.target_pages = self.target_slices = self.deadline = self.shown = self.wanted_pages = self.wanted_slices = 0
        self.entries, self.due = 0, set()
        self.save, self.nsaves, self.losses, self.nlosses = {}, 0, {i: (0, 0, 0) for i in range(MOST)}, 0

    def lose(self, kind, resource, saved):
        if self.nlosses < MOST:
            self.losses[self.nlosses] = (kind, resource, saved)
        self.nlosses = min(self.nlosses, MOST) + 1

    def save_places(self):
        named = {page for i, (_, page, *_) in self.save.items() if i < min(self.nsaves, MOST)}
        return named | {saved for i, (_, _, saved) in self.losses.items() if i < min(self.nlosses, MOST)}

    def line(self, contents):
        losses = [f"{kind}/{what}/{saved}" for i, (kind, what, saved) in sorted(self.losses.items()) if i < min(self.nlosses, MOST)]
        mask = sum(1 << position for position in self.slices)
        told = [self.shown, self.wanted_pages, self.wanted_slices, self.deadline, self.nsaves, f"{mask:x}", self.nlosses]
        return " ".join(map(str, ["|", *told, *(f"{page}:{contents[page]}" for page in sorted(self.pages)), *losses]))


class Kernel:
    def __init__(self):
        self.env = [Env(i) for i in range(ENVS)]
        self.me, self.time, self.contents, self.epoch = 0, 1000, [0] * PAGES, [0] * PAGES

    def owner(self, page):
        return next((env for env in self.env if page in env.pages), None)

    def move(self, page, env):
        old = self.owner(page)
        if old:
            old.pages.remove(page)
        if env:
            env.pages.add(page)
        self.epoch[page] += 1

    def range(self, name):
        first, count = name & 0xFFFFFFFF, name >> 32 & 0xFFFF
        return range(first, first + count) if count and first + count <= PAGES else None

    def revoke(self, env, count, ticks):
        kind, n = count >> 32, count & 0xFFFFFFFF
        pages, slices = len(env.pages), len(env.slices)
        if kind not in (PAGE, SLICE):
            return E_CAP
        if n > MOST or n > (pages if kind == PAGE else slices):
            return E_QUOTA
        deadline = min(self.time + ticks, FOREVER) if ticks else 0
        left_pages = pages - n if kind == PAGE else pages
        left_slices = max(slices - n, 1) if kind == SLICE else slices
        if env.deadline and not (env.number > 0 and self.me == 0):  # only its maker takes a standing imperative back
            deadline = min(deadline, env.deadline) if deadline else env.deadline
            left_pages, left_slices = min(left_pages, env.target_pages), min(left_slices, env.target_slices)
        env.target_pages, env.target_slices, env.deadline = left_pages, left_slices, deadline
        env.shown = deadline
        env.wanted_pages, env.wanted_slices = max(pages - left_pages, 0), max(slices - left_slices, 0)
        env.due.add(REVOKE_PC)
        return 0

    def save_to(self, env, page):
        n = env.nsaves
        if n == 0 or n > MOST:
            return -1
        env.nsaves = n - 1
        genuine, to, count, rights, epoch, kind = env.save.get(n - 1, (False, 0, 0, 0, 0, 0))
        if not genuine or count != 1 or to == page or to >= PAGES or kind != PAGE or not rights & WRITE or epoch != self.epoch[to]:
            return -1
        self.contents[to] = self.contents[page]
        return to

    def take_pages(self, env, save_places_too):
        taken = 0
        for page in range(PAGES):
            if len(env.pages) <= env.target_pages:
                break
            if page not in env.pages or page in env.kept or (not save_places_too and page in env.save_places()):
                continue
            env.lose(PAGE, page, self.save_to(env, page))
            self.move(page, None)
            taken += 1
        return taken

    def take_slices(self, env):
        taken = 0
        for position in range(63, -1, -1):
            if len(env.slices) > env.target_slices and position in env.slices and position != min(env.slices):
                env.slices.remove(position)
                env.lose(SLICE, position, -1)
                taken += 1
        return taken

    def repossess(self, env, *_):
        if not env.deadline or self.time < env.deadline:
            return E_TIME
        env.deadline = env.shown = env.wanted_pages = env.wanted_slices = 0
        taken = self.take_pages(env, False) + self.take_pages(env, True) + self.take_slices(env)
        env.due.discard(REVOKE_PC)
        if taken:
            env.due.add(REPOSSESS_PC)
        if len(env.pages) > env.target_pages:
            env.due.add(EMERGENCY_PC)
        return taken

    def start(self, env, *_):
        self.repossess(env)
        entry = 0
        for upcall in (REPOSSESS_PC, EMERGENCY_PC, REVOKE_PC):
            if not entry and upcall in env.due:
                env.due.remove(upcall)
                entry = env.entries & upcall
        if env.deadline:
            env.due.add(REVOKE_PC)
        return entry

    def pass_time(self, _, ticks, __):
        self.time = (self.time + ticks) % 2**64
        return 0

    def keep(self, _, name, __):
        me, pages = self.env[self.me], self.range(name)
        if pages is None or name >> 56 != PAGE or not name >> 48 & OWN:
            return E_CAP
        if not all(page in me.pages for page in pages):
            return E_PAGE
        if len(me.kept) + len(pages) > 10:
            return E_QUOTA
        me.kept += pages
        return 0

    def save(self, env, name, spoil):
        to = name & 0xFFFFFFFF
        if env.nsaves < MOST:
            in_range = self.range(name) is not None
            env.save[env.nsaves] = (spoil == 0 and in_range, to, name >> 32 & 0xFFFF, name >> 48 & 0xFF, self.epoch[to] if in_range else 0, name >> 56)
        env.nsaves = spoil >> 8 or (env.nsaves + 1) % 2**32
        return 0

    def set_entries(self, env, entries, _):
        env.entries = entries & 7
        return 0

    def alloc(self, _, page, __):
        me = self.env[self.me]
        if page >= PAGES or page < RESERVED or self.owner(page) not in (None, me):
            return E_PAGE
        if page not in me.pages:
            self.move(page, me)
        self.contents[page] = page * 1000
        return 0

    def free(self, _, name, __):
        me, pages = self.env[self.me], self.range(name)
        if not pages or not all(page in me.pages for page in pages) or not name >> 48 & OWN or name >> 56 != PAGE:
            return E_CAP
        for page in pages:
            self.move(page, None)
        return 0

    def switch(self, env, *_):
        self.me = env.number
        return 0

    def read_losses(self, env, left, _):
        env.nlosses = left & 0xFFFFFFFF
        return 0

    def set_slices(self, env, mask, _):
        env.slices = {position for position in range(64) if mask >> position & 1}
        return 0

    def line(self, status):
        return " ".join([str(status), *(env.line(self.contents) for env in self.env)])


CALLS = ("revoke", "repossess", "start", "pass_time", "keep", "save", "set_entries", "alloc", "free", "switch", "read_losses", "set_slices")
REVOKE, REPOSSESS, START, PASS, KEEP, SAVE, ENTRIES, ALLOC, FREE, SWITCH, READ_LOSSES, SLICES = range(len(CALLS))


def name_of(kind, rights, count, first):
    return kind << 56 | rights << 48 | count << 32 | first


ENV = some.sampled_from([0, 1, 1, 1, 2])
NUMBER = some.one_of(some.integers(RESERVED, RESERVED + 12), some.sampled_from([RESERVED - 1, PAGES - 1, PAGES, 2**32 - 1]))
NAME = some.builds(name_of, some.sampled_from([PAGE, PAGE, PAGE, 2]), some.sampled_from([15, 15, OWN, WRITE]), some.sampled_from([1, 1, 1, 2, 0, 11]), NUMBER)
TICKS = some.one_of(some.sampled_from([0, 1, 100, FOREVER]), some.integers(1, 300))


def call(op, env=some.just(0), a=some.just(0), b=some.just(0)):
    return some.builds(lambda env, a, b: (op | env << 8, a, b), env, a, b)


OPERATIONS = some.one_of(
    call(REVOKE, ENV, some.builds(lambda kind, n: kind << 32 | n, some.sampled_from([PAGE, PAGE, SLICE, 2]), some.sampled_from([0, 1, 2, 3, 4, 33, 2**32 - 1])), TICKS),
    call(REVOKE, ENV, some.builds(lambda n: PAGE << 32 | n, some.integers(1, 6)), some.integers(1, 100)),
    call(REPOSSESS, ENV),
    call(START, ENV),
    call(PASS, a=some.integers(0, 200)),
    call(KEEP, a=NAME),
    call(SAVE, ENV, NAME, some.sampled_from([0, 0, 0, 1, 33 << 8, 0xFFFFFFFF << 8])),
    call(ENTRIES, ENV, some.integers(0, 7)),
    call(ALLOC, a=NUMBER),
    call(ALLOC, a=some.integers(RESERVED, RESERVED + 12)),
    call(FREE, a=NAME),
    call(SWITCH, ENV),
    call(READ_LOSSES, ENV, some.sampled_from([0, 0, 31, 32, 2**32 - 1])),
    call(SLICES, ENV, some.sampled_from([1, 0b1011, 0xF0, 1 << 63 | 1])),
)


def story(places, n, abort):
    """Save places, some of them its own pages; a demand, the time it has, and what it is told then."""
    saves = [(SAVE | 1 << 8, name_of(PAGE, 15, 1, RESERVED + place), 0) for place in places]
    return [*saves, (REVOKE | 1 << 8, PAGE << 32 | n, 1), (PASS, 5, 0), (abort | 1 << 8, 0, 0), (START | 1 << 8, 0, 0), (START | 1 << 8, 0, 0)]


STORY = some.builds(story, some.lists(some.integers(0, 7), max_size=4), some.integers(1, 6), some.sampled_from([REPOSSESS, START]))
STEPS = some.one_of(STORY, *[OPERATIONS.map(lambda operation: [operation])] * 6)


@FEW
@example([story([5, 4, 3, 2, 1, 0], 6, REPOSSESS)])  # all its pages are save places, each other's and in the end their own
@given(some.lists(STEPS, min_size=15, max_size=50))
def test_what_is_revoked_goes_as_in_the_model(revocation, steps):
    operations = [operation for step in steps for operation in step]
    setup = [(SWITCH | 1 << 8, 0, 0), *((ALLOC, RESERVED + i, 0) for i in range(6)), (ENTRIES | 1 << 8, 7, 0), (SWITCH, 0, 0)]
    model, expected = Kernel(), []
    for op, a, b in setup + operations:
        expected.append(model.line(getattr(model, CALLS[op & 0xFF])(model.env[op >> 8], a, b)))
    data = b"".join(struct.pack("<3Q", *operation) for operation in setup + operations)
    assert revocation(data).splitlines() == expected
