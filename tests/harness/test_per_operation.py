"""OPERATION_OF: what is measured in one piece and shown as one of its n parts; files and the law keep the total."""

import subprocess

import pytest
from handmade import START, STOP, booted, lines

from harness import catalogue
from harness.comparing import show
from harness.errors import Trouble
from harness.figures import plot_counts
from harness.published import ratios
from harness.reading import records, verdicts

HOW = '#include <workload.h>\nEXPERIMENT("ipc", "Table 8", "communication");\nOPERATION_OF("pipe", 2, "one way");\nOPERATION("lrpc", "round trip");\n'
SAID = (
    "begin ipc",
    "operation pipe",
    "region pipe 0x400010 0x400020",
    "samples pipe instructions 3 304x10",
    "operation lrpc",
    "region lrpc 0x400030 0x400040",
    "samples lrpc instructions 2 90x10",
    "end ipc ok",
    "exit ipc 0",
)


def compiled(folder, text: str, name: str = "ipc"):
    output = folder / f"{name}.elf"
    include = catalogue.paths.ROOT / "workloads/include"
    subprocess.run(["gcc", "-c", "-x", "c", f"-I{include}", "-", "-o", output], input=text.encode(), check=True)
    return output


@pytest.fixture
def experiment(tmp_path):
    return catalogue.read(compiled(tmp_path, HOW))


@pytest.fixture
def kept(experiment):
    found, _ = verdicts.settle(booted(lines(*START, *SAID, *STOP)), [experiment])
    return [one.as_json("run") for one in found]


def test_the_macro_says_how_many(experiment):
    assert [(one.name, one.per) for one in experiment.operations] == [("pipe", 2), ("lrpc", 1)]


def test_files_keep_the_total_and_the_divisor(kept):
    assert [(one["median"], one["per"]) for one in kept] == [(301, 2), (88, 1)]


def test_what_is_shown_is_exact(kept):
    shown = records.per_operation(kept)
    assert [one["median"] for one in shown] == [150.5, 88]
    assert "150.5" in show.as_tables(kept, {}) and "301" not in show.as_tables(kept, {})
    assert "150.5" in plot_counts.values(shown, "qemu")["data"]
    assert records.shared(12345, 100) == 123.45 and records.shared(7, 16) == 0.4375


def test_ratios_are_of_one_operation(kept):
    unix = [one | {"system": "linux", "min": 3010, "median": 3010, "max": 3010} for one in kept]
    (ratio, _) = ratios.ratios(records.per_operation(kept + unix))
    assert (ratio.value, ratio.counts) == (10, "1505 / 150.5")


def test_runs_from_before_there_was_a_divisor_still_load(kept, tmp_path):
    for one in kept:
        del one["per"]
    records.write_json(tmp_path / "records.json", kept)
    assert [one["per"] for one in records.load(tmp_path)] == [1, 1]


@pytest.mark.parametrize("n", ["0", "-1", "x", "", "1234567"])
def test_a_divisor_that_is_none_is_refused(tmp_path, n):
    text = HOW.replace('"pipe", 2', f'"pipe", {n}')
    with pytest.raises(Trouble, match="not understood"):
        catalogue.read(compiled(tmp_path, text))


def test_two_systems_must_agree(experiment, tmp_path):
    other = catalogue.read(compiled(tmp_path, HOW.replace('"pipe", 2', '"pipe", 4')))
    with pytest.raises(Trouble, match="pipe of ipc is performed 4 times on one system and 2 on another"):
        catalogue.merged(experiment, other)
