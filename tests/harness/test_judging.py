"""The verdicts: what is reproduced, what is not, and that nothing which was not measured is ever a yes."""

import json

import pytest
import sample_run
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_run import record

from harness.published import claims, claims_table, judging
from harness.published.claims import Claim
from harness.published.judging import CANNOT, NOT, REPRODUCED, UNTOLD, Counts

SAMPLE = sample_run.null_records() + sample_run.exception_records() + sample_run.later_records()


def both(experiment, operation, system, median, **more):
    return [record(experiment, operation, system, emulator, median) | more for emulator in ("qemu", "bochs")]


def judge(test: dict, cells: list[dict], checks=()) -> judging.Judged:
    claim = Claim("C1", "x", "y", experiments=tuple(sorted({name for name, _, _ in claims.cells(test)})), test=test)
    return judging.judge(claim, Counts(cells, list(checks)))


def said(found: judging.Judged) -> dict[str, tuple[str, list[str]]]:
    return {one.against: (one.verdict, [part.whole for part in one.parts]) for one in found.findings}


CALLS = both("null", "syscall", "exos", 5) + both("null", "syscall", "ultrix-compat", 80) + [record("null", "syscall", "linux", "qemu", 306)]
SYSCALL = {"kind": "ratio", "pairs": [["null/syscall@unix", "null/syscall@exos"]]}


def test_each_unix_system_has_its_verdict_and_the_claim_the_worst():
    found = judge(SYSCALL | {"at_least": 20}, CALLS)
    assert said(found) == {
        "ultrix-compat": (NOT, ["syscall, ultrix-compat / exos: 16.0 = 80 / 5"]),
        "linux": (REPRODUCED, ["syscall, linux / exos: 61.2 = 306 / 5"]),
    }
    assert found.verdict == NOT
    assert judge(SYSCALL | {"at_least": 16}, CALLS).verdict == REPRODUCED  # the bound itself holds


@pytest.mark.parametrize("bound, verdict", [({"at_most": 62}, REPRODUCED), ({"at_most": 61}, NOT), ({"within_percent": 7000}, REPRODUCED), ({"within_percent": 1}, NOT)])
def test_the_other_bounds(bound, verdict):
    assert judge(SYSCALL | bound, CALLS).verdict == verdict


def test_the_papers_least_ratio_is_its_tables():
    found = judge(SYSCALL | {"at_least": "paper"}, CALLS)
    assert found.paper == ("syscall: 10.1 to 13.3 = 32.2/3.2, 33.7/2.9, 21.3/1.6 µs",) and found.verdict == REPRODUCED
    slower = [one | {"min": 50, "median": 50, "max": 50} if one["system"] == "ultrix-compat" else one for one in CALLS]
    assert judge(SYSCALL | {"at_least": "paper"}, slower).verdict == NOT


def test_lrpc_stands_beside_the_emulation_that_it_is_of():
    ratios = {way: claims.published(("ipc", way, "unix"), ("ipc", "lrpc", "exos")).ratios()["DEC5000/125"] for way in ("lrpc-pipe", "lrpc-signal")}
    assert ratios == pytest.approx({"lrpc-pipe": 398 / 6.3, "lrpc-signal": 236 / 6.3})


def test_a_unix_system_that_was_not_measured_leaves_the_claim_open():
    found = judge(SYSCALL | {"at_least": 2}, [one for one in CALLS if one["system"] != "linux"])
    assert found.verdict == UNTOLD and said(found)["linux"] == (UNTOLD, ["null/syscall on linux was not measured"])
    assert judge(SYSCALL | {"at_least": 20}, [one for one in CALLS if one["system"] != "linux"]).verdict == NOT  # whatever Linux would say


