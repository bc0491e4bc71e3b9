"""Fuzzes the ELF loaders of both kernels and of ExOS with libFuzzer (`make fuzz-elf`): compiles them for this machine with their fakes, starts from our own programs,
prints how far it is, and ends with 0 only if no file was found that a loader treats otherwise than it should."""

import argparse
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
sys.path.insert(0, str(ROOT / "tests"))

from compiled import compiled, made  # noqa: E402

FLAGS = ["-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-fno-omit-frame-pointer", "-fsanitize=fuzzer-no-link,address,undefined", "-fno-sanitize-recover=all"]
LINK = ["-fsanitize=fuzzer,address,undefined"]
KERNEL = ["tests/unit/fake", "machine/include"]
AEGIS = [*KERNEL, "aegis/include", "aegis"]
EXOS = ["tests/fuzz-elf/fake", "machine/include", "aegis/include", "exos/include"]
ULTRIX = [*KERNEL, "ultrix-compat"]
SOURCES = {  # the file, and where its headers are
    "machine/format/elf.c": ["machine/include"],
    "aegis/program.c": AEGIS,
    "exos/exec.c": EXOS,
    "exos/env_image.c": EXOS,
    "exos/policy/linear.c": EXOS,
    "ultrix-compat/exec.c": ULTRIX,
    "tests/fuzz-elf/aegis.c": AEGIS,
    "tests/fuzz-elf/exos.c": EXOS,
    "tests/fuzz-elf/env-image.c": EXOS,
    "tests/fuzz-elf/ultrix-compat.c": ULTRIX,
    "tests/fuzz-elf/memory.c": [],
    "tests/fuzz-elf/oracle.c": [],
    "tests/fuzz-elf/fuzz.c": ["machine/include"],
}
LARGEST = 65536  # bytes of a file: memory.c has room for four times as much
SAY_EVERY = 10  # seconds
PULSE = re.compile(r"#(\d+)\s+\w+\s+cov: (\d+)")
TOTAL = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def compile_fuzzer(folder: Path, root: Path = ROOT) -> Path:
    """The fuzzer, from the sources under `root`."""

    def compile_one(source: str) -> Path:
        flags = [flag for include in SOURCES[source] for flag in ("-I", root / include)]
        return compiled(source.replace("/", "-"), ["clang", *FLAGS, *flags, "-c"], [root / source], folder)

    try:
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            objects = list(pool.map(compile_one, SOURCES))
    except subprocess.CalledProcessError as error:
        raise SystemExit("fuzz-elf: it does not compile") from error
    return made("fuzz", ["clang", *LINK, *objects], b"", folder)  # the objects' names say what they are made from


def plant(folder: Path) -> int:
    """Our own programs, as files to begin with. How many."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [path for pattern in ("workloads/*/bin/*.elf", "workloads/*/*.elf", "libos/*.elf") for path in sorted(BUILD.glob(pattern))]
    small = [path for path in found if path.stat().st_size <= LARGEST]
    for path in small:
        (folder / "-".join(path.relative_to(BUILD).parts)).write_bytes(path.read_bytes())
    return len(small)


def fuzz(program: Path, folder: Path, seconds: int, say=print, seed: int = 0) -> tuple[int, list[str]]:
    """Run it. How many files it tried, and the last lines of what it said if it found something."""
    corpus, seeds = folder / "corpus", folder / "seeds"
    corpus.mkdir(parents=True, exist_ok=True)
    argv = [program, f"-max_total_time={seconds}", f"-max_len={LARGEST}", "-print_final_stats=1", f"-artifact_prefix={folder}/", f"-seed={seed}", "-timeout=10", corpus, seeds]
    start = said = time.monotonic()
    lines, total = [], 0
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as running:
        for line in running.stdout:
            lines = [*lines[-400:], line.rstrip()]
            now = time.monotonic()
            if (pulse := PULSE.match(line)) and now - said >= SAY_EVERY:
                said = now
                say(f"fuzz-elf: {now - start:.0f} s of {seconds}, {int(pulse[1]):,} files, {pulse[2]} branches seen")
            if found := TOTAL.match(line):
                total = int(found[1])
            if line.startswith("loaded:"):
                say(f"fuzz-elf: {line.rstrip()}")
    return total, lines if running.returncode else []


def found_file(folder: Path) -> Path | None:
    return max((path for name in ("crash-*", "timeout-*", "oom-*") for path in folder.glob(name)), key=lambda path: path.stat().st_mtime, default=None)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=int, default=600)
    seconds = arguments.parse_args().seconds
    folder = BUILD / "fuzz-elf"
    program = compile_fuzzer(folder)
    print(f"fuzz-elf: {plant(folder / 'seeds')} of our programs to begin with, {seconds} s", flush=True)
    for old in folder.glob("crash-*"):
        old.unlink()
    total, complaint = fuzz(program, folder, seconds, lambda text: print(text, flush=True))
    if complaint:
        path = found_file(folder)
        why = [line for line in complaint if re.match(r"oracle:|[\w/.-]+\.c: |SUMMARY|.*runtime error|==\d+==ERROR|    #\d+ .* in \w+ /.*/(?!libc)[\w-]+\.c", line)]
        print("\n".join([*(why or complaint[-20:]), f"fuzz-elf: FAILED after {total:,} files: to see it again: {program} {path}"]))
        return 1
    print(f"fuzz-elf: ok, {total:,} files in {seconds} s, none treated otherwise than it should")
    return 0


if __name__ == "__main__":
    sys.exit(main())
