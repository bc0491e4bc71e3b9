"""What the harness tests share: a build folder with two small workloads, logs written by hand, the real command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from harness import catalogue, cli  # noqa: E402
from harness.figures import plot

WORKLOADS = {
    "null": ["experiment|null|Table 4|null procedure and system call", "operation|call|a call", "operation|syscall|a system call"],
    "exception": ["experiment|exception|Table 5|exceptions", "operation|prot|a page fault", "operation|ud2|an undefined opcode"],
}


@pytest.fixture(scope="session")
def build(tmp_path_factory) -> Path:
    """A build folder whose workloads have no code, only their section `.exolab`."""
    folder = tmp_path_factory.mktemp("build")
    for flavour in ("exos", "unix"):
        (folder / "workloads" / flavour).mkdir(parents=True)
        for name, rows in WORKLOADS.items():
            text = "".join(f'.ascii "{row}\\n"\n' for row in rows)
            source = f'.section .exolab, "", @progbits\n{text}'.encode()
            output = folder / "workloads" / flavour / f"{name}.elf"
            subprocess.run(["gcc", "-c", "-x", "assembler", "-", "-o", output], input=source, check=True)
    return folder


@pytest.fixture
def experiments(build, monkeypatch) -> list[catalogue.Experiment]:
    monkeypatch.setattr("harness.paths.BUILD", build)
    return catalogue.experiments()


@pytest.fixture
def exolab(build, tmp_path):
    """The real command line with its own results folder: exolab("run", ...) -> CompletedProcess."""

    def run(*arguments, **environment) -> subprocess.CompletedProcess:
        where = {"EXOLAB_BUILD": str(build), "EXOLAB_RESULTS": str(tmp_path / "results")}
        return subprocess.run(
            [ROOT / "exolab", *map(str, arguments)],
            capture_output=True, text=True, timeout=30, cwd=tmp_path, env=os.environ | where | environment,
        )

    return run


def sketch(figure, folder: Path, _program: str) -> list[Path]:
    """plot.draw_one without gnuplot, which takes longer than all the rest: test_plot.py draws."""
    files = [folder / f"{figure.name}.{kind}" for kind in plot.KINDS]
    for file in files:
        file.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>')
    return files


draw_one = plot.draw_one


@pytest.fixture
def gnuplot(inside, monkeypatch):
    """For a test with inside() that looks at the figures."""
    monkeypatch.setattr("harness.figures.plot.draw_one", draw_one)


@pytest.fixture
def inside(build, tmp_path, monkeypatch, capfd):
    """The command line in this process, ten times as fast as exolab(), which it is like, but for gnuplot: for what does not depend on the process."""
    monkeypatch.setattr("harness.paths.BUILD", build)
    monkeypatch.setattr("harness.paths.RESULTS", tmp_path / "results")
    monkeypatch.setattr("harness.figures.plot.draw_one", sketch)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest's own stay
    monkeypatch.chdir(tmp_path)

    def run(*arguments) -> subprocess.CompletedProcess:
        capfd.readouterr()
        try:
            status = cli.main([*map(str, arguments)])
        except SystemExit as end:  # argparse's
            status = end.code
        return subprocess.CompletedProcess(arguments, status, *capfd.readouterr())

    return run
