"""The cost model: sums by hand, each value with its source, which conclusions a cost decides, and that nobody can take it for a measurement."""

import csv
import io
import json

import pytest
import sample_run
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import Trouble
from harness.model import cost_model, memory_log
from harness.reading.records import Measurement, Record

MACHINES = {one.name: one for one in cost_model.machines()}
TEXT = (cost_model.FOLDER / "skylake.toml").read_text()


def row(system, operation="syscall", per=1, overhead=2, **counts):
    return {"experiment": "null", "operation": operation, "system": system, "per": per, "overhead": overhead, "counts": counts}


ROWS = [row("exos", insns=12, entries=1, sysrets=1), row("ultrix-compat", insns=402, exceptions=1, irets=1, **{"skylake.tlb": 3, "decstation.tlb": 1})]


def test_both_machines_are_there_and_every_value_has_its_source():
    assert set(MACHINES) == {"decstation", "skylake"}
    for one in MACHINES.values():
        assert len(one.sources) == sum(map(len, cost_model.SHAPES.values())) + len(cost_model.COSTS) and all(one.sources.values())


def test_cycles_are_counts_times_costs_by_hand():
    assert cost_model.cycles(MACHINES["skylake"], ROWS[0]) == 10 * 0.5 + 82 + 75
    assert cost_model.cycles(MACHINES["skylake"], ROWS[1]) == 400 * 0.5 + 715 + 330 + 3 * 30
    assert cost_model.cycles(MACHINES["decstation"], ROWS[1]) == 400 + 5 + 2 + 16
    assert cost_model.cycles(MACHINES["skylake"], ROWS[0] | {"per": 2}) == 81


def test_a_cost_that_decides_a_conclusion_is_named():
    close = [row("exos", insns=2, exceptions=1), row("ultrix-compat", insns=1602)]  # 715 against 800
    changes = {(one.cost, one.factor): one for one in cost_model.sensitivity(MACHINES["skylake"], close, "exos")}
    assert [one.winner for one in changes["exceptions", 2].flipped] == ["ultrix-compat"]
    assert [one.winner for one in changes["insns", 0.5].flipped] == ["ultrix-compat"]
    assert not changes["exceptions", 0.5].flipped and not changes["cr3", 2].flipped
    assert changes["cr3", 2].means == {"ultrix-compat": pytest.approx(800 / 715)}


def test_a_cost_of_nothing_is_not_varied():
    assert "stores" not in {one.cost for one in cost_model.sensitivity(MACHINES["skylake"], ROWS, "exos")}


@pytest.mark.parametrize(
    "old, new, says",
    [
        ("insns = {", "insms = {", "insns"),
        ('source = "Intel ARK, i7-6700K: base frequency"', 'source = ""', ""),
        ("rep = { value = 40", 'rep = { value = "35"', "[cost] rep"),
        ("rep = { value = 40", "rep = { value = -40", "[cost] rep"),
        ('cr3 = { value = 186, source = "SkyBridge', 'cr3 = { value = 186, sauce = "SkyBridge', "[cost] cr3"),
        ("[l2]", "[l3]", "[l2] bytes"),
        ("[cost]", "[cost]\ncoffee = { value = 1, source = \"x\" }", "coffee is no cost"),
        ("title", "titel", "no title"),
        ("[cost]", "[cost", "not a readable machine"),
    ],
)
def test_a_machine_that_lacks_something_is_refused(tmp_path, old, new, says):
    path = tmp_path / "m.toml"
    assert old in TEXT
    path.write_text(TEXT.replace(old, new, 1))
    if not says:  # the clock enters no sum
        assert cost_model.load(path)
        return
    with pytest.raises(Trouble) as refused:
        cost_model.load(path)
    assert says in str(refused.value) and str(path) in str(refused.value)


@given(st.integers(0, len(TEXT)), st.integers(0, 40), st.sampled_from(["", "[", "]]", "=", '"', "{}", "1e999", "nan", "true", "\0", "'''"]))
def test_a_mutated_machine_is_read_or_refused(tmp_path_factory, at, length, piece):
    path = tmp_path_factory.getbasetemp() / "mutated.toml"
    path.write_text(TEXT[:at] + piece + TEXT[at + length :])
    try:
        cost_model.cycles(cost_model.load(path), ROWS[1])
    except Trouble as trouble:
        assert str(path) in str(trouble)


@pytest.fixture
def run_dir(tmp_path):
    folder = sample_run.write(tmp_path / "run")
    (folder / memory_log.FILE).write_text(json.dumps(ROWS))
    return folder


def test_the_table_says_model_at_every_turn(inside, run_dir):
    text = inside("model", "--run", run_dir).stdout
    assert text.startswith("MODELLED cycles") and "NOTHING HERE WAS MEASURED IN CYCLES" in text
    head = next(line for line in text.splitlines() if "instructions" in line and "modelled cycles" in line)
    assert head.count("modelled cycles") == len(MACHINES)
    assert [line.split() for line in text.splitlines() if line.startswith("syscall ")][0] == ["syscall", "exos", "5", "17.0", "162"]
    assert all(f"{key} = " in text for key in cost_model.COSTS) and "exceptions x 2" in text


def test_csv_and_json_name_what_is_modelled(inside, run_dir):
    rows = list(csv.DictReader(io.StringIO(inside("model", "--format", "csv", "--run", run_dir).stdout)))
    assert rows[0]["measured_instructions"] == "5" and rows[0]["modelled_cycles_skylake"] == "162.0"
    assert not [name for name in rows[0] if "cycles" in name and "modelled" not in name]
    found = json.loads(inside("model", "--format", "json", "--run", run_dir).stdout)
    assert "NOTHING HERE WAS MEASURED" in found["label"] and found["sensitivity"]["skylake"]


def test_a_run_without_the_simulation_says_how_to_get_it(inside, tmp_path):
    done = inside("model", "--run", sample_run.write(tmp_path / "run"))
    assert done.returncode == 2 and "./exolab run --memory" in done.stderr


@pytest.mark.parametrize("text", ["{}", "[1]", "[{}]", '[{"experiment": "null"}]', "x", json.dumps([ROWS[0] | {"counts": {"insns": -1}}]), json.dumps([ROWS[0] | {"per": 0}])])
def test_damaged_counts_are_refused(inside, run_dir, text):
    (run_dir / memory_log.FILE).write_text(text)
    done = inside("model", "--run", run_dir)
    assert done.returncode == 2 and memory_log.FILE in done.stderr


def test_only_an_execution_with_the_same_samples_is_taken():
    measured = Measurement((16, 32), 2, (12, 14, 12))
    record = Record("null", "syscall", "exos", "qemu", "ok", "", "l", measured)
    own = tuple(((16, 32), {"insns": n}) for n in (99, 12, 14, 12))
    for samples, wanted in (({"syscall": measured}, [12]), ({"syscall": Measurement((16, 32), 2, (12, 14, 13))}, []), ({}, [])):
        rows = memory_log.collect([record], {("exos", "null"): memory_log.Memory(samples, own)})
        assert [one["counts"]["insns"] for one in rows] == wanted
    assert memory_log.collect([record], {("exos", "null"): memory_log.Memory({"syscall": measured}, own[:2])}) == []
