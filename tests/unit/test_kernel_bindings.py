"""Bindings: binding.c, bind.c, page.c and the page-table walker under the sanitizers, random operations, against a model of dictionaries and queues."""

import struct

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
E_ADDRESS, E_CAP, E_QUOTA = -2, -3, -5
ENVS, PAGES, RESERVED, OWNED = 3, 3072, 16, 1536
PAGE_KIND, READ, WRITE, EXECUTE, OWN = 1, 1, 2, 4, 8
LARGE, GUARANTEED, REFILLED = 32, 16, 64
FIXED, CACHED, KEPT, REFILL = 0, 1, 2, 3  # the kinds, as entries hold them
AREA, GUARANTEED_END = 0x6FFFF, 0x71000  # in pages, as everything here
BINDINGS, BINDINGS_END, TOP = 0x7F0000000, 0x7F8000000, 0x7FFFFFFFF
MANY = 0xFFFF


@pytest.fixture(scope="session")
def bindings(unit):
    return unit("binding", "aegis/binding.c", "aegis/bind.c", "aegis/page.c", "aegis/capability.c", "machine/paging.c")


class Binding:
    def __init__(self, page, rights, granted, kind):
        self.page, self.rights, self.granted, self.kind, self.present = page, rights | READ, granted, kind, True


