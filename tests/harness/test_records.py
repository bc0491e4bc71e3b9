"""Records are what schema.json says, and a folder that holds none says what to do."""

import json

import jsonschema
import pytest
from handmade import GOOD, booted

from harness.comparing import show
from harness.errors import Trouble
from harness.reading import records, verdicts
from harness.reading.records import Measurement, Record, Verdict


@pytest.fixture
def cells(experiments):
    made, _ = verdicts.settle(booted(GOOD), experiments)
    return [one.as_json("run") for one in made]


def test_records_of_a_boot_follow_the_schema(cells):
    jsonschema.validate(cells, records.SCHEMA)
    assert (cells[1]["n"], cells[1]["min"], cells[1]["median"], cells[1]["max"]) == (10, 6, 6, 8)


def test_numbers_exactly_if_ok(cells):
    for change in ({"verdict": "timeout", "reason": "x"}, {"median": None}, {"reason": "but"}, {"unit": "cycles"}, {"more": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([cells[0] | change], records.SCHEMA)


def test_median_of_an_even_number_of_samples():
    made = Record("e", "o", "exos", "qemu", "ok", "", "l", Measurement((1, 2), 1, (4, 5))).as_json("run")
    assert (made["n"], made["median"]) == (2, 3.5)


@pytest.mark.parametrize("text, says", [("{", "is damaged"), ("{}", "is not a list of records"), ('[{"n": 1}]', "is not a list")])
def test_damaged_records_are_refused(tmp_path, text, says):
    (tmp_path / "records.json").write_text(text)
    with pytest.raises(Trouble, match=says):
        records.load(tmp_path)


def test_no_records_says_what_to_do(tmp_path):
    with pytest.raises(Trouble, match="give a run folder with --run"):
        records.load(tmp_path / "nothing")


def test_table_shows_numbers_holes_and_reasons(cells):
    cells.append(Record("null", "call", "linux", "qemu", "timeout", "no end within 60 s").as_json("run"))
    text = show.as_tables(cells, {"stamp": "PARTIAL 5/36 cells", "experiments": {"null": "Table 4: null"}})
    assert text.startswith("PARTIAL 5/36 cells\n\nTable 4: null\n")
    assert "TIMEOUT" in text and "6 [6..8]" in text and "not time" in text
    assert "timeout: null (call) on linux in qemu: no end within 60 s" in text
    assert text.index("timeout: ") < text.index("unsupported: exception")


def test_csv_and_json_have_every_record(cells):
    assert json.loads(show.as_json(cells, {})) == cells
    assert len(show.as_csv(cells, {}).splitlines()) == len(cells) + 1


def test_all_get_gives_each_operation_one(experiments):
    made = records.all_get(Verdict("missing", "why"), experiments, "exos", "bochs")
    assert [one.operation for one in made] == ["call", "syscall", "prot", "ud2"]
