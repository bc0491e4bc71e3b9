"""What a boot's log says about each cell: a number, or why there is none.

Pure functions of a Booted; booting again without the culprit is runner.py's decision, on settle()'s answer.
Invariant: a record is `ok` only with begin of its experiment, region and samples of its own, from a system whose tick counts instructions. What an experiment had
finished when it was cut short is kept; all the rest of it gets the verdict of what cut it.
"""

from typing import Callable

from harness.booting.boot import Booted
from harness.booting.protocol import Damaged, Event, Log
from harness.catalogue import Experiment, Operation
from harness.reading.records import GOOD, Measurement, Record, Verdict, all_get

VERSION = 1  # of the wire format
ONCE = ("boot", "tick", "clock", "halt")  # what the system says once in a boot: a second one is a program's
TICK = (2, 102, 2002)  # back-to-back, 100 nops, 1000-iteration loop: docs/wire-format.md


def settle(booted: Booted, experiments: list[Experiment], symbolise: Callable[[int], str] = hex):
    """Records for the experiments that this boot decided, and the experiments to boot again without the culprit."""
    system, emulator, path = booted.order.system.name, booted.order.emulator.name, booted.log_path
    trouble = ending(booted, symbolise)
    unfit = system_trouble(booted)
    if unfit:
        return all_get(trouble or unfit, experiments, system, emulator, path), []
    decided = experiments if trouble is None else [one for one in experiments if Frame(booted.log, one).over]
    records = [record for one in decided for record in judge(booted, one)]
    undecided = [one for one in experiments if one not in decided]
    if trouble is None:
        return records, []
    if not undecided:  # everything was measured, then the system failed to stop: nothing it said can be trusted
        return all_get(trouble, experiments, system, emulator, path), []
    culprit, *again = undecided
    if booted.outcome.cut == "interrupted":
        return records + all_get(trouble, undecided, system, emulator, path), []
    return records + judge(booted, culprit, Frame(booted.log, culprit).where(trouble)), again


def ending(booted: Booted, symbolise: Callable[[int], str] = hex) -> Verdict | None:
    """None if the boot ended as it should, else the verdict of whatever it did not finish."""
    log, outcome = booted.log, booted.outcome
    last = f"; its last line: {booted.last_lines[-1]}" if booted.last_lines else "; it printed nothing"
    if outcome.cut == "interrupted":
        return Verdict("missing", "interrupted")
    if panic := log.first("panic"):
        frames = [symbolise(frame.arguments[0]) for frame in log.all("frame") if frame.line > panic.line]
        return Verdict("panic", panic.arguments[0] + ("; at " + " < ".join(frames[:8]) if frames else ""))
    if booted.linux_panic:
        return Verdict("panic", booted.linux_panic)
    if outcome.cut == "silence":
        return Verdict("timeout", f"silent for {booted.order.patience.silence:g} s{last}")
    if outcome.cut == "timeout":
        return Verdict("timeout", f"no end within {booted.order.patience.whole:g} s{last}")
    if outcome.cut:
        return Verdict("fail", f"ended by the harness ({outcome.cut}): it printed without end{last}")
    if not booted.last_lines and booted.emulator_said and outcome.status:
        return Verdict("fail", f"the emulator ended with status {outcome.status} before the guest printed anything: {booted.emulator_said}")
    if not log.first("halt"):
        return Verdict("fail", f"the machine stopped without halting in order (a triple fault or a reset?), emulator status {outcome.status}{damage(log)}{last}")
    if after := [event for event in log.events if event.line > log.first("halt").line]:
        return Verdict("fail", f"line {after[0].line} ({after[0].verb}) stands behind the halt line: a program printed what only the system says")
    if not booted.success:
        return Verdict("fail", f"it halted, but the emulator's status {outcome.status} is not that of an orderly end")
    return None