class Space:
    """What one environment has bound: small pages, large ones by their first page, and the queue of each set, the oldest first."""

    def __init__(self, limit):
        self.limit, self.ways = limit, min(limit, 512)
        self.small, self.large = {}, {}
        self.sets = [[] for _ in range(limit // self.ways if limit else 0)]
        self.hits = self.misses = self.evictions = 0

    def queue(self, at):
        return self.sets[at // 512 % len(self.sets)]

    def in_way(self, at):
        binding = self.small.get(at)
        return binding and binding.kind in (CACHED, REFILL) and binding.present

    def take_way(self, at):
        queue = self.queue(at)
        if len(queue) == self.ways:
            self.evictions += 1
            oldest = queue.pop(0)
            if self.small[oldest].kind == REFILL:
                self.small[oldest].present = False
            else:
                del self.small[oldest]
        queue.append(at)

    def clear(self, at):
        if self.in_way(at):  # the oldest moves into its place
            queue = self.queue(at)
            queue[queue.index(at)] = queue[0]
            queue.pop(0)
        del self.small[at]

    def write(self, at, binding):
        old = self.small.get(at)
        if old and old.kind == binding.kind == CACHED:
            self.small[at] = binding
            return
        if old:
            self.clear(at)
        else:
            self.misses += 1
        if binding.kind in (CACHED, REFILL):
            self.take_way(at)
        self.small[at] = binding

    def guaranteed(self):
        return sum(binding.kind == KEPT for binding in self.small.values())

    def refilled(self, at):
        return [other for other, binding in self.small.items() if binding.kind == REFILL and other % 32 == at % 32]

    def unbind(self, at, count):
        unbound = 0
        for page in range(at, at + count):
            if page // 512 * 512 in self.large:
                del self.large[page // 512 * 512]
                unbound += 512
            elif page in self.small:
                self.clear(page)
                unbound += 1
        return unbound

    def break_pages(self, pages):
        for at in [at for at, binding in sorted(self.small.items()) if binding.page in pages]:
            self.clear(at)
        for at in [at for at, binding in self.large.items() if any(page in pages for page in range(binding.page, binding.page + 512))]:
            del self.large[at]

    def line(self):
        every = {**self.small, **self.large}
        shown = [f"{at:x}:{b.page}:{b.rights}:{b.granted}:{b.kind}:{2 if at in self.large else int(b.present)}" for at, b in sorted(every.items())]
        queues = ["[" + "".join(f" {at:x}" for at in queue) + " ]" for queue in self.sets]
        present = len(self.large) + sum(binding.present for binding in self.small.values())
        return " ".join(["|", str(present), str(self.hits), str(self.misses), str(self.evictions), str(self.guaranteed()), *shown, *queues])


def bindable(at, count):
    end = at + count
    if not 1 <= at < TOP or count > MANY:
        return False
    return end <= AREA or (at >= GUARANTEED_END and (end <= BINDINGS or (at >= BINDINGS_END and end <= TOP)))


class Kernel:
    def __init__(self, limit):
        self.limit = limit
        self.space = [Space(limit) for _ in range(ENVS)]
        self.me = 0
        self.last = {}  # where each page was bound last: there the kernel breaks it first, and the order shows in the queues

    def bind(self, env, forged, where, name):
        space, at = self.space[env], where >> 12
        first, count, granted, kind = name & 0xFFFFFFFF, name >> 32 & 0xFFFF, name >> 48 & 0xFF, name >> 56
        flags = where & 0xFF8
        rights = where & 7 | READ
        if not bindable(at, count) or flags not in (0, LARGE, GUARANTEED, REFILLED):
            return E_ADDRESS
        if kind != PAGE_KIND or count == 0 or first < RESERVED or first + count > OWNED or forged or rights & ~granted:
            return E_CAP
        if flags == LARGE:
            return self.bind_large(space, at, first, count, rights, granted & 7)
        if flags == GUARANTEED and space.guaranteed() + count > 32:
            return E_QUOTA
        if flags == REFILLED and (count > 32 or any(space.refilled(at + i) not in ([], [at + i]) for i in range(count))):
            return E_QUOTA
        if any(page in space.large for page in range(at // 512 * 512, at + count, 512)):
            return E_ADDRESS
        bounded = CACHED if self.limit else FIXED
        made = {0: bounded, GUARANTEED: KEPT, REFILLED: REFILL if self.limit else FIXED}[flags]
        for i in range(count):
            space.write(at + i, Binding(first + i, rights, granted & 7, made))
            self.last[first + i] = (space, at + i)
        return 0

    def bind_large(self, space, at, first, count, rights, granted):
        aligned = count == 512 and first % 512 == 0 and at % 512 == 0
        if not aligned or at in space.large or any(at <= small < at + 512 for small in space.small):
            return E_ADDRESS
        space.large[at] = Binding(first, rights, granted, FIXED)
        space.misses += 1
        return 0

    def unbind(self, _env, _forged, va, count):
        return self.space[self.me].unbind(va >> 12, count) if va % 4096 == 0 and bindable(va >> 12, count) else E_ADDRESS

    def rights(self, _env, _forged, where, count):
        space, at, wanted = self.space[self.me], where >> 12, where & 0xFFF
        if wanted > 7 or not bindable(at, count) or not all(at + i in space.small for i in range(count)):
            return E_ADDRESS
        if any(wanted & ~space.small[at + i].granted for i in range(count)):
            return E_CAP
        for i in range(count):
            space.small[at + i].rights = wanted | READ
        return 0

    def switch(self, env, *_):
        self.me = env
        return 0

    def touch(self, env, _forged, va, _):
        space, at = self.space[env], va >> 12
        binding = space.small.get(at)
        if binding and not binding.present:
            space.hits += 1
            space.take_way(at)
            binding.present = True
        return int(bool(binding) or at // 512 * 512 in space.large)

    def break_(self, _env, _forged, first, count):
        return self.break_all(range(first, first + count))

    def break_of(self, env, *_):
        return self.break_all([page for page in range(RESERVED, OWNED) if page // 512 % ENVS == env])

    def break_all(self, pages):
        for page in pages:
            space, at = self.last.get(page, (self.space[0], 0))
            if at in space.small and space.small[at].page == page:
                space.clear(at)
        for space in self.space:
            space.break_pages(set(pages))
        return 0

    def recreate(self, env, *_):
        self.space[env] = Space(self.limit)
        return 0

    def read(self, env, _forged, va, _):
        return int(va >> 12 in self.space[env].small or va >> 21 << 9 in self.space[env].large)

    def line(self, status):
        return " ".join([str(status), *(space.line() for space in self.space)])


CALLS = ("bind", "unbind", "rights", "switch", "touch", "break_", "break_of", "recreate", "read")
BIND, UNBIND, RIGHTS, SWITCH, TOUCH, BREAK, BREAK_OF, RECREATE, READ_OP = range(len(CALLS))
# Few places, so that they meet: neighbours in one table, across two, in other tables of the same set, and at the edges of what may be bound.
PLACES = some.one_of(
    some.builds(lambda table, page: table * 512 + page, some.sampled_from([8, 9, 16, 24, 0x200000]), some.sampled_from([0, 1, 2, 5, 40, 500, 510, 511])),
    some.builds(lambda edge, off: edge + off, some.sampled_from([1, AREA, GUARANTEED_END, BINDINGS, BINDINGS_END, TOP]), some.integers(-2, 1)).filter(lambda at: at >= 0),
)
COUNTS = some.one_of(some.integers(1, 4), some.integers(1, 70), some.sampled_from([0, 32, 33, 63, 64, 65, 512, MANY]))
FEW_PAGES = some.one_of(some.integers(RESERVED, RESERVED + 40), some.sampled_from([512, 600, 1024, 1100, RESERVED - 1, OWNED - 1, PAGES - 1, PAGES, 2**32 - 1]))
ENV = some.sampled_from([0, 0, 0, *range(ENVS)])


def word(op, env=0, forged=0):
    return op | env << 8 | forged << 16


def name_of(kind, rights, first, count):
    return kind << 56 | rights << 48 | count << 32 | first


NAMES = some.builds(name_of, some.sampled_from([PAGE_KIND] * 7 + [2]), some.sampled_from([15, 15, 7, 3, READ, OWN]), FEW_PAGES, COUNTS)
FLAGS = some.one_of(some.integers(0, 7), some.builds(lambda rights, kind: rights | kind, some.sampled_from([1, 3]), some.sampled_from([0, REFILLED, GUARANTEED, LARGE, 8, 0x800])))
LARGE_BIND = some.builds(
    lambda env, at, first: (word(BIND, env), at << 12 | READ | LARGE, name_of(PAGE_KIND, 15, first, 512)), ENV, some.sampled_from([8 * 512, 9 * 512, 16 * 512]), some.sampled_from([512, 1024, 600])
)
NEAR = some.builds(lambda table, page: table * 512 + page, some.sampled_from([8, 16]), some.sampled_from([0, 1, 2, 3, 33]))
BURST = some.builds(lambda at, count: (word(BIND), at << 12 | READ, name_of(PAGE_KIND, 15, 20, count)), NEAR, some.integers(25, 64))  # fills the smallest cache
OPERATIONS = some.one_of(
    BURST,
    BURST,
    some.builds(lambda at, count: (word(BIND), at << 12 | READ | REFILLED, name_of(PAGE_KIND, 15, 20, count)), NEAR, some.integers(1, 3)),
    some.builds(lambda at: (word(TOUCH), at << 12, 0), NEAR),
    some.builds(lambda at, count: (word(UNBIND), at << 12, count), NEAR, some.integers(1, 30)),
    some.builds(lambda env, forged, at, flags, name: (word(BIND, env, forged == 9), at << 12 | flags, name), ENV, some.integers(0, 9), PLACES, FLAGS, NAMES),
    some.builds(lambda env, at, first, count: (word(BIND, env), at << 12 | READ, name_of(PAGE_KIND, 15, first, count)), ENV, PLACES, some.integers(20, 30), some.integers(1, 70)),
    LARGE_BIND,
    some.builds(lambda at, off, count: (word(UNBIND), at << 12 | off, count), PLACES, some.sampled_from([0, 0, 0, 1]), COUNTS),
    some.builds(lambda at, flags, count: (word(RIGHTS), at << 12 | flags, count), PLACES, some.integers(0, 8), some.one_of(some.integers(0, 3), COUNTS)),
    some.builds(lambda env: (word(SWITCH, env), 0, 0), ENV),
    some.builds(lambda env, at: (word(TOUCH, env), at << 12, 0), ENV, PLACES),
    some.builds(lambda first, count: (word(BREAK), first, count), some.integers(RESERVED, RESERVED + 40), some.integers(1, 3)),
    some.builds(lambda op, env: (word(op, env), 0, 0), some.sampled_from([BREAK_OF, RECREATE]), ENV),
    some.builds(lambda env, at: (word(READ_OP, env), at << 12, 0), ENV, PLACES),
)


def is_read(at):
    """A page is bound at `at`, and the kernel reads it."""
    return [(word(BIND), at << 12 | READ, name_of(PAGE_KIND, 15, 20, 1)), (word(READ_OP), at << 12, 0)]


@FEW
@example(64, [(word(BIND, 1), 8 * 512 << 12, name_of(PAGE_KIND, 15, OWNED - 1, 2)), (word(RECREATE), 0, 0)])
@example(64, [*is_read(BINDINGS - 1), *is_read(BINDINGS), *is_read(BINDINGS_END), *is_read(TOP - 1), *is_read(TOP)])
@given(some.sampled_from([64, 64, 128, 1024, 0]), some.lists(OPERATIONS, min_size=20, max_size=50))
def test_bindings_come_and_go_as_in_the_model(bindings, limit, operations):
    model, expected = Kernel(limit), []
    for op, a, b in operations:
        call = getattr(model, CALLS[op & 0xFF])
        expected.append(model.line(call(op >> 8 & 0xFF, op >> 16 & 1, a, b)))
    data = b"".join(struct.pack("<3Q", *operation) for operation in [(limit, 0, 0), *operations])
    assert bindings(data).splitlines() == expected


@FEW
@given(some.lists(some.sampled_from([8, 16, 24, 32, 40, 48, 56, 64]), min_size=1, max_size=8, unique=True), some.lists(some.integers(0, 200), max_size=100))
def test_what_an_instruction_needs_is_bound_in_the_end(bindings, tables, before):
    """Whatever was bound before: pages that are bound as they are missed are all bound after as many misses as there are pages."""
    operations = [(64, 0, 0), *((word(BIND), (72 * 512 + page) << 12 | READ, name_of(PAGE_KIND, 15, 20, 1)) for page in before)]
    for _ in tables:
        operations += [(word(BIND), table * 512 << 12 | READ, name_of(PAGE_KIND, 15, 20, 1)) for table in tables]
    last = bindings(b"".join(struct.pack("<3Q", *operation) for operation in operations)).splitlines()[-1]
    assert all(f" {table * 512:x}:20:" in last for table in tables)
