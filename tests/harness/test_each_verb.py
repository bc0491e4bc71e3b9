"""Each verb once by the real command line, as a process, on a run that was replayed so: that what they need is there when nothing else has been imported, and that they end as documented."""

import os
import subprocess
from collections import namedtuple

import pytest
from handmade import GOOD, ROOT
from test_usage import VERBS

from harness.booting import linux_tuned

Place = namedtuple("Place", "exolab")

# verb -> its further words, the exit status, a word that it says
WORDS = {
    "doctor": ("", 2, "install the Debian package qemu-system-x86"),
    "list": ("", 0, "operation ud2"),
    "plan": ("null --system exos --emulator qemu", 2, "qemu-system-x86_64 is missing"),
    "run": ("--no-build --system exos --replay recorded", 0, "report: "),
    "rerun": ("latest --no-build --replay recorded", 0, "the set-up is the same"),
    "trace": ("nul --no-build", 2, "no operation is called nul"),
    "show": ("--format csv", 0, "null,call"),
    "table": ("null --format latex", 0, "tabular"),
    "archive": ("-o run.tar.gz", 0, "run.tar.gz: "),
    "reprocess": ("", 0, "records.json"),
    "crosscheck": ("", 2, "nothing to check"),
    "claims": ("", 2, "CANNOT TELL"),
    "layouts": ("", 2, "--layouts"),
    "wall": ("", 2, "--wall"),
    "model": ("", 2, "--memory"),
    "plot": ("", 0, ".svg"),
    "report": ("", 0, "report.html"),
    "gate": ("--against latest", 0, "3 cells are the same"),
    "compare": ("latest latest", 0, "0 changed"),
    "boot": ("exso", 2, "did you mean exos?"),
    "completion": ("bash", 0, "complete "),
    "build-linux-tuned": ("", 0, "vmlinuz"),
}


@pytest.fixture(scope="module")
def place(build, tmp_path_factory):
    """A folder with a recorded log, a replayed run of it, no emulator, and a small Linux in the cache."""
    folder = tmp_path_factory.mktemp("place")
    for path in ("recorded", "bin", f"cache/exolab/linux-tuned/linux-6.1.7-{linux_tuned.configuration()}"):
        (folder / path).mkdir(parents=True)
    for file in ("vmlinuz", "System.map", "config"):
        (folder / f"cache/exolab/linux-tuned/linux-6.1.7-{linux_tuned.configuration()}" / file).touch()
    for tool in ("sh", "cat", "readlink", "dirname", "git", "uname", "gnuplot"):
        (folder / "bin" / tool).symlink_to(f"/usr/bin/{tool}")
    (folder / "recorded/exos-1.serial").write_bytes(GOOD)
    (folder / "recorded/exos-1.status").write_text("1\n")
    where = os.environ | {"EXOLAB_BUILD": str(build), "EXOLAB_RESULTS": str(folder / "results"), "PATH": str(folder / "bin"), "XDG_CACHE_HOME": str(folder / "cache")}

    def exolab(*words):
        return subprocess.run([ROOT / "exolab", *words], capture_output=True, text=True, timeout=60, cwd=folder, env=where)

    exolab("run", *WORDS["run"][0].split())
    return Place(exolab)


def test_the_table_has_every_verb():
    assert WORDS.keys() == VERBS.keys()


@pytest.mark.parametrize("verb", WORDS)
def test_verb(place, verb):
    words, status, says = WORDS[verb]
    done = place.exolab(verb, *words.split())
    said = done.stdout + done.stderr
    assert says in said and "Traceback" not in said
    assert done.returncode == status, said