def system_trouble(booted: Booted) -> Verdict | None:
    """None if the right system came up and its tick counts instructions."""
    log, expected, wall = booted.log, booted.order.system.boots_as, booted.order.emulator.wall_clock
    boot, tick = log.first("boot"), log.first("clock" if wall else "tick")
    if not boot or boot.arguments != (VERSION, expected):
        found = "%d %s" % boot.arguments if boot else "none"
        return Verdict("fail", f"expected the boot line `{VERSION} {expected}`, found {found}{damage(log)}")
    if not tick:
        return Verdict("fail", f"the system printed {'not how long a tick is' if wall else 'no tick self-check'}{damage(log)}")
    if twice := [verb for verb in ONCE if len(log.all(verb)) > 1]:
        return Verdict("fail", f"the {twice[0]} line came twice, the second in line {log.all(twice[0])[1].line}: a program printed what only the system says")
    if not wall and tick.arguments != TICK:
        found, good = (" ".join(map(str, ticks)) for ticks in (tick.arguments, TICK))
        return Verdict("fail", f"the tick self-check gave {found}, good is {good}: ticks are not instructions here")
    return None


def damage(log: Log) -> str:
    if not log.damaged:
        return ""
    first = log.damaged[0]
    return f"; {len(log.damaged)} damaged lines, the first is line {first.line}: {first.why}"


class Frame:
    """What one experiment said between its begin and its end, and how its program ended."""

    def __init__(self, log: Log, experiment: Experiment):
        begins = [event for event in log.all("begin") if event.arguments[0] == experiment.name]
        ends = [event for event in log.all("end") if event.arguments[0] == experiment.name]
        others = [event for event in log.all("begin") if event not in begins]
        stops = [event for event in log.events if event.verb in ("exit", "panic", "halt")] + others  # a killed program exits too; its child need not end it
        self.first = begins[0].line if begins else None
        after = [event.line for event in ends + stops if begins and event.line > self.first]
        self.last = min(after, default=1 << 62)
        self.end = next((event for event in ends if event.line == self.last), None)
        self.begun_twice = len(begins) > 1
        self.intruder = next((event for event in others if event.line == self.last), None)
        self.stranger = next((event for event in log.all("exit") if begins and event.line > self.first), None)
        self.exits = [event for event in log.all("exit") if event.arguments[0] == experiment.program]
        self.program = experiment.program
        self.events = [event for event in log.events if begins and self.first < event.line < self.last]
        self.damaged = [damaged for damaged in log.damaged if begins and self.first < damaged.line < self.last]
        self.exit = self.said(log, "exit", experiment.program)
        self.killed = self.said(log, "killed", experiment.program)

    @staticmethod
    def said(log: Log, verb: str, program: str) -> Event | None:
        return next((event for event in log.all(verb) if event.arguments[0] == program), None)

    def forgery(self) -> str:
        """What shows that another program than its own printed in its name, or that its own printed what only the system says; "" if nothing does."""
        if len(self.exits) > 1:
            return f"its program's exit line came twice, the second in line {self.exits[1].line}: a program printed what only the system says"
        if self.intruder:
            return f"in line {self.intruder.line}, inside its frame, that of {self.intruder.arguments[0]} begins"
        if self.stranger and self.stranger.arguments[0] != self.program:
            return f"its frame was printed while {self.stranger.arguments[0]} ran, not {self.program}"
        return ""

    def damaged_in(self, operation: str) -> Damaged | None:
        """The first damaged line between this operation's beginning and the next one's: something was said and is lost."""
        starts = [(event.line, event.arguments[0]) for event in self.events if event.verb == "operation"]
        for damaged in self.damaged:
            before = [name for line, name in starts if line < damaged.line] or [name for _, name in starts[:1]]
            if before and before[-1] == operation:
                return damaged
        return None

    @property
    def kept(self) -> bool:
        """What it has finished counts, although the whole is not complete: the frame was opened, once, and its program did not live to close it."""
        return not self.begun_twice and not self.forgery() and self.end is None and not (self.exit and self.exit.arguments[1] == 0)

    @property
    def over(self) -> bool:
        """Nothing more can come of it: its frame is complete, or its program has ended."""
        return self.end is not None or self.exit is not None

    def where(self, trouble: Verdict) -> Verdict:
        """`trouble` with the name of the operation that was being measured."""
        operations = [event.arguments[0] for event in self.events if event.verb == "operation"]
        if not operations:
            return trouble
        done = any(event.verb == "samples" and event.arguments[0] == operations[-1] for event in self.events)
        return Verdict(trouble.verdict, f"{'after' if done else 'in'} {operations[-1]}: {trouble.reason}")


