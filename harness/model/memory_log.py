"""What the plugin memory/memory.c counted, read, and kept in a run folder as memory.json: a row an operation and system, of the execution with the median count.

What the counts might cost is cost_model.py's. They are of the whole region: `overhead` is what the region's own frame has of `insns`.
"""

import re
import statistics
from dataclasses import dataclass
from pathlib import Path

from harness import usage
from harness.errors import Trouble
from harness.reading.records import Measurement, Record, load_json, violation

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["experiment", "operation", "system", "per", "overhead", "counts"],
        "properties": {
            **{name: {"type": "string", "minLength": 1} for name in ("experiment", "operation", "system")},
            "per": {"type": "integer", "minimum": 1},
            "overhead": {"type": "integer", "minimum": 0},
            "counts": {"type": "object", "required": ["insns"], "additionalProperties": {"type": "integer", "minimum": 0}},
        },
    },
}
FILE = "memory.json"
INTERVAL = re.compile(r"interval 0x([0-9a-f]{1,16}) 0x([0-9a-f]{1,16})((?: [0-9]{1,18})+)")


@dataclass(frozen=True)
class Memory:
    """The boot of one experiment with the plugin: its own samples by operation, and all intervals in execution order."""

    samples: dict[str, Measurement]
    intervals: tuple[tuple[tuple[int, int], dict[str, int]], ...]  # region, counts by name


def read(text: str) -> tuple[tuple[tuple[int, int], dict[str, int]], ...]:
    """Raises ValueError if a line is not understood, or the end is missing."""
    head, *lines, last = text.splitlines() if text.count("\n") > 1 else ("", "")
    if last != f"end {len(lines)}" or not head.startswith("columns "):
        raise ValueError("the memory plugin's output is truncated: it has no `columns` line, or no `end` line with the right count")
    columns = head.split()[1:]
    found = []
    for line in lines:
        match = INTERVAL.fullmatch(line)
        numbers = match[3].split() if match else []
        if len(numbers) != len(columns):
            raise ValueError(f"the memory plugin's output has a line that is not understood: {line[:80]!r}")
        found.append(((int(match[1], 16), int(match[2], 16)), dict(zip(columns, map(int, numbers)))))
    return tuple(found)


def collect(records: list[Record], memories: dict[tuple[str, str], Memory]) -> list[dict]:
    """A row for each operation measured in QEMU whose boot with the plugin gave the very same samples; the others have none."""
    rows = []
    for record in records:
        memory = memories.get((record.system, record.experiment))
        if memory and record.emulator == "qemu" and record.verdict == "ok" and record.measurement.region and memory.samples.get(record.operation) == record.measurement:
            row = of(record, memory)
            rows += [row] if row else []
    return rows


def of(record: Record, memory: Memory) -> dict | None:
    measured = record.measurement
    own = [counts for region, counts in memory.intervals if region == measured.region][-len(measured.raw) :]
    if len(own) < len(measured.raw):
        return None
    counts = own[measured.raw.index(statistics.median_low(measured.raw))]
    name = {"experiment": record.experiment, "operation": record.operation, "system": record.system}
    return name | {"per": measured.per, "overhead": measured.overhead, "counts": counts}


def load(run_dir: Path) -> list[dict]:
    """The rows of a run. Raises Trouble if it has none."""
    if not (run_dir / FILE).exists():
        raise Trouble(f"{run_dir} has no {FILE}, so there is nothing to model: ./exolab run --memory simulates the TLB and caches that the model needs")
    rows = load_json(run_dir, FILE)
    if wrong := violation(rows, SCHEMA):
        raise Trouble(f"{run_dir}/{FILE} is not what the memory plugin's counts are kept as ({wrong}): ./exolab reprocess --run {usage.named(run_dir)} makes it again")
    return rows
