"""Linux built small, from Debian's package linux-source-6.1 and linux-tuned.config: the baseline at its best. Built when it is first asked for, then cached.

Debian's own kernel is linux.py's business. Cached by the source's version and the configuration, so changing either builds anew.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Callable

from harness import packages, paths
from harness.booting import linux
from harness.errors import Trouble

NAME = "linux-tuned"
FRAGMENT = Path(__file__).with_name("linux-tuned.config")
TABLE = paths.ROOT / "harness" / "packages-linux-tuned.txt"
SETUP = paths.ROOT / "harness" / "setup.sh"
SOURCE = Path("/usr/src/linux-source-6.1.tar.xz")
POLITE = ["nice", "-n", "19"]  # it may run for ten minutes beside other work
JOBS = 2
REPORT_SECONDS = 30
# the same source and configuration give the same kernel, byte for byte
FIXED = {"KBUILD_BUILD_TIMESTAMP": "1970-01-01", "KBUILD_BUILD_USER": "exolab", "KBUILD_BUILD_HOST": "exolab", "MAKEFLAGS": "", "MAKELEVEL": "0"}


def cache() -> Path:
    return linux.cache().with_name(NAME)


def kernel(say: Callable[[str], None] = lambda _: None) -> Path:
    """The cached kernel image; builds one if there is none, telling `say` how far it is. Raises Trouble."""
    with linux.LOCK:
        return linux.newest(cache(), f"*-{configuration()}") or build(say)


def configuration() -> str:
    """What names the configuration in the cache."""
    return hashlib.sha256(FRAGMENT.read_bytes()).hexdigest()[:12]


def build(say: Callable[[str], None]) -> Path:
    """Unpack, configure, compile. The cache folder appears complete or not at all."""
    install(say)
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="build-", dir=cache()) as folder:
        say(f"{NAME}: building Linux from {SOURCE}, about 10 minutes on two idle cores; later runs take it from {cache()}")
        run([*POLITE, "tar", "-xf", str(SOURCE)], folder)
        (source,) = (path for path in Path(folder).iterdir() if path.is_dir())
        configure(source)
        compile_all(source, say)
        release = (source / "include/config/kernel.release").read_text().strip()
        ready = Path(folder, "ready")
        ready.mkdir()
        for name, file in {"vmlinuz": "arch/x86/boot/bzImage", "System.map": "System.map", "config": ".config"}.items():
            shutil.copyfile(source / file, ready / name)
        target = cache() / f"linux-{release}-{configuration()}"
        ready.rename(target)
    return target / "vmlinuz"


def install(say: Callable[[str], None]) -> None:
    missing = packages.missing(TABLE)
    if missing:
        say(f"{NAME}: installing the Debian packages {' '.join(missing)}")
        run(["bash", str(SETUP), NAME], "/")


def configure(source: Path) -> None:
    """Everything off but what the fragment switches on; every line of it must have been taken."""
    run(["make", f"KCONFIG_ALLCONFIG={FRAGMENT}", "allnoconfig"], source)
    taken = set((source / ".config").read_text().splitlines())
    lost = [line for line in FRAGMENT.read_text().splitlines() if line.startswith("CONFIG_") and line not in taken]
    if lost:
        raise Trouble(f"{FRAGMENT.name}: this Linux does not take {', '.join(lost)}: mend the fragment")


def compile_all(source: Path, say: Callable[[str], None]) -> None:
    start = last = time.monotonic()
    log = source / "build.log"
    with log.open("wb") as output:
        make = subprocess.Popen([*POLITE, "make", f"-j{JOBS}", "bzImage"], cwd=source, env=os.environ | FIXED, stdout=output, stderr=output, start_new_session=True)
        try:
            while make.poll() is None:
                time.sleep(0.2)
                if time.monotonic() - last > REPORT_SECONDS:
                    last = time.monotonic()
                    say(f"{NAME}: {len(re.findall(rb'^  CC ', log.read_bytes(), re.M))} files compiled, {(last - start) / 60:.1f} min")
        finally:
            if make.poll() is None:
                os.killpg(make.pid, signal.SIGKILL)
                make.wait()
    if make.returncode:
        raise Trouble(f"{NAME} cannot be built: make ended with {make.returncode}: {' '.join(log.read_text(errors='replace').split())[-300:]}")
    say(f"{NAME}: built in {(time.monotonic() - start) / 60:.1f} min")


def run(argv: list[str], folder: str | Path) -> None:
    try:
        done = subprocess.run(argv, cwd=folder, env=os.environ | FIXED, capture_output=True, text=True, errors="replace")
    except FileNotFoundError as error:
        raise Trouble(f"{NAME} cannot be built: no {argv[0]}: run make setup") from error
    if done.returncode:
        raise Trouble(f"{NAME} cannot be built ({' '.join(argv[:3])}): {' '.join((done.stdout + done.stderr).split())[-300:]}")
