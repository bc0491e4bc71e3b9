"""What was built from a file that is not there any more does not stay behind `make build`: it would be measured as if the commit had it."""

import subprocess

from handmade import ROOT

KEPT = ("workloads/exos/null.elf", "workloads/unix/init.elf", "workloads/exos/bin/sh.elf", "workloads/exos/bin/sh.symbols", "tests/exos/deaths.elf", "libos/minimal.elf", "libos/inverted.elf")
LEFT = ("workloads/exos/gone.elf", "workloads/unix/gone.elf", "workloads/exos/bin/gone.elf", "workloads/exos/bin/gone.symbols", "tests/unix/gone.elf", "libos/gone.elf")
FOREIGN = ("workloads/hello/gone.elf", "hello/hello.bin")  # a system of one's own (docs/extending.md)


def test_programs_without_a_source_go(tmp_path):
    for name in KEPT + LEFT + FOREIGN:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    subprocess.run(["make", "--no-print-directory", f"B={tmp_path}", "no-leftovers"], cwd=ROOT, check=True, capture_output=True, timeout=60)
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} == {*KEPT, *FOREIGN}