def test_what_two_pairs_lack_is_said_once():
    twice = {"kind": "ratio", "at_least": 2, "pairs": [["null/syscall@unix", "null/syscall@exos"], ["null/syscall@unix", "null/procedure-call@exos"]]}
    (first, _), found = judge(twice, [one for one in SAMPLE if one["system"] == "exos"]).findings, judge(twice, SAMPLE).findings
    assert [part.whole for part in first.shown] == ["null/syscall on ultrix-compat was not measured"] and len(first.parts) == 2
    assert len(found[0].shown) == 2


def test_claims_are_no_wider_than_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, claims_table.as_text(judging.judged(SAMPLE), "").splitlines())) <= 60


def test_linux_tuned_is_judged_where_it_was_measured():
    found = judge(SYSCALL | {"at_least": 16}, CALLS + [record("null", "syscall", "linux-tuned", "qemu", 75)])
    assert said(found)["linux-tuned"][0] == NOT and found.verdict == NOT


@pytest.mark.parametrize("verdict", ["timeout", "panic", "missing", "fail", "unsupported"])
def test_a_cell_without_a_number_is_no_yes(verdict):
    cells = [one for one in CALLS if one["system"] != "exos"] + [record("null", "syscall", "exos", emulator, verdict=verdict, reason="no") for emulator in ("qemu", "bochs")]
    found = judge(SYSCALL | {"at_least": 2}, cells)
    assert found.verdict == UNTOLD and said(found)["linux"][1] == [f"null/syscall on exos: {verdict}"]


def test_a_number_that_breaks_the_law_is_no_number():
    wrong = {"experiment": "null", "operation": "syscall", "system": "exos", "verdict": "fail"}
    found = judge(SYSCALL | {"at_least": 2}, CALLS, [wrong])
    assert found.verdict == UNTOLD and said(found)["linux"][1] == ["null/syscall on exos: the emulators disagree"]
    assert judge(SYSCALL | {"at_least": 2}, CALLS, [wrong | {"verdict": "ok"}]).verdict == REPRODUCED


def test_what_one_emulator_alone_has_is_said_to_be_of_it():
    cells = [one for one in CALLS if one["emulator"] == "bochs" or one["system"] == "linux"]
    assert said(judge(SYSCALL | {"at_least": 2}, cells))["ultrix-compat"] == (REPRODUCED, ["syscall, ultrix-compat / exos: 16.0 = 80 / 5 in bochs"])
    assert said(judge(SYSCALL | {"at_least": 2}, cells))["linux"][0] == UNTOLD  # never a count of one emulator over a count of the other


def test_nothing_is_divided_by_zero():
    cells = [one | {"min": 0, "median": 0, "max": 0} if one["system"] == "exos" else one for one in CALLS]
    assert "nothing to divide by" in said(judge(SYSCALL | {"at_least": 2}, cells))["linux"][1][0]


MOST = {"kind": "ratio", "pairs": [[f"null/{name}@exos", "null/d@exos"] for name in "abc"], "at_least": 10, "most": True}


@pytest.mark.parametrize(
    "counts, verdict", [((20, 10, 1), REPRODUCED), ((20, 9, 1), NOT), ((20, 20, None), UNTOLD), ((1, 1, None), NOT), ((20, None, None), UNTOLD), ((None,) * 3, UNTOLD)]
)
def test_most_is_more_than_half_and_all_must_have_been_measured(counts, verdict):
    cells = both("null", "d", "exos", 1)
    for name, median in zip("abc", counts):
        cells += both("null", name, "exos", median) if median else []
    assert judge(MOST, cells).verdict == verdict


def test_an_order_must_be_strict():
    cells = both("null", "a", "exos", 5) + both("null", "b", "exos", 5) + both("null", "c", "exos", 6)
    order = lambda *names: judge({"kind": "order", "cells": [f"null/{name}@exos" for name in names]}, cells)  # noqa: E731
    assert (order("a", "c").verdict, order("c", "a").verdict, order("a", "b").verdict) == (REPRODUCED, NOT, NOT)
    assert order("a", "c").findings[0].parts[0].text == "a 5, c 6"