def judge(booted: Booted, experiment: Experiment, cut: Verdict | None = None) -> list[Record]:
    """The records of an experiment that is over, or that `cut` has cut short."""
    frame = Frame(booted.log, experiment)
    cut = cut or frame_trouble(frame, booted.log)
    records = []
    for operation in experiment.operations:
        answer = operation_result(frame, operation)
        if cut and not (frame.kept and isinstance(answer, Measurement)):
            answer = cut
        verdict = Verdict("ok", "") if isinstance(answer, Measurement) else answer
        measurement = answer if isinstance(answer, Measurement) else None
        names = (experiment.name, operation.name, booted.order.system.name, booted.order.emulator.name)
        records.append(Record(*names, verdict.verdict, verdict.reason, booted.log_path, measurement))
    if frame.end and frame.end.arguments[1] == "fail" and all(record.verdict in GOOD for record in records):
        said = Verdict("fail", "the workload ended with fail and did not say which operation")
        return all_get(said, [experiment], booted.order.system.name, booted.order.emulator.name, booted.log_path)
    return records


def frame_trouble(frame: Frame, log: Log) -> Verdict | None:
    """None if the frame is complete and its program ended as the frame says."""
    if frame.killed:
        return Verdict("fail", f"the system killed the program: {frame.killed.arguments[1]}")
    if frame.first is None:
        return Verdict("missing", f"its program printed no begin line{damage(log)}")
    if frame.begun_twice:
        return Verdict("fail", "its begin line came twice")
    if forgery := frame.forgery():
        return Verdict("fail", forgery)
    if frame.end is None:
        ended = f"its program ended with status {frame.exit.arguments[1]} before it was done" if frame.exit else "no end line in its frame"
        return Verdict("fail", f"{ended}{damage_in(frame)}")
    if frame.end.arguments[1] == "ok" and frame.exit and frame.exit.arguments[1]:
        return Verdict("fail", f"it ended with ok, but its program's exit status is {frame.exit.arguments[1]}")
    return None


def damage_in(frame: Frame) -> str:
    return "".join(f"; line {damaged.line} of the log is damaged: {damaged.why}" for damaged in frame.damaged[:3])


def operation_result(frame: Frame, operation: Operation) -> Measurement | Verdict:
    """What a complete frame says of one operation."""
    name = operation.name
    verbs = ("region", "samples", "unsupported", "fail")
    about = [event for event in frame.events if event.arguments[0] == name]
    said = {verb: [event.arguments for event in about if event.verb == verb] for verb in verbs}
    if said["fail"]:
        return Verdict("fail", said["fail"][0][1])
    if len(said["region"]) > 1 or len(said["samples"]) + len(said["unsupported"]) > 1:
        return Verdict("fail", "it was reported twice")
    if said["unsupported"]:
        return Verdict("unsupported", said["unsupported"][0][1])
    counted = any(unit == "count" for _, unit, _, _ in said["samples"])
    if not said["samples"] or not (said["region"] or counted):
        lacking = "samples" if not said["samples"] else "region"
        return Verdict("fail" if frame.damaged else "missing", f"no {lacking} line{damage_in(frame)}")
    _, unit, overhead, raw = said["samples"][0]
    if damaged := frame.damaged_in(name):
        return Verdict("fail", f"line {damaged.line} of the log is damaged: {damaged.why}")
    if min(raw) < overhead:
        return Verdict("fail", f"a sample of {min(raw)} is below the overhead of {overhead}")
    return Measurement(None if counted else said["region"][0][1:], overhead, raw, unit, operation.per)
