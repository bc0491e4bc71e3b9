"""Kernel sources compiled for this machine under the address and undefined-behaviour sanitizers, each behind a small driver program."""

import subprocess
from pathlib import Path

import pytest
from compiled import compiled

ROOT = Path(__file__).resolve().parents[2]
# The sanitizers' libraries linked in: a driver runs hundreds of times, and loading them takes as long as all the rest of it.
SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer", "-static-libasan", "-static-libubsan"]
FLAGS = ["-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", *SANITIZE]
INCLUDES = ["-I", Path(__file__).parent / "fake", "-I", ROOT / "machine/include", "-I", ROOT / "aegis/include", "-I", ROOT / "aegis"]


@pytest.fixture(scope="session")
def unit():
    """unit("archive", "machine/archive.c")(stdin bytes) -> stdout text; a sanitizer report or any other death fails the test."""

    def build(driver: str, *sources: str):
        files = [Path(__file__).parent / f"{driver}_driver.c", *(ROOT / source for source in sources)]
        program = compiled(driver, ["gcc", *FLAGS, *INCLUDES], files)

        def run(data: bytes) -> str:
            done = subprocess.run([program], input=data, capture_output=True, timeout=20)
            assert done.returncode == 0, done.stderr.decode(errors="replace")
            return done.stdout.decode(errors="replace")

        return run

    return build
