"""A run's records, checks, figures and report once more, from its raw logs and its manifest alone: years later, on a machine without emulators or a build.

Everything goes the way that it went when it was measured; only the boots are read instead of made. Figures and report are the business of their own modules.
"""

from pathlib import Path

from harness import catalogue, emulators
from harness.booting.boot import Booted, Order
from harness.catalogue import Experiment, Operation, System
from harness.crosscheck import events
from harness.emulators.qemu import Qemu
from harness.errors import Trouble
from harness.model import memory_log
from harness.reading import provenance
from harness.reading.records import VERSION, Verdict, load_json, write_json
from harness.running import kept, wall
from harness.running.folder import CHECKS, MANIFEST, RECORDS
from harness.running.runner import MEMORY, PROBE, Plan, Runner
from harness.watching.progress import Silence

FACTS = ("run", "stamp", "emulators", "boots", "not_booted")  # of a manifest, without which a run can be neither read nor gone on with


class Reader(Runner):
    """A run whose machines have been."""

    def __init__(self, plan: Plan, about: dict):
        super().__init__(plan, Silence(), {one["name"]: one for one in about["boots"] if kept.serial(plan.run_dir, one["name"]).exists()})
        self.not_booted = about["not_booted"]
        self.absent = about.get("not_built", {})

    def boot(self, order: Order) -> tuple[Booted | None, Verdict | None]:
        if order.name in self.made:
            return super().boot(order)
        return None, Verdict("missing", self.not_booted.get(order.name, f"the run has no boot {order.name}"))

    def not_built(self, system: System, experiments: list[Experiment]) -> list[Experiment]:
        return [one for one in experiments if one.program in self.absent.get(system.name, ())]

    def boot_with_plugin(self, order: Order, *_) -> tuple[Booted | None, Verdict | None]:
        return self.boot(order)


def reprocess(run_dir: Path) -> dict[str, bool]:
    """Write the run's records and checks anew. Returns, for each file, whether it has changed. Raises Trouble if logs or manifest are not there."""
    about = load_json(run_dir, "manifest.json") and provenance.loaded(run_dir)
    if lost := [file.name for one in about.get("boots", ()) for file in logs(run_dir, one) if not file.exists()]:
        more = f" and {len(lost) - 1} more are" if len(lost) > 1 else " is"
        raise Trouble(f"logs/{lost[0]}{more} not in {run_dir}: without its logs a run cannot be made again; its files are left as they are")
    result = Reader(plan_of(run_dir, about), about).run()
    new = {RECORDS: [one.as_json(about["run"]) for one in result.records], CHECKS: result.checks}
    if (run_dir / events.FILE).exists():  # runs from before there were any have none
        new[events.FILE] = result.events
    if (run_dir / memory_log.FILE).exists():
        new[memory_log.FILE] = result.memory
    if (run_dir / wall.FILE).exists():
        new[wall.FILE] = result.wall
    changed = {name: replaced(run_dir / name, data) for name, data in new.items()}
    if about.get("schema") != VERSION:
        write_json(run_dir / MANIFEST, about | {"schema": VERSION})
    return changed


def logs(run_dir: Path, boot: dict) -> list[Path]:
    """The logs that a boot of the manifest has left: its own, and that of a plugin which saw it come to an orderly end."""
    log = kept.serial(run_dir, boot["name"])
    plugin = boot["name"].rpartition("-")[0].rpartition("-")[2]
    ended = str(boot["status"]).isdigit() and Qemu().success(int(boot["status"]))
    return [log, log.with_suffix(f".{plugin}")] if plugin in (PROBE, MEMORY) and ended else [log]


def plan_of(run_dir: Path, about: dict) -> Plan:
    """What a run had planned, by its manifest. Raises Trouble if that does not say it."""
    try:
        return planned(run_dir, about)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Trouble(f"{run_dir}/manifest.json does not say what was planned (no {error}): a run from before there was reprocess, measure again") from error


def planned(run_dir: Path, about: dict) -> Plan:
    if lacking := [name for name in FACTS if name not in about]:
        raise KeyError(lacking[0])
    plan, known = about["plan"], emulators.load()
    systems = [catalogue.SYSTEMS[name] for name in plan["systems"]]
    experiments = [
        Experiment(**(one | {"operations": tuple(Operation(**operation) for operation in one["operations"]), "flavours": tuple(one["flavours"])}))
        for one in plan["experiments"]
    ]
    machines = {name: known[name] for name in plan["emulators"]}
    options = {name: about[name] for name in ("bindings", "seed") if name in about}
    silence = about["timeout_seconds"]
    options["whole"] = about.get("boot_seconds", silence)  # once, the timeout was that of a whole boot
    return Plan(experiments, systems, machines, run_dir, silence, bytes.fromhex(about["key"]), **options, probed=plan.get("probed", True), memory=plan.get("memory", False), wall=plan.get("wall", 0))


def replaced(path: Path, data: list) -> bool:
    before = path.read_bytes() if path.exists() else b""
    write_json(path, data)
    return path.read_bytes() != before
