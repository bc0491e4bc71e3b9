"""What is kept of a run, changed at random: every verb that reads it shows it or refuses it, and never raises."""

import json
import sys
from pathlib import Path

import pytest
import sample_run
from handmade import GOOD

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "logs-fuzz"))

from mutate import Mutator  # noqa: E402

from harness.running.folder import MANIFEST  # noqa: E402

READERS = [
    ["show"], ["show", "--format", "csv"], ["table"], ["table", "--format", "latex"], ["table", "--format", "json"], ["crosscheck"], ["gate", "--against", "other"], ["gate", "--fairness"], ["claims"], ["report"], ["plot"], ["archive", "-o", "a.tar.gz"],
]  # fmt: skip
FILES = [MANIFEST, "records.json", "crosscheck.json"]


@pytest.fixture
def replayed(inside, tmp_path):
    """The folder of a run of recorded logs, and what is in its files."""
    folder = tmp_path / "recorded"
    folder.mkdir()
    (folder / "exos-1.serial").write_bytes(GOOD)
    (folder / "exos-1.status").write_text("1\n")
    inside("run", "--no-build", "--system", "exos", "--replay", folder)
    return (tmp_path / "results/latest").resolve()


@pytest.fixture
def careful(inside, monkeypatch):
    """inside(), where an exception that is no Trouble comes through, and nothing can be started."""
    monkeypatch.setenv("EXOLAB_DEBUG", "1")
    monkeypatch.setenv("PATH", "/nonexistent")
    return inside


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_changed_data_is_shown_or_refused(careful, tmp_path, words):
    run_dir, mutator = sample_run.write(tmp_path / "run"), Mutator(len(words[0]))
    before = {name: (run_dir / name).read_text() for name in FILES}
    sample_run.write(tmp_path / "other")
    for _ in range(2 if words == ["report"] else 6):
        for name in FILES:
            (run_dir / name).write_text(json.dumps(mutator.json(json.loads(before[name]))))
            assert careful(*words, "--run", run_dir).returncode in (0, 1, 2)
            (run_dir / name).write_text(before[name])


@pytest.mark.parametrize("verb", ["show", "crosscheck", "claims"])
def test_changed_text_is_shown_or_refused(careful, tmp_path, verb):
    run_dir, mutator = sample_run.write(tmp_path / "run"), Mutator(7)
    for name in FILES:
        text = (run_dir / name).read_text()
        for change in ("", "[" * 100_000, "\x00", "NaN", text[: len(text) // 2], *(mutator.text(text, ["{", "]", '"', "1e999", "null", ",", "\\u0000"]) for _ in range(3))):
            (run_dir / name).write_text(change)
            assert careful(verb, "--run", run_dir).returncode in (0, 1, 2)
        (run_dir / name).write_text(text)


@pytest.mark.parametrize("words", [["reprocess", "--run"], ["rerun", "--no-build"], ["run", "--no-build", "--resume"]], ids=" ".join)
def test_a_changed_manifest_is_followed_or_refused(careful, replayed, tmp_path, words):
    about, mutator = json.loads((replayed / MANIFEST).read_text()), Mutator(3)
    for number in range(25):
        (replayed / MANIFEST).write_text(json.dumps(mutator.json(about) if number % 2 else mutator.json(about | {"interrupted": True})))
        assert careful(*words, replayed).returncode in (0, 1, 2)


@pytest.mark.parametrize("words", [["reprocess", "--run"], ["rerun", "--no-build"], ["run", "--no-build", "--resume"]], ids=" ".join)
def test_a_manifest_that_lacks_a_fact_is_followed_or_refused(careful, replayed, words):
    about = json.loads((replayed / MANIFEST).read_text()) | {"interrupted": True}
    for lacking in about:
        (replayed / MANIFEST).write_text(json.dumps({name: value for name, value in about.items() if name != lacking}))
        assert careful(*words, replayed).returncode in (0, 1, 2), lacking
