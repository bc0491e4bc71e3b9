"""Programs that tests compile for this machine, made once: they stay in build/tests/host/ as long as the compiler would be given the same text and flags.

What that text is the compiler's preprocessor says, so a header that changes, or is found elsewhere, counts like a source.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "build/tests/host"


def compiled(name: str, command: list, sources: list, folder: Path = FOLDER) -> Path:
    """What `command` makes of the sources, as a file that is called `name` and a digest of what it is made from. Raises CalledProcessError."""
    text = subprocess.run([*command, "-E", *sources], check=True, stdout=subprocess.PIPE, timeout=60).stdout
    return made(name, [*command, *sources], text, folder)


def made(name: str, command: list, text: bytes, folder: Path = FOLDER) -> Path:
    """What `command` makes, which is the same whenever the compiler, the words of the command and `text` are."""
    path = folder / f"{name}-{digest(command, text)}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as lock:  # the tests of another process may want it too
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in folder.glob(f"{name}-" + "[0-9a-f]" * 16):
                old.unlink()
            new = folder / f"{name}.new"
            subprocess.run([*command, "-o", new], check=True, timeout=60)
            new.rename(path)
    return path


def digest(command: list, text: bytes) -> str:
    compiler = os.stat(shutil.which(command[0]))
    identity = [compiler.st_size, compiler.st_mtime_ns, *map(str, command)]
    return hashlib.sha256(repr(identity).encode() + text).hexdigest()[:16]
