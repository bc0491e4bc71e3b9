"""Traces as text for a terminal or a file, and as JSON."""

from harness.reading import provenance
from harness.tracing.trace import Named, Trace, difference, folded

FAULTED = "    (faults, and does not complete: counts 0 in QEMU)"
AGREE, PART = "ran the same instructions, line by line", "DIFFER beyond the law"
EMPTY = "(the same region empty: what measuring costs)"


def headline(trace: Trace) -> str:
    """`exception.prot-dispatch on exos in QEMU: 16 instructions`, or why there is no trace."""
    name = f"{trace.experiment}.{trace.operation} on {trace.system} in {provenance.NAMES.get(trace.emulator, trace.emulator)}"
    if trouble := trace.trouble():
        return f"{name}: no trace: {trouble}" if trace.why else f"{name}: DOES NOT ADD UP: {trouble}"
    net = trace.raw - trace.overhead
    share = f", {net / trace.per:g} for each of {trace.per}" if trace.per > 1 else ""
    return f"{name}: {net} instructions{share}"


def sums(steps: list[Named], trace: Trace) -> str:
    """The table by function; its sum is the record's."""
    rows = [("instructions", "ring", "function", "of", "first at")]
    first = {one.key: one.source for one in reversed(steps)}
    rows += [(str(count), str(key[0]), key[2], key[1], first[key]) for key, count in folded(steps).items()]
    rows += [(f"-{trace.overhead}", "", EMPTY, "", ""), (str(trace.total() - trace.overhead), "", "sum", "", "")]
    width = [max(len(row[i]) for row in rows if row[2] != EMPTY) for i in range(5)]
    return "\n".join("  ".join([row[0].rjust(width[0]), row[1].rjust(width[1]), *(row[i].ljust(width[i]) for i in (2, 3, 4))]).rstrip() for row in rows)


def listing(steps: list[Named]) -> str:
    """Every instruction in order: its number, what it counts, ring, address, function, source line, text."""
    rows = [(str(i), str(one.step.count), str(one.step.ring), f"{one.step.address:x}", one.function, one.source, one.text + ("" if one.step.count else FAULTED)) for i, one in enumerate(steps, 1)]
    rows = [("#", "count", "ring", "address", "function", "source", "instruction"), *rows]
    width = [max(len(row[i]) for row in rows) for i in range(7)]
    return "\n".join("  ".join([*(row[i].rjust(width[i]) for i in range(4)), *(row[i].ljust(width[i]) for i in (4, 5, 6))]).rstrip() for row in rows)


def comparison(one: Trace, other: Trace) -> str:
    """What two emulators' traces of an operation say of each other."""
    names = f"{provenance.NAMES[one.emulator]} and {provenance.NAMES[other.emulator]}"
    if one.ordinal != other.ordinal:
        return f"{names}: two different executions, not compared"
    if found := difference(one, other):
        return f"{names} {PART}: {found}"
    return f"{names} {AGREE}; they count them {one.total()} and {other.total()} (bochs = qemu - R + F + D)"


def agree(said: str) -> bool:
    """Whether a comparison() says that there is nothing else to show."""
    return AGREE in said


def as_json(trace: Trace, steps: list[Named]) -> dict:
    fields = ("experiment", "operation", "system", "emulator", "raw", "overhead", "per", "ordinal", "sample")
    return {name: getattr(trace, name) for name in fields} | {
        "region": [f"0x{address:x}" for address in trace.region],
        "trouble": trace.trouble(),
        "total": trace.total(),
        "functions": [{"ring": key[0], "of": key[1], "function": key[2], "instructions": count} for key, count in folded(steps).items()],
        "steps": [
            {"address": f"0x{one.step.address:x}", "bytes": one.step.code.hex(), "ring": one.step.ring, "count": one.step.count, "of": one.image, "function": one.function,
             "source": one.source, "text": one.text}
            for one in steps
        ],
    }  # fmt: skip
