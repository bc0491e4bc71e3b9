"""What the probe counted of each operation beside instructions: loads, stores, kernel entries and so on, of the execution with the median count.

Kept in a run folder as events.json, a row an operation and system. They are of the whole region, its two rdtsc included, so `insns` is the raw sample, before the
overhead is taken off. Their sum with R, F and D is law.py's business, what they might cost on a machine is a model's.
"""

import statistics

from harness.crosscheck import law
from harness.reading.records import Record

FILE = "events.json"


def collect(records: list[Record], probes: dict[tuple[str, str], law.Probe]) -> list[dict]:
    """A row for each operation measured in QEMU whose probe can be trusted; the others have none."""
    rows = []
    for record in records:
        probe = probes.get((record.system, record.experiment))
        if record.emulator == "qemu" and record.verdict == "ok" and record.measurement.region and probe and not law.probe_trouble(record, record.measurement, probe):
            rows.append(row(record, probe))
    return rows


def row(record: Record, probe: law.Probe) -> dict:
    raw = record.measurement.raw
    sample = raw.index(statistics.median_low(raw))
    one = law.matching(probe, record.measurement)[sample]
    name = {"experiment": record.experiment, "operation": record.operation, "system": record.system, "per": record.measurement.per}
    return name | {"insns": one.instructions, "R": one.r, "F": one.f, "D": one.d} | one.events
