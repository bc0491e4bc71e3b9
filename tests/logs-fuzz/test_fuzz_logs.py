"""A few thousand mutated logs; make fuzz-logs tries a million. And that they would notice: each defect planted in the harness is found."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import judge  # noqa: E402
from mutate import Mutator  # noqa: E402

from harness.booting import protocol  # noqa: E402
from harness.reading import verdicts

FEW = 1500


def test_whatever_is_printed_gets_its_verdict():
    assert judge.chunk(seed=0, count=FEW) == FEW


def test_the_logs_are_all_kinds_of_wrong():
    mutator, logs, found = Mutator(1), judge.corpus(), set()
    for _ in range(300):
        system, lines, planned = mutator.random.choice(logs)
        found |= {one.verdict for one in judge.judge(system, mutator.log(lines), planned, mutator.random.choice(judge.ENDINGS))}
    assert found == judge.VERDICTS


def drops_the_last_record(settle):
    def settled(*arguments):
        made, again = settle(*arguments)
        return made[:-1], again

    return settled


def adds_one(runs):
    return lambda text: tuple(value + 1 for value in runs(text))


def raises_on_a_panic(ending):
    def ended(booted, symbolise=hex):
        verdict = ending(booted, symbolise)
        return verdict if verdict is None or verdict.verdict != "panic" else verdict.no_such_field

    return ended


DEFECTS = {
    "a record is lost": (verdicts, "settle", drops_the_last_record),
    "a number is not the log's": (protocol, "runs", adds_one),
    "a panic raises": (verdicts, "ending", raises_on_a_panic),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found_and_its_log_kept(monkeypatch, tmp_path, defect):
    module, name, broken = DEFECTS[defect]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, name, broken(getattr(module, name)))
    with pytest.raises((AssertionError, AttributeError)):
        judge.chunk(seed=2, count=FEW)
    assert list(tmp_path.glob("fuzz-logs-2-*.serial"))
