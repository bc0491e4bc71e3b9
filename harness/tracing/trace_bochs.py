"""Traces from Bochs: its debugger stops at a region's first rdtsc as often as is said, lets the execution of interest go by instruction by instruction, and goes on.

A line of the trace carries the tick at which its instruction began, so what an instruction counts is read, not assumed.
"""

import re
from dataclasses import replace
from pathlib import Path

from harness.booting.boot import Booted, Order, boot
from harness.errors import Trouble
from harness.tracing.trace import Step, Trace

INSN = re.compile(r"\(0\)\.\[(\d+)\] \[0x[0-9a-f]+\] ([0-9a-f]{4}):([0-9a-f]{16}) .*; ((?:[0-9a-f]{2}){1,15})\s*$")
STOPPED = re.compile(r"Next at t=(\d+)")
ON, OFF = "Tracing enabled", "Tracing disabled"
NO_DEBUGGER = "nothing was traced: this Bochs has no debugger, or another one; Debian's package bochs has it"


def commands(wanted: list[Trace]) -> tuple[str, ...]:
    """What to tell the debugger. Regions are measured one after the other, so one breakpoint at a time is enough; Bochs numbers them from 1."""
    lines: list[str] = []
    for number, one in enumerate(wanted):
        begin, end = one.region
        lines += [f"lb 0x{begin:x}", *["c"] * one.ordinal, "trace on", f"lb 0x{end:x}", "c", "trace off", f"d {2 * number + 1}", f"d {2 * number + 2}"]
    return tuple(lines)


def trace(order: Order, wanted: list[Trace]) -> tuple[list[Trace], Booted | None]:
    """Boot, and trace each of `wanted`, which must be in the order measured. Those that could not be made say why; `raw` is still to be held against the guest's own."""
    wanted = [replace(one, emulator=order.emulator.name, steps=(), why="") for one in wanted]
    try:
        booted = boot(replace(order, debugger=commands(wanted)))
        stretches = traced(order.run_dir / booted.log_path.replace(".serial", ".emulator"))
    except Trouble as trouble:
        return [replace(one, why=str(trouble)) for one in wanted], None
    if not stretches:
        return [replace(one, why=NO_DEBUGGER) for one in wanted], booted
    return [filled(one, *stretches[i]) if i < len(stretches) else replace(one, why="the guest ended before this was traced") for i, one in enumerate(wanted)], booted


def traced(log: Path) -> list[tuple[list[tuple[int, int, int, bytes]], int]]:
    """The instructions (tick, selector, address, code) of each stretch that was traced, and the tick at its end."""
    return parts(log.read_text(errors="replace"))


def parts(said: str) -> list[tuple[list[tuple[int, int, int, bytes]], int]]:
    """The same of what the debugger said; a stretch without an end is none."""
    found, running = [], None
    for line in said.splitlines():
        if ON in line:
            running = []
        elif OFF in line:
            running = None
        elif running is not None and (match := STOPPED.match(line)):
            found.append((running, int(match[1])))
            running = None
        elif running is not None and (match := INSN.search(line)):
            running.append((int(match[1]), int(match[2], 16), int(match[3], 16), bytes.fromhex(match[4])))
    return found


def filled(wanted: Trace, insns: list[tuple[int, int, int, bytes]], end: int) -> Trace:
    ticks = [tick for tick, *_ in insns] + [end]
    steps = tuple(Step(address, code, selector & 3, ticks[i + 1] - tick) for i, (tick, selector, address, code) in enumerate(insns))
    return replace(wanted, steps=steps, why="" if steps else NO_DEBUGGER)
