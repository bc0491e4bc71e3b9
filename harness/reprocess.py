"""A run's records, checks, figures and report once more, from its raw logs and its manifest alone: years later, on a machine without emulators or a build.

Everything goes the way that it went when it was measured; only the boots are read instead of made. Figures and report are the business of their own modules.
"""

from pathlib import Path

from harness import catalogue, emulators, events, law, process, protocol
from harness.boot import PANIC, Booted, Order
from harness.catalogue import Experiment, Operation, System
from harness.errors import Trouble
from harness.progress import Lines
from harness.records import Verdict, load_json, write_json
from harness.runner import Plan, Runner, read_probe

RECORDS, CHECKS = "records.json", "crosscheck.json"


class Reader(Runner):
    """A run whose machines have been."""

    def __init__(self, plan: Plan, about: dict):
        super().__init__(plan, Lines())
        self.boots = {one["name"]: one for one in about["boots"]}
        self.not_booted = about["not_booted"]

    def boot(self, order: Order) -> tuple[Booted | None, Verdict | None]:
        serial = self.plan.run_dir / "logs" / f"{order.name}.serial"
        if order.name not in self.boots or not serial.exists():
            return None, Verdict("missing", self.not_booted.get(order.name, f"the run has no boot {order.name}"))
        known = self.boots[order.name]
        data, status = serial.read_bytes(), known["status"]
        outcome = process.Outcome(int(status) if status.isdigit() else None, "" if status.isdigit() else status, known["wall_seconds"])
        emulator_log = serial.with_suffix(".emulator")
        said = "".join(protocol.last_lines(emulator_log.read_bytes(), 1)) if emulator_log.exists() else ""
        panic = PANIC.search(data)
        log, last = protocol.parse(data), protocol.last_lines(data)
        booted = Booted(order, known["argv"], known["sha256"], outcome, log, last, said, panic[0].decode() if panic else "")
        self.booted.append(booted)
        return booted, None

    def not_built(self, system: System, experiments: list[Experiment]) -> list[Experiment]:
        return []

    def probed(self, system: System, experiment: Experiment, index: int) -> law.Probe:
        programs = {experiment.program: Path(experiment.program)}
        order = Order(system, self.plan.emulators["qemu"], programs, self.plan.run_dir, self.plan.timeout, index, "probe")
        booted, trouble = self.boot(order)
        if trouble:
            return law.Probe({}, (), f"the boot with the probe: {trouble.reason}")
        return read_probe(booted, experiment, self.plan.run_dir / "logs" / f"{order.name}.probe")


def reprocess(run_dir: Path) -> dict[str, bool]:
    """Write the run's records and checks anew. Returns, for each file, whether it has changed. Raises Trouble if logs or manifest are not there."""
    about = load_json(run_dir, "manifest.json")
    try:
        result = Reader(planned(run_dir, about), about).run()
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Trouble(f"{run_dir}/manifest.json does not say what was planned (no {error}): a run from before there was reprocess, measure again") from error
    new = {RECORDS: [one.as_json(about["run"]) for one in result.records], CHECKS: result.checks}
    if (run_dir / events.FILE).exists():  # runs from before there were any have none
        new[events.FILE] = result.events
    return {name: replaced(run_dir / name, data) for name, data in new.items()}


def planned(run_dir: Path, about: dict) -> Plan:
    plan, known = about["plan"], emulators.load()
    systems = [catalogue.SYSTEMS[name] for name in plan["systems"]]
    experiments = [
        Experiment(**(one | {"operations": tuple(Operation(**operation) for operation in one["operations"]), "flavours": tuple(one["flavours"])}))
        for one in plan["experiments"]
    ]
    return Plan(experiments, systems, {name: known[name] for name in plan["emulators"]}, run_dir, about["timeout_seconds"], bytes.fromhex(about["key"]), about.get("bindings"))


def replaced(path: Path, data: list) -> bool:
    before = path.read_bytes() if path.exists() else b""
    write_json(path, data)
    return path.read_bytes() != before
