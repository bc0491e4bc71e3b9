"""A run measured again: what is different in the set-up, and in the numbers. The machines are recordings."""

import json

import pytest
from handmade import GOOD, NULL, line, lines

from harness.comparing import setup

MORE = lines(*(text.replace("2 4x10", "2 5x10") for text in NULL))


@pytest.fixture
def before(inside, tmp_path):
    folder = tmp_path / "recorded"
    folder.mkdir()
    (folder / "exos-1.serial").write_bytes(GOOD)
    (folder / "exos-1.status").write_text("1\n")
    inside("run", "--no-build", "--system", "exos", "--replay", folder)
    return (tmp_path / "results/latest").resolve()


@pytest.mark.parametrize("manifest", ["", "manifest.json"])
def test_the_same_again_is_the_same(inside, before, tmp_path, manifest):
    done = inside("rerun", "--no-build", before / manifest, "--replay", tmp_path / "recorded")
    assert done.returncode == 0, done.stderr
    assert "the set-up is the same" in done.stdout and "3 cells are the same, 0 changed" in done.stdout
    assert (tmp_path / "results/latest").resolve() != before


def test_one_instruction_and_another_tool_are_named(inside, before, tmp_path):
    data = GOOD.replace(lines(*NULL), MORE)
    assert data != GOOD
    (tmp_path / "recorded/exos-1.serial").write_bytes(data)
    about = json.loads((before / "manifest.json").read_text())
    about["host"]["cpu"] = "another one"
    about["boots"][0]["sha256"] = {"null": "0" * 64}
    (before / "manifest.json").write_text(json.dumps(about))
    done = inside("rerun", "--no-build", before, "--replay", tmp_path / "recorded")
    assert done.returncode == 1
    assert "host: cpu" in done.stdout and "file: null of exos-replay-1" in done.stdout
    assert next(text for text in done.stdout.splitlines() if text.startswith("null/call") and "+1" in text).split()[3:6] == ["2", "3", "+1"]


def test_what_is_not_built_any_more_is_named(inside, before, monkeypatch):
    monkeypatch.setattr("harness.catalogue.experiments", lambda: [])
    done = inside("rerun", "--no-build", before)
    assert done.returncode == 2 and "null, exception: not built" in done.stderr


def test_what_is_no_run_is_refused(inside, tmp_path):
    assert inside("rerun", tmp_path).returncode == 2
    assert inside("rerun", tmp_path / "manifest.json").returncode == 2


def test_compare_says_what_is_different_in_the_set_up(inside, before):
    assert "the set-up is the same" in inside("compare", before, before).stdout


def test_a_file_that_differs_is_named_once_and_one_that_is_gone_too():
    boots = [[{"name": name, "sha256": {"kernel": digest, "vm": "1"}} for name in ("b-qemu-1", "a-qemu-1")] for digest in ("x", "y")]
    del boots[1][0]["sha256"]["vm"]
    found = setup.differences({"commit": "1", "boots": boots[0]}, {"commit": "1", "boots": boots[1]})
    assert found == [("file: kernel of a-qemu-1", "x", "y"), ("file: vm of b-qemu-1", "1", "-")]


def test_many_files_that_differ_do_not_bury_the_rest():
    boots = [[{"name": "exos-qemu-1", "sha256": {name: digest for name in ("a", "b", "c", "d", "e", "f", "g", "kernel")}}] for digest in ("x", "y")]
    said = setup.text(setup.differences({"commit": "1", "boots": boots[0]}, {"commit": "2", "boots": boots[1]}))
    assert "commit" in said and "kernel of exos-qemu-1" in said and said.count("file: ") == setup.FILES_SHOWN and said.endswith("and 2 files more that were booted")
