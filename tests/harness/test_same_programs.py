"""The same ELF on ultrix-compat and on Linux, by its hash; a run in which they differ has no numbers."""

import json
from dataclasses import replace

import pytest
from handmade import GOOD, ROOT, booted

from harness.booting.boot import Booted
from harness.catalogue import SYSTEMS
from harness.reading import same_programs, verdicts

PROGRAMS = {"null": "null", "exception": "exception"}


def boot(system: str, **hashes: str) -> Booted:
    made = booted(GOOD, system=system)
    order = replace(made.order, programs=dict.fromkeys(name for name in hashes if name in PROGRAMS))
    return replace(made, order=order, hashes={name.replace("__", "/"): digest for name, digest in hashes.items()})


@pytest.fixture
def cells(experiments):
    found, _ = verdicts.settle(booted(GOOD), experiments)
    return [replace(one, system=system) for system in ("ultrix-compat", "linux", "exos") for one in found]


def test_same_files_change_nothing(cells):
    boots = [boot("ultrix-compat", null="a", kernel="1"), boot("linux", null="a", kernel="2"), boot("exos", null="b")]
    assert same_programs.different(boots) == {}
    assert same_programs.judged(cells, boots, PROGRAMS) == cells


def test_another_file_takes_the_numbers_of_its_experiment_away(cells):
    boots = [boot("ultrix-compat", null="a", exception="e"), boot("linux", null="x", exception="e"), boot("exos", null="b")]
    judged = same_programs.judged(cells, boots, PROGRAMS)
    failed = {(one.system, one.experiment) for one in judged if one.verdict == "fail"}
    assert failed == {("ultrix-compat", "null"), ("linux", "null")}
    reason = next(one.reason for one in judged if one.verdict == "fail")
    assert reason == "not the same program everywhere: null: linux-qemu-1 ran x; ultrix-compat-qemu-1 ran a"
    assert all((one.measurement is None) == (one.verdict != "ok") for one in judged)


def test_another_file_to_execute_concerns_every_experiment_of_the_flavour(cells):
    boots = [boot("ultrix-compat", null="a", bin__hello="h"), boot("linux", null="a", bin__hello="i")]
    judged = same_programs.judged(cells, boots, PROGRAMS)
    assert {one.system for one in judged if one.verdict == "fail"} == {"ultrix-compat", "linux"}
    assert not [one for one in judged if one.verdict == "ok" and one.system != "exos"]


def test_the_reference_ran_the_same_files_on_both():
    about = json.loads((ROOT / "results/reference/manifest.json").read_text())
    hashes = {system: {} for system in SYSTEMS}
    for one in about["boots"]:
        system = one["name"].rsplit("-", 2)[0]
        hashes[system] |= {name: digest for name, digest in one["sha256"].items() if name not in ("kernel", "image", "init")}
    assert hashes["linux"] and hashes["linux"] == hashes["ultrix-compat"]
