"""The published figures, and the ratios that stand beside them."""

import csv
import shutil

import pytest
from sample_run import later_records, null_records, record

from harness.errors import Trouble
from harness.published import paper, ratios
from harness.reading import records

DERIVED = {  # our operation: its row in the derived table
    ("null", "syscall"): "getpid against Aegis system call, no stack",
    ("null", "syscall-stack"): "getpid against Aegis system call, stack",
    ("exception", "prot-dispatch"): "exception prot",
    ("exception", "overflow-dispatch"): "exception overflow",
    ("ipc", "pipe"): "pipe",
    ("ipc", "pipe-inlined"): "pipe (Ultrix) against pipe' (ExOS)",
    ("ipc", "shm"): "shm",
    ("ipc", "lrpc"): "two Ultrix shm (signal) transfers against ExOS lrpc",
    **{("vm", name): name for name in ("prot1", "prot100", "unprot100", "trap", "appel1", "appel2")},
}


def test_the_ratios_of_tables_4_and_5_by_hand():
    ratio = {name: one.ratios() for name, one in paper.published().items()}
    assert ratio["null", "syscall"]["DEC2100"] == pytest.approx(32.2 / 3.2)
    assert ratio["null", "syscall-stack"]["DEC5000/125"] == pytest.approx(21.3 / 2.3)
    assert ratio["exception", "prot-dispatch"]["DEC5000/125"] == pytest.approx(154 / 1.5)
    assert ratio["null", "procedure-call"]["DEC3100"] == 1


@pytest.mark.parametrize("name, row", DERIVED.items())
def test_the_ratios_are_those_of_the_derived_table(name, row):
    with (paper.FOLDER / "derived-ratios-ultrix-over-exokernel.csv").open(newline="") as file:
        derived = {line["machine"]: float(line["ratio"]) for line in csv.DictReader(file) if line["operation"] == row}
    found = paper.published()[name].ratios()
    assert {machine: round(value, 2) for machine, value in found.items()} == pytest.approx(derived, abs=0.006)
    assert len(found) == 3


@pytest.mark.parametrize("operation", ["unalign-dispatch", "coproc-dispatch"])
def test_what_ultrix_cannot_do_has_figures_of_aegis_alone_and_no_ratio(operation):
    one = paper.published()["exception", operation]
    assert one.ratios() == {} and list(one.aegis.values()) == [2.8, 2.1, 1.5]


def test_figures_are_spelt_as_the_paper_prints_them():
    assert [paper.microseconds(figure) for figure in (208.0, 3.0, 0.57, None)] == ["208", "3.0", "0.57", "n/a"]


def test_tables_that_compare_exos_with_exos_by_hand():
    table_13 = paper.published(rows=paper.PAGE_TABLE_ROWS)
    assert table_13["vm", "dirty"].ratios() == pytest.approx({"DEC2100": 17.5 / 8.0, "DEC3100": 13.1 / 5.9})
    assert all(one.ratios()["DEC2100"] == 1 for one in (table_13["vm", "trap"],))
    assert paper.published(rows=paper.TRUST_ROWS)["rpc", "tlrpc"].ratios()["DEC5000/125"] == pytest.approx(6.3 / 2.9)


def test_table_9_is_in_seconds_and_table_6_has_no_unix():
    found = paper.published()
    assert found["matrix", "matrix150"].unit == "s" and found["matrix", "matrix150"].ratios()["DEC2100"] == pytest.approx(7.1 / 7.0)
    assert found["pct", "sync"].ratios() == {} and found["pct", "sync"].aegis["DEC5000/125"] == 1.4


def test_figure_3_has_its_points_and_their_order():
    points = paper.stride()
    assert len(points) == 99 and [share for _, share, _ in points[:6]] == [3, 2, 3, 3, 1, 2]


def test_a_unix_system_is_held_to_its_cheapest_way():
    cells = [one for one in later_records() if one["experiment"] == "ipc"]
    one = {(one.operation, one.unix): one for one in ratios.ratios(records.per_operation(cells))}
    assert (one["lrpc", "linux"].unix_operation, one["lrpc", "linux-tuned"].unix_operation) == ("lrpc-signal", "lrpc-pipe")
    assert one["shm", "linux-tuned"].counts == "989 / 45.5"
    assert not any(name[1].startswith("exos") for name in one)


HEADER = "machine,system,operation,microseconds,note\n"


@pytest.mark.parametrize("damage", ["", "machine,system\nDEC2100,Ultrix\n", HEADER, HEADER + "DEC2100,Ultrix,prot,many,\n"])
def test_a_damaged_table_is_named(tmp_path, damage):
    shutil.copytree(paper.FOLDER, tmp_path / "paper")
    (tmp_path / "paper" / paper.TABLE_5).write_text(damage)
    with pytest.raises(Trouble, match=paper.TABLE_5):
        paper.published(tmp_path / "paper")


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(Trouble, match=paper.TABLE_4):
        paper.published(tmp_path)


def found(records) -> dict:
    return {(one.operation, one.unix): one for one in ratios.ratios(records)}


def test_our_ratios_by_hand():
    one = found(null_records())
    assert one["syscall", "linux"].value == 310 / 5
    assert one["procedure-call", "ultrix-compat"].value == 1 and not one["procedure-call", "ultrix-compat"].lost


def test_getpid_is_held_against_both_system_calls_of_aegis():
    one = found(null_records())["syscall-stack", "ultrix-compat"]
    assert (one.unix_count, one.exokernel_count, one.value, one.lost) == (100, 200, 0.5, True)


def test_what_only_bochs_can_measure_is_compared_in_bochs():
    cells = [record("e", "o", system, "qemu", verdict="unsupported", reason="no") for system in ("exos", "linux")]
    one = found([*cells, record("e", "o", "exos", "bochs", 10), record("e", "o", "linux", "bochs", 30)])["o", "linux"]
    assert (one.value, one.emulator) == (3, "bochs")


def test_counts_of_two_emulators_never_make_a_ratio():
    one = found([record("e", "o", "exos", "bochs", 10), record("e", "o", "linux", "qemu", 30)])["o", "linux"]
    assert one.value is None and one.reason == "exos: not part of this run"


@pytest.mark.parametrize("verdict", ["fail", "timeout", "panic", "missing", "unsupported"])
def test_a_cell_that_is_not_ok_gives_no_ratio_but_a_reason(verdict):
    cells = [record("e", "o", "exos", "qemu", 10), record("e", "o", "linux", "qemu", verdict=verdict, reason="x")]
    one = found(cells)["o", "linux"]
    assert one.value is None and not one.lost and one.reason == f"linux: {verdict}"


def test_nothing_is_divided_by_zero():
    one = found([record("e", "o", "exos", "qemu", 0), record("e", "o", "linux", "qemu", 3)])["o", "linux"]
    assert one.value is None and "nothing to divide by" in one.reason


def test_an_empty_run_has_no_ratios():
    assert ratios.ratios([]) == []
