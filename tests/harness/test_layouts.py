"""Layouts: images linked otherwise from the same objects, and what the counts of several of them come to."""

import json
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
import sample_run
from sample_run import record

from harness import paths
from harness.errors import Trouble
from harness.pages import report
from harness.running import layouts, shuffle

ROOT = paths.ROOT


def cell(system: str, median, **more) -> dict:
    return record("null", "syscall", system, "qemu", median, **more)


def test_a_layout_is_another_order_the_same_each_time(tmp_path):
    objects = [f"build/exos/{room}/{name}.o" for room in ("workloads", "exos") for name in "abcdefgh"]
    made = {(seed, output): shuffle.shuffled(seed, Path("build"), tmp_path / output, objects) for seed in "12" for output in ("x.elf", "y.elf")}
    assert made["1", "x.elf"] == shuffle.shuffled("1", Path("build"), tmp_path / "x.elf", objects)
    assert len({tuple(one for one in found if one in objects) for found in made.values()}) == 4
    for (_, output), found in made.items():
        rooms = [one.split("/")[2] for one in found if one in objects]
        assert rooms == sorted(rooms, reverse=True)  # the library stays behind what uses it
        assert sorted(found) == sorted([*objects, *(str(tmp_path / f"{output}.pad-{n}.o") for n in range(shuffle.PADS))])
        assert all(Path(one).exists() for one in found if one not in objects)


def symbols(elf: Path) -> dict[str, int]:
    lines = subprocess.run(["nm", elf], capture_output=True, text=True, check=True).stdout.splitlines()
    return {line.split()[2]: int(line.split()[0], 16) for line in lines if len(line.split()) == 3}


@pytest.mark.emulator
def test_an_image_is_laid_out_otherwise_and_has_the_same_functions():
    targets = ("workloads/exos/null.elf", "workloads/unix/null.elf", "aegis/aegis.elf")
    try:
        found = [{target: symbols(layouts.build(seed, *targets) / target) for target in targets} for seed in (1, 2)]
    finally:
        layouts.shutil.rmtree(paths.BUILD / layouts.FOLDER, ignore_errors=True)
    for target in targets:
        plain, one, other = symbols(paths.BUILD / target), found[0][target], found[1][target]
        assert set(plain) <= set(one) and set(one) == set(other), target
        moved = [name for name in plain if plain[name] != one[name]]
        assert len(moved) > len(plain) // 2 and any(one[name] != other[name] for name in plain), target


