"""The verbs table, plan, archive and reprocess, through the real command line."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile

import pytest
import sample_run
from handmade import GOOD, NULL, ROOT, START, lines

PARTS = ("records.json", "crosscheck.json")


@pytest.fixture
def sample(tmp_path):
    found = sample_run.null_records() + sample_run.later_records()
    return sample_run.write(tmp_path / "sample", found, [], sample_run.manifest() | {"experiments": sample_run.HEADINGS})


@pytest.fixture
def replayed(inside, tmp_path):
    """A run folder made from recorded logs: a good boot of exos, and one of ultrix-compat that hangs in its second operation."""
    folder = tmp_path / "recorded"
    folder.mkdir()
    for name, data, status in (("exos-1", GOOD, "1"), ("ultrix-compat-1", lines("boot 1 ultrix-compat", START[1], *NULL[:4], "panic boom"), "3")):
        (folder / f"{name}.serial").write_bytes(data)
        (folder / f"{name}.status").write_text(f"{status}\n")
    inside("run", "--no-build", "--system", "exos", "ultrix-compat", "--replay", folder)
    return (tmp_path / "results/latest").resolve()


def shown(done) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_markdown_has_a_row_an_operation_and_its_unit(inside, sample):
    text = shown(inside("table", "ipc", "--run", sample))
    assert "## Table 8: Communication" in text and "**PARTIAL 39/48**" in text and "Guest instructions, not time" in text
    row = next(line for line in text.splitlines() if line.startswith("| pipe |"))
    assert row == "| pipe | 148.5 | 148.5 | 2500 | 2500 | 6369 | unsupported | 2820 | unsupported |"
    widths = {line.count("|") for line in text.splitlines() if line.startswith("|")}
    assert len(widths) == 1


def test_csv_and_json_are_well_formed(inside, sample):
    rows = list(csv.reader(io.StringIO(shown(inside("table", "ipc", "--format", "csv", "--run", sample)))))
    assert rows[0][:3] == ["experiment", "operation", "exos in qemu"] and ["ipc", "shm", "45.5"] in [row[:3] for row in rows]
    found = json.loads(shown(inside("table", "--format", "json", "--run", sample)))
    vm = next(one for one in found["tables"] if one["experiment"] == "vm")
    assert vm["rows"]["appel2"][vm["columns"].index("exos in qemu")] == 315.25
    assert vm["rows"]["dirty"][vm["columns"].index("ultrix-compat in qemu")] == "unsupported"


@pytest.fixture
def spread(tmp_path):
    """A run one of whose cells is not the same in all samples."""
    found = sample_run.null_records() + sample_run.later_records()
    next(one for one in found if (one["operation"], one["system"], one["emulator"]) == ("syscall", "exos", "qemu"))["max"] = 9
    return sample_run.write(tmp_path / "spread", found, [], sample_run.manifest() | {"experiments": sample_run.HEADINGS})


def test_csv_is_one_table_of_numbers(inside, spread):
    rows = list(csv.DictReader(io.StringIO(shown(inside("table", "--format", "csv", "--run", spread)))))
    assert {row["experiment"] for row in rows} >= {"null", "ipc", "vm"} and not any(row["operation"] == "operation" for row in rows)
    assert next(row for row in rows if row["operation"] == "syscall")["exos in qemu"] == "5"


def test_a_macro_is_a_number_and_its_extremes_have_their_own(inside, spread):
    text = shown(inside("table", "null", "--format", "latex", "--run", spread))
    for name, number in (("", 5), ("/min", 5), ("/max", 9)):
        assert rf"exolab/null/syscall/exos/qemu{name}\endcsname{{{number}}}" in text
    assert "syscall & 5 [5..9]" in text


def test_latex_has_a_macro_for_each_number(inside, sample):
    text = shown(inside("table", "vm", "--format", "latex", "--run", sample))
    assert r"\expandafter\def\csname exolab/vm/appel2/exos/qemu\endcsname{315.25}" in text
    assert text.count(r"\begin{tabular}") == text.count(r"\end{tabular}") == 1
    body = text[text.index(r"\begin{tabular}") :]
    columns = len(re.search(r"\{(l r*|lr*)\}", body)[1])
    assert {line.count("&") for line in body.splitlines() if line.endswith(r"\\") or r"\\ \hline" in line} == {columns - 1}


def test_an_experiment_that_the_run_has_not_is_named(inside, sample):
    done = inside("table", "ipx", "--run", sample)
    assert done.returncode == 2 and "did you mean ipc?" in done.stderr


def test_a_plan_says_what_would_run_and_boots_nothing(inside, tmp_path):
    text = shown(inside("plan", "null", "--system", "exos", "linux"))
    assert re.search(r"^exos-qemu-1 +\? s  null$", text, re.MULTILINE)
    assert "linux-bochs-1" in text and "nothing: Linux boots in QEMU only for now" in text
    assert "4 boots" in text  # exos in both and under the probe, linux in one
    assert not list((tmp_path / "results").glob("2*"))


def test_a_plan_estimates_from_earlier_runs(inside, tmp_path):
    folder = tmp_path / "results/20200101-000000"
    folder.mkdir(parents=True)
    boots = [
        {"name": name, "status": "1", "wall_seconds": seconds, "experiment_seconds": {"null": seconds - 1, "exception": 1}, "sha256": {"null": "", "exception": "", "kernel": "", "bin/true": ""}}
        for name, seconds in (("exos-qemu-1", 10.0), ("exos-probe-1", 4), ("exos-bochs-1", 30))
    ]
    (folder / "manifest.json").write_text(json.dumps({"stamp": "", "boots": boots}))
    text = shown(inside("plan", "null", "exception", "--system", "exos", "--jobs", "2", "--emulator", "qemu"))
    assert "exos-qemu-1    10.0 s  null, exception" in text and "1 boots, 2 at a time: about 10 s" in text
    text = shown(inside("plan", "null", "--system", "exos", "--jobs", "2"))  # by the experiment's own time in those boots
    assert "29.0 s" in text and "3 boots, 2 at a time: about 29 s" in text
    assert text.index("exos-bochs-1") < text.index("exos-qemu-1") < text.index("exos-probe-1")  # the longest first


def test_a_seed_gives_an_order_and_the_same_each_time(inside):
    orders = [shown(inside("plan", "--system", "exos", "ultrix-compat", "--seed", seed)) for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0].splitlines()) == sorted(orders[2].splitlines())


def test_quick_is_one_emulator_without_the_probe(inside):
    text = shown(inside("plan", "--quick"))
    assert "bochs" not in text and "probe" not in text and "linux" not in text and "exos-qemu-1" in text


def test_an_archive_is_complete_and_the_same_each_time(inside, replayed, tmp_path):
    for name in ("a", "b"):
        shown(inside("archive", "--run", replayed, "-o", tmp_path / f"{name}.tar.gz"))
    assert (tmp_path / "a.tar.gz").read_bytes() == (tmp_path / "b.tar.gz").read_bytes()
    with tarfile.open(tmp_path / "a.tar.gz") as archive:
        files = {entry.name.partition("/")[2]: archive.extractfile(entry).read() for entry in archive}
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert {"records.json", "manifest.json", "logs/exos-replay-1.serial", "report.html"} <= set(files)
    assert not [name for name in files if name.startswith("boot/")]


def test_what_is_no_run_is_not_archived(inside, tmp_path):
    assert inside("archive", "--run", tmp_path, "-o", tmp_path / "a").returncode == 2


def test_reprocess_gives_the_same_bytes_without_a_build_or_emulators(inside, replayed, monkeypatch, tmp_path):
    before = {name: (replayed / name).read_bytes() for name in PARTS}
    for name in PARTS:
        (replayed / name).unlink()
    shutil.rmtree(replayed / "figures")
    monkeypatch.setattr("harness.paths.BUILD", tmp_path / "no-build")
    done = inside("reprocess", "--run", replayed)
    assert {name: (replayed / name).read_bytes() for name in PARTS} == before
    assert done.returncode == 1 and "CHANGED" in done.stdout  # they were gone
    assert "CHANGED" not in shown(inside("reprocess", "--run", replayed)) and (replayed / "figures/table4.svg").exists()


def test_reprocess_follows_the_logs(inside, replayed):
    log = replayed / "logs/exos-replay-1.serial"
    log.write_bytes(log.read_bytes().replace(b"instructions 2 4x10", b"instructions 2 5x10"))
    done = inside("reprocess", "--run", replayed)
    assert done.returncode == 1
    cell = next(one for one in json.loads((replayed / "records.json").read_text()) if (one["operation"], one["system"]) == ("call", "exos"))
    assert cell["verdict"] == "fail" and "damaged" in cell["reason"]


def test_reprocess_of_a_run_from_before_there_was_it_says_so(inside, replayed):
    about = json.loads((replayed / "manifest.json").read_text())
    del about["plan"]
    (replayed / "manifest.json").write_text(json.dumps(about))
    done = inside("reprocess", "--run", replayed)
    assert done.returncode == 2 and "from before there was reprocess" in done.stderr


@pytest.mark.emulator
def test_reprocess_of_a_real_run_gives_the_same_bytes(tmp_path):
    where = os.environ | {"EXOLAB_RESULTS": str(tmp_path)}

    def do(*words):
        done = subprocess.run([ROOT / "exolab", *words], capture_output=True, text=True, env=where, timeout=200)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    do("run", "--no-build", "null", "exception", "--system", "exos", "ultrix-compat", "--memory")
    run_dir = (tmp_path / "latest").resolve()
    rows = json.loads((run_dir / "memory.json").read_text())
    counted = {(one["experiment"], one["operation"], one["system"]): one["median"] for one in json.loads((run_dir / "records.json").read_text()) if one["emulator"] == "qemu" and one["verdict"] == "ok"}
    assert {(row["experiment"], row["operation"], row["system"]) for row in rows} == set(counted)
    where["EXOLAB_BUILD"] = str(tmp_path / "none")
    said = do("reprocess", "--run", run_dir)
    assert said.count("the same, byte for byte") == 4 and "CHANGED" not in said
    assert "modelled cycles" in do("model", "--run", run_dir)


def test_reprocess_of_the_reference_gives_the_same_bytes_if_it_says_what_was_planned(inside, tmp_path):
    copy = shutil.copytree(ROOT / "results/reference", tmp_path / "reference")
    done = inside("reprocess", "--run", copy)
    if "plan" in json.loads((copy / "manifest.json").read_text()):
        assert done.returncode == 0 and "CHANGED" not in done.stdout
    else:
        assert done.returncode == 2 and "measure again" in done.stderr


@pytest.mark.parametrize("log", ["exos-probe-1.probe", "exos-probe-1.serial", "linux-qemu-1.serial"])
def test_reprocess_without_a_log_leaves_the_run_as_it_is(inside, tmp_path, log):
    copy = shutil.copytree(ROOT / "results/reference", tmp_path / "reference")
    before = {path.name: path.read_bytes() for path in copy.glob("*.json")}
    (copy / "logs" / log).unlink()
    done = inside("reprocess", "--run", copy)
    assert done.returncode == 2 and f"logs/{log} is not in" in done.stderr
    assert {path.name: path.read_bytes() for path in copy.glob("*.json")} == before
