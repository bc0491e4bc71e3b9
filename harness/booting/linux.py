"""Debian's own kernel, downloaded and unpacked into a cache, never installed. Once cached it needs no network.

The initramfs it boots with is media.py's business. To get a newer kernel, delete the cache folder.
"""

import os
import re
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

from harness.errors import Trouble

METAPACKAGE = "linux-image-amd64"
DOWNLOAD_SECONDS = 600
LOCK = threading.Lock()  # two boots at a time may ask for it together


def cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "exolab" / "linux"


def kernel() -> Path:
    """The newest cached kernel image (vmlinuz); downloads one if there is none. Raises Trouble."""
    with LOCK:
        return newest(cache()) or download()


def newest(folder: Path, pattern: str = "*") -> Path | None:
    """The vmlinuz in the subfolder of `folder` with the highest version in its name: 6.1.0-10 is newer than 6.1.0-9."""
    found = folder.glob(f"{pattern}/vmlinuz")
    return max(found, key=lambda path: [(not word.isdigit(), word.zfill(9)) for word in re.findall(r"\d+|\D+", path.parent.name)], default=None)


def version() -> str:
    """The package version, which is the name of the folder that kernel() is in."""
    return kernel().parent.name


def download() -> Path:
    """Fetch and unpack the package that METAPACKAGE stands for. The cache folder appears complete or not at all."""
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="download-", dir=cache()) as folder:
        run(["apt-get", "-q", "download", real_package()], folder)
        (package,) = Path(folder).glob("*.deb")
        run(["dpkg-deb", "-x", package.name, "root"], folder)
        (vmlinuz,) = Path(folder, "root", "boot").glob("vmlinuz-*")
        ready = Path(folder, "ready")
        ready.mkdir()
        shutil.copyfile(vmlinuz, ready / "vmlinuz")
        target = cache() / package.stem.removesuffix("_amd64")
        ready.rename(target)
    return target / "vmlinuz"


def real_package() -> str:
    depends = run(["apt-cache", "depends", METAPACKAGE], "/")
    found = re.search(r"Depends: (linux-image-\S+)", depends)
    if not found:
        raise Trouble(f"apt knows no package {METAPACKAGE}: run apt-get update")
    return found[1]


def run(argv: list[str], folder: str) -> str:
    try:
        done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS)
    except FileNotFoundError as error:
        raise Trouble(f"Linux cannot be fetched: no {argv[0]}, it comes as a Debian package") from error
    except subprocess.TimeoutExpired as error:
        raise Trouble(f"Linux cannot be fetched: {argv[0]} took more than {DOWNLOAD_SECONDS} s") from error
    if done.returncode:
        said = " ".join(done.stderr.split())[-200:]
        raise Trouble(f"Linux cannot be fetched ({' '.join(argv[:3])}: {said}): is there a network? try apt-get update")
    return done.stdout
