"""A run in one file, to keep or to send: a compressed tar archive with the checksum of each file, the same bytes from the same run.

What it leaves out can be made again: the boot media, and the figures' PNG from their scripts. `./exolab reprocess` needs only what is in it.
"""

import gzip
import hashlib
import io
import tarfile
from pathlib import Path

from harness.errors import Trouble
from harness.reading import records

LEFT_OUT = ("boot",)  # folders of a run
SUMS = "SHA256SUMS"  # as sha256sum -c reads it


def write(run_dir: Path, target: Path) -> int:
    """Write the archive. Returns how many files are in it. Raises Trouble if the folder is no run or the file cannot be written."""
    records.load(run_dir)
    run_dir = run_dir.resolve()
    files = {path.relative_to(run_dir): path.read_bytes() for path in sorted(run_dir.rglob("*")) if path.is_file() and path.relative_to(run_dir).parts[0] not in LEFT_OUT}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    try:
        with target.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed, tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for name, data in {Path(SUMS): sums.encode(), **files}.items():
                entry = tarfile.TarInfo(f"{run_dir.name}/{name}")
                entry.size, entry.mode = len(data), 0o644
                archive.addfile(entry, io.BytesIO(data))
    except OSError as error:
        raise Trouble(f"{target} cannot be written: {error.strerror}") from error
    return len(files) + 1
