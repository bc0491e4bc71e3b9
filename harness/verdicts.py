"""What a boot's log says about each cell: a number, or why there is none.

Pure functions of a Booted; booting again without the culprit is runner.py's decision, on settle()'s answer.
Invariant: a record is `ok` only with begin, region, samples and end of its experiment, from a system whose tick counts instructions.
"""

from typing import Callable

from harness.boot import Booted
from harness.catalogue import Experiment
from harness.protocol import Event, Log
from harness.records import GOOD, Measurement, Record, Verdict, all_get

VERSION = 1  # of the wire format
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
    return records + all_get(Frame(booted.log, culprit).where(trouble), [culprit], system, emulator, path), again


def ending(booted: Booted, symbolise: Callable[[int], str] = hex) -> Verdict | None:
    """None if the boot ended as it should, else the verdict of whatever it did not finish."""
    log, outcome = booted.log, booted.outcome
    last = f"; its last line: {booted.last_lines[-1]}" if booted.last_lines else "; it printed nothing"
    if outcome.cut == "interrupted":
        return Verdict("missing", "interrupted")
    if panic := log.first("panic"):
        frames = [symbolise(frame.arguments[0]) for frame in log.all("frame") if frame.line > panic.line]
        return Verdict("panic", panic.arguments[0] + ("; at " + " < ".join(frames[:8]) if frames else ""))
    if outcome.cut == "timeout":
        return Verdict("timeout", f"no end within {booted.order.timeout:g} s{last}")
    if outcome.cut:
        return Verdict("fail", f"ended by the harness ({outcome.cut}): it printed without end{last}")
    if not log.first("halt"):
        return Verdict("fail", f"the machine stopped without halting in order (a triple fault or a reset?), emulator status {outcome.status}{damage(log)}{last}")
    if not booted.success:
        return Verdict("fail", f"it halted, but the emulator's status {outcome.status} is not that of an orderly end")
    return None


def system_trouble(booted: Booted) -> Verdict | None:
    """None if the right system came up and its tick counts instructions."""
    log, expected = booted.log, booted.order.system.name
    boot, tick = log.first("boot"), log.first("tick")
    if not boot or boot.arguments != (VERSION, expected):
        found = "%d %s" % boot.arguments if boot else "none"
        return Verdict("fail", f"expected the boot line `{VERSION} {expected}`, found {found}{damage(log)}")
    if not tick:
        return Verdict("fail", f"the system printed no tick self-check{damage(log)}")
    if tick.arguments != TICK:
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
        stops = [event for event in log.events if event.verb in ("exit", "killed", "panic", "halt")] + others
        self.first = begins[0].line if begins else None
        after = [event.line for event in ends + stops if begins and event.line > self.first]
        self.last = min(after, default=1 << 62)
        self.end = next((event for event in ends if event.line == self.last), None)
        self.begun_twice = len(begins) > 1
        self.events = [event for event in log.events if begins and self.first < event.line < self.last]
        self.damaged = [damaged for damaged in log.damaged if begins and self.first < damaged.line < self.last]
        self.exit = self.said(log, "exit", experiment.program)
        self.killed = self.said(log, "killed", experiment.program)

    @staticmethod
    def said(log: Log, verb: str, program: str) -> Event | None:
        return next((event for event in log.all(verb) if event.arguments[0] == program), None)

    @property
    def over(self) -> bool:
        """Nothing more can come of it: its frame is complete, or its program has ended."""
        return self.end is not None or self.exit is not None

    def where(self, trouble: Verdict) -> Verdict:
        """`trouble` with the name of the operation that was being measured."""
        operations = [event.arguments[0] for event in self.events if event.verb == "operation"]
        return Verdict(trouble.verdict, f"in {operations[-1]}: {trouble.reason}") if operations else trouble


def judge(booted: Booted, experiment: Experiment) -> list[Record]:
    """The records of an experiment that is over."""
    frame = Frame(booted.log, experiment)
    whole_frame = frame_trouble(frame, booted.log)
    records = []
    for operation in experiment.operations:
        answer = whole_frame or operation_result(frame, operation.name)
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
    if frame.end is None:
        return Verdict("fail", f"no end line in its frame{damage_in(frame)}")
    if frame.end.arguments[1] == "ok" and frame.exit and frame.exit.arguments[1]:
        return Verdict("fail", f"it ended with ok, but its program's exit status is {frame.exit.arguments[1]}")
    return None


def damage_in(frame: Frame) -> str:
    return "".join(f"; line {damaged.line} of the log is damaged: {damaged.why}" for damaged in frame.damaged[:3])


def operation_result(frame: Frame, name: str) -> Measurement | Verdict:
    """What a complete frame says of one operation."""
    verbs = ("region", "samples", "unsupported", "fail")
    about = [event for event in frame.events if event.arguments[0] == name]
    said = {verb: [event.arguments for event in about if event.verb == verb] for verb in verbs}
    if said["fail"]:
        return Verdict("fail", said["fail"][0][1])
    if len(said["region"]) > 1 or len(said["samples"]) + len(said["unsupported"]) > 1:
        return Verdict("fail", "it was reported twice")
    if said["unsupported"]:
        return Verdict("unsupported", said["unsupported"][0][1])
    if not said["samples"] or not said["region"]:
        lacking = "samples" if not said["samples"] else "region"
        return Verdict("fail" if frame.damaged else "missing", f"no {lacking} line{damage_in(frame)}")
    (_, begin, end), (_, _, overhead, raw) = said["region"][0], said["samples"][0]
    if min(raw) < overhead:
        return Verdict("fail", f"a sample of {min(raw)} is below the overhead of {overhead}")
    return Measurement((begin, end), overhead, raw)