def test_counts_and_what_must_not_be_zero():
    cells = both("fairness", "never", "exos", 0, unit="count") + both("fairness", "slow", "exos", 4, unit="count")
    test = {"kind": "count", "cells": ["fairness/never@exos"], "at_most": 0, "and_some": ["fairness/slow@exos"]}
    assert judge(test, cells).verdict == REPRODUCED
    assert judge(test | {"and_some": ["fairness/never@exos"]} | {"cells": ["fairness/slow@exos"]}, cells).verdict == NOT


SEQUENCE = {"kind": "sequence", "series": "stride/ran@exos", "repeats": [3, 2, 3, 3, 1, 2]}
GAP = {"kind": "gap", "series": "stride/work@exos", "at_most": 1}


def test_the_order_of_figure_3():
    cells = sample_run.stride_records()
    assert judge(SEQUENCE, cells).verdict == REPRODUCED
    wrong = [one | {"min": 1, "median": 1, "max": 1} if one["operation"] == "ran-97" else one for one in cells]
    assert judge(SEQUENCE, wrong).verdict == NOT and "number 97 is 1" in judge(SEQUENCE, wrong).findings[0].parts[0].text
    for hole in ("ran-1", "ran-50"):
        assert judge(SEQUENCE, [one for one in cells if one["operation"] != hole]).verdict == UNTOLD


def test_the_gap_of_figure_3():
    cells = sample_run.stride_records()
    assert judge(GAP, cells).findings[0].parts[0].text == "at most 1.00 quanta (share 3, after quantum 4)"
    assert judge(GAP, cells).verdict == REPRODUCED and judge(GAP | {"at_most": 0.9}, cells).verdict == NOT
    assert judge(GAP, [one for one in cells if one["operation"] != "work-7"]).verdict == UNTOLD
    assert judge(GAP, cells[:2]).verdict == judge(GAP, []).verdict == UNTOLD


def test_the_sample_has_every_kind_of_verdict_and_is_tallied():
    found = judging.judged(SAMPLE)
    assert {one.verdict for one in found} == {REPRODUCED, NOT, UNTOLD, CANNOT}
    tally = judging.tally(found)
    assert sum(tally[""].values()) == len(found) and set(tally) == {"", "ultrix-compat", "linux", "linux-tuned"}


def test_an_empty_run_reproduces_nothing():
    assert {one.verdict for one in judging.judged([])} == {UNTOLD, CANNOT}


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, len(SAMPLE) - 1)))
def test_a_partial_run_never_reproduces_what_the_whole_does_not(gone):
    whole = {one.claim.id: one for one in judging.judged(SAMPLE)}
    for one in judging.judged([cell for at, cell in enumerate(SAMPLE) if at not in gone]):
        for part in one.findings:
            if part.verdict == REPRODUCED:
                assert part.verdict in {other.verdict for other in whole[one.claim.id].findings if other.against == part.against}
                assert all(each.holds is not None for each in part.parts)


def test_the_verb_says_verdicts_counts_and_what_could_not_be_told(inside, tmp_path):
    run_dir = sample_run.write(tmp_path / "run", SAMPLE, law=[])
    done = inside("claims", "--run", run_dir)
    assert done.returncode == 2 and "Traceback" not in done.stderr  # the sample leaves claims open
    assert done.stdout.startswith("PARTIAL 39/48\n") and "paper: syscall: 10.1 to 13.3 = 32.2/3.2" in done.stdout
    assert "C18  REPRODUCED: " in done.stdout and "against linux-tuned: " in done.stdout
    claim = next(one for one in json.loads(inside("claims", "--run", run_dir, "--format", "json").stdout)["claims"] if one["id"] == "C8")
    assert claim["findings"][0]["measured"] == [{"text": "syscall, ultrix-compat / exos: 20.0 = 100 / 5", "holds": True}]


def test_the_verb_without_a_run_says_so(inside, tmp_path):
    done = inside("claims", "--run", tmp_path / "nowhere")
    assert done.returncode == 2 and "there is no run" in done.stderr
