"""Boots that have been made, read again from a run's folder: its raw logs, and what its manifest says of each boot. Nothing is booted."""

from pathlib import Path

from harness.booting import media, process, protocol
from harness.booting.boot import PANIC, Booted, Order
from harness.catalogue import SYSTEMS, program_file
from harness.errors import Trouble
from harness.watching import estimate

CUT_SHORT = ("interrupted",)  # statuses of boots that say nothing


def finished(run_dir: Path, boots: list[dict]) -> dict[str, dict]:
    """What the manifest says of the boots that came to an end of their own, whatever end, and whose logs are there; by name."""
    return {one["name"]: one for one in boots if one["status"] not in CUT_SHORT and serial(run_dir, one["name"]).exists()}


def serial(run_dir: Path, name: str) -> Path:
    return run_dir / "logs" / f"{name}.serial"


def read(order: Order, known: dict) -> Booted:
    """The boot as boot.boot() gave it. `known` is its entry in the manifest."""
    path = serial(order.run_dir, order.name)
    data, status = path.read_bytes(), known["status"]
    outcome = process.Outcome(int(status) if status.isdigit() else None, "" if status.isdigit() else status, known["wall_seconds"])
    emulator_log = path.with_suffix(".emulator")
    said = "".join(protocol.last_lines(emulator_log.read_bytes(), 1)) if emulator_log.exists() else ""
    panic = PANIC.search(data)
    log, last = protocol.parse(data), protocol.last_lines(data)
    order.follower.seconds.update(known.get("experiment_seconds", {}))
    return Booted(order, known["argv"], known["sha256"], outcome, log, last, said, panic[0].decode() if panic else "")


def same_files(name: str, known: dict) -> None:
    """Raises Trouble unless what is built now is what the boot of that name was given."""
    system = SYSTEMS[name.rpartition("-")[0].rpartition("-")[0]]
    started = {one: program_file(system, one) for one in estimate.programs(known["sha256"])}
    now = media.ingredients(system, started) if known["sha256"] else {}
    other = [one for one, digest in now.items() if known["sha256"].get(one) != digest]
    if other:
        raise Trouble(f"{name} was booted with another {other[0]} than the one that is built now: a run cannot go on with other files, begin a new one")
