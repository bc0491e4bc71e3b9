"""A run's folder while the run goes on and when it is over: manifest, records and checks. What is in the manifest is manifest.py's business.

Invariant: from the first boot on the folder has a manifest that lists the boots which are complete, so whatever ends the harness leaves a run that
`run --resume` can go on with.
"""

import errno
import threading
from dataclasses import asdict

from harness.crosscheck import events
from harness.errors import Trouble
from harness.model import memory_log
from harness.reading import records
from harness.reading.records import write_json
from harness.running import manifest, wall

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
RECORDS, CHECKS, MANIFEST = "records.json", "crosscheck.json", "manifest.json"


class Folder:
    """The files of one run. `facts` are what only the caller knows: the stamp, options."""

    def __init__(self, plan, **facts):
        self.path = plan.run_dir
        self.lock = threading.Lock()
        planned = {"systems": [one.name for one in plan.systems], "emulators": list(plan.emulators), "experiments": [asdict(one) for one in plan.experiments], "probed": plan.probed, "memory": plan.memory, "wall": plan.wall}
        self.about = {
            "schema": records.VERSION,
            **manifest.collect(self.path.name, list(plan.emulators.values()), plan.key),
            "timeout_seconds": plan.timeout,
            "boot_seconds": plan.patience.whole,
            "bindings": plan.bindings,
            "jobs": plan.jobs,
            "seed": plan.seed,
            "experiments": {one.name: one.heading for one in plan.experiments},
            "plan": planned,
            **facts,
        }

    def keep(self, runner, interrupted: bool = True, **facts) -> None:
        """Write the manifest as things stand. Raises OSError."""
        with self.lock:
            boots = manifest.boots([*runner.booted], runner.symboliser)
            state = {"interrupted": interrupted, "not_booted": {**runner.not_booted}, "not_built": {**runner.lacking}, "boots": boots, **facts}
            write_json(self.path / MANIFEST, self.about | state)

    def save(self, runner, result, **facts) -> None:
        """Write all files, and point results/latest at the folder unless the disk was full. Raises Trouble if there is no room for them."""
        try:
            write_json(self.path / RECORDS, [one.as_json(self.path.name) for one in result.records])
            write_json(self.path / CHECKS, result.checks)
            write_json(self.path / events.FILE, result.events)
            if result.memory:
                write_json(self.path / memory_log.FILE, result.memory)
            if result.wall:
                write_json(self.path / wall.FILE, result.wall)
            self.keep(runner, result.interrupted or result.disk_full, **facts)
            if not result.disk_full:
                link = self.path.parent / "latest.new"
                link.unlink(missing_ok=True)
                link.symlink_to(self.path.name)
                link.replace(self.path.parent / "latest")
        except OSError as error:
            raise self.full(error) from error

    def full(self, error: OSError) -> Exception:
        """What to raise for `error`: a clear word if the disk is full, else the error itself."""
        if error.errno not in DISK_FULL:
            return error
        return Trouble(f"the disk is full: free some space for {self.path} and run again (results/latest is unchanged)")