@pytest.mark.emulator
def test_counts_over_layouts_through_the_command_line(tmp_path):
    environment = layouts.os.environ | {"EXOLAB_RESULTS": str(tmp_path)}
    arguments = ["run", "null", "--system", "exos", "ultrix-compat", "--emulator", "qemu", "--layouts", "2"]
    done = subprocess.run([ROOT / "exolab", *arguments], env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 of 5 cells are identical over 2 layouts" in done.stdout
    run_dir = (tmp_path / "latest").resolve()
    assert "identical over 2 layouts" in (run_dir / "report.html").read_text()
    found = {(one["operation"], one["system"]): one for one in json.loads((run_dir / "layouts.json").read_text())}
    assert found["syscall", "exos"]["counts"][0] == found["syscall", "exos"]["low"] == next(
        one["median"] for one in json.loads((run_dir / "records.json").read_text()) if (one["operation"], one["system"]) == ("syscall", "exos")
    )
    assert not (paths.BUILD / layouts.FOLDER).exists()


def test_the_summary_by_hand():
    runs = [[cell("exos", 5), cell("linux", median)] for median in (300, 310, 305)]
    first, second = layouts.summary(runs)
    assert (first["system"], first["n"], first["min"], first["median"], first["max"], first["counts"]) == ("linux", 3, 300, 305, 310, [300, 310, 305])
    assert 300 <= first["low"] <= 305 <= first["high"] <= 310
    assert (second["system"], second["low"], second["high"]) == ("exos", 5, 5)
    assert layouts.sentence([first, second]).startswith("1 of 2 cells are identical over 3 layouts")
    assert "300 to 310" in layouts.text([first, second]) and "exos" not in layouts.text([first, second])


def test_a_layout_without_a_number_is_not_hidden():
    found = layouts.summary([[cell("exos", 5)], [cell("exos", None, verdict="timeout", reason="hung")]])
    assert found[0]["n"] == 1 and found[0]["layouts"] == 2 and found[0]["low"] is None
    assert layouts.identical(found) == ([], found)


def test_nothing_measured_has_no_summary():
    assert layouts.summary([]) == layouts.summary([[]]) == []


@pytest.mark.parametrize("text", ["{}", "[3]", '[{"experiment": "null"}]', "nonsense"])
def test_a_damaged_summary_is_refused(tmp_path, text):
    (tmp_path / "layouts.json").write_text(text)
    with pytest.raises(Trouble, match="layouts.json"):
        layouts.load(tmp_path)


@pytest.mark.parametrize(
    "arguments, says",
    [
        (("--layouts", "1"), "2 to 1000"),
        (("--layouts", "many"), "--layouts"),
        (("--layouts", "2", "--no-build"), "--layouts links every image anew"),
        (("--layouts", "2", "--replay", "."), "--layouts links every image anew"),
        (("--layouts", "2", "--emulator", "bochs"), "--layouts measures in qemu"),
    ],
)
def test_what_layouts_cannot_do_is_said(inside, arguments, says):
    done = inside("run", "null", *arguments)
    assert done.returncode == 2 and says in done.stderr


def test_the_report_has_what_depends_on_the_layout(tmp_path):
    run_dir = sample_run.write(tmp_path / "run", sample_run.null_records(), [])
    (run_dir / "layouts.json").write_text(json.dumps(layouts.summary([[cell("exos", 5), cell("linux", median)] for median in (300, 310)])))
    text = report.write(run_dir).read_text()
    assert "1 of 2 cells are identical over 2 layouts" in text and "300 to 310" in text


def test_a_run_that_no_layout_agrees_with_stands_beside_them(inside, tmp_path):
    """Linked as it is an image may be luckier than in all other layouts, also where these are all the same."""
    run_dir = sample_run.write(tmp_path / "run", [record("null", "syscall", "exos", "qemu", 4)], [])
    (run_dir / "layouts.json").write_text(json.dumps(layouts.summary([[cell("exos", 5)], [cell("exos", 5)]])))
    text = inside("layouts", "--run", run_dir).stdout
    assert re.search(r"^null/syscall +exos +4 +2 +5 +5 ", text, re.MULTILINE) and "0 of 1 cells are identical" in text
    assert "<td>4</td><td>2 of 2</td><td>5</td>" in report.write(run_dir).read_text()




@pytest.mark.emulator
def test_layouts_that_were_interrupted_go_on(tmp_path):
    """Ctrl-C in the middle of the second: the first is kept, no emulator is left, and the resumed run makes what a whole one would have."""
    where = {"env": layouts.os.environ | {"EXOLAB_RESULTS": str(tmp_path)}, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    running = subprocess.Popen([ROOT / "exolab", "run", "null", "--system", "exos", "--quick", "--layouts", "3"], **where)
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline and not list(tmp_path.glob("2*/layouts/2/logs/exos-qemu-1.serial")):
        time.sleep(0.02)
    for _ in range(3):
        running.send_signal(signal.SIGINT)
        time.sleep(0.1)
    said, _ = running.communicate(timeout=60)
    run_dir = (tmp_path / "latest").resolve()
    assert running.returncode == 130 and "Traceback" not in said, said
    assert f"1 of 3 layouts are kept, and ./exolab run --resume {run_dir.name} goes on" in said
    assert layouts.missing(run_dir, 3) == [2, 3] and not (paths.BUILD / layouts.FOLDER).exists()
    assert "2 more were asked for" in (run_dir / "report.html").read_text()
    assert str(run_dir) not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
    first = (run_dir / "layouts/1/logs/exos-qemu-1.serial").stat().st_mtime
    done = subprocess.run([ROOT / "exolab", "run", "--resume", run_dir], **where, timeout=300)
    assert done.returncode == 0 and "3 of 3 cells are identical over 3 layouts" in done.stdout, done.stdout
    assert (run_dir / "layouts/1/logs/exos-qemu-1.serial").stat().st_mtime == first
    done = subprocess.run([ROOT / "exolab", "run", "--resume", run_dir], **where, timeout=300)
    assert done.returncode == 2 and "is complete: nothing to go on with" in done.stdout
    done = subprocess.run([ROOT / "exolab", "run", "--layouts", "4", "--resume", run_dir], **where, timeout=300)
    assert done.returncode == 0 and "over 4 layouts" in done.stdout and json.loads((run_dir / "manifest.json").read_text())["layouts"] == 4


def layout_folder(run_dir: Path, seed: int, **about) -> None:
    folder = run_dir / "layouts" / f"{seed}"
    folder.mkdir(parents=True)
    (folder / "records.json").write_text(json.dumps([cell("exos", 5)]))
    (folder / "manifest.json").write_text(json.dumps(about))


def test_a_layout_counts_when_it_is_whole(tmp_path):
    layout_folder(tmp_path, 1, interrupted=False)
    layout_folder(tmp_path, 2, interrupted=True)
    layout_folder(tmp_path, 3)
    layout_folder(tmp_path, 4, interrupted=False)
    (tmp_path / "layouts/4/records.json").unlink()
    (tmp_path / "layouts/5").mkdir()
    assert layouts.missing(tmp_path, 6) == [2, 3, 4, 5, 6]
    assert layouts.summarised(tmp_path, 6)[0]["layouts"] == 1


def test_the_reader_is_told_what_is_missing():
    found = layouts.summary([[cell("exos", 5)], [cell("exos", 5)]])
    assert layouts.sentence(found, 2) == layouts.sentence(found) == "1 of 1 cells are identical over 2 layouts of the images, in qemu"
    assert layouts.text(found, 5).startswith("1 of 1 cells are identical over 2 layouts of the images, in qemu (3 more were asked for: the run was interrupted)")
