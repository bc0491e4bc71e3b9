"""The simulated TLB and caches are what a small model in Python says."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

FEW = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def cache(unit):
    return unit("cache", "harness/model/memory/cache.c")


class Model:
    """Sets of names, the latest used first."""

    def __init__(self, nentries: int, nways: int):
        self.nways = nways
        self.sets = [[] for _ in range(nentries // nways)] if nentries else []

    def use(self, name: int) -> str:
        if not self.sets:
            return "miss"
        own = self.sets[name % len(self.sets)]
        hit = name in own
        own[:] = [name, *(other for other in own if other != name)][: self.nways]
        return "hit" if hit else "miss"

    def drop(self, mask: int, value: int) -> None:
        for own in self.sets:
            own[:] = [name for name in own if name & mask != value]


STEPS = st.lists(st.one_of(st.integers(0, 40).map(lambda name: ("u", name)), st.tuples(st.just("d"), st.sampled_from([1, 3, 32]), st.integers(0, 3))), max_size=120)


@FEW
@example((8, 8), [*(("u", name) for name in (1, 0, 2, 3, 4, 5, 6, 7)), ("d", 1, 0), ("u", 0), ("u", 1)])
@given(st.sampled_from([(1, 1), (8, 1), (8, 2), (8, 8), (12, 3), (0, 1)]), STEPS)
def test_hits_and_misses_are_the_models(cache, shape, steps):
    model, wanted = Model(*shape), []
    for step in steps:
        if step[0] == "u":
            wanted.append(model.use(step[1]))
        else:
            model.drop(*step[1:])
    text = "\n".join(" ".join(map(str, step)) for step in [shape, *steps])
    assert cache(text.encode()).split() == wanted


@pytest.mark.parametrize("shape", ["8 0", "8 3", "24 2"])
def test_what_makes_no_power_of_two_of_sets_is_refused(cache, shape):
    assert cache(shape.encode()) == "refused\n"
