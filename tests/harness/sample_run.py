"""A synthetic run folder for the tests of plots and report: every verdict, a lost row, cells only Bochs can measure.

The numbers are made up for arithmetic and layout; they are nobody's measurements.
"""

import json
from pathlib import Path

RUN = "sample-run"
EXCEPTIONS = ("prot", "overflow", "coproc", "unalign", "ud2")
NO_AC = "QEMU 7.2 never raises #AC"
NO_LINUX = "Linux boots in QEMU only for now"


def record(experiment, operation, system, emulator, median=None, verdict="ok", reason="", log="logs/x.serial"):
    ok = verdict == "ok"
    return {
        "experiment": experiment, "operation": operation, "system": system, "emulator": emulator, "unit": "instructions",
        "n": 100 if ok else None, "min": median, "median": median, "max": median,
        "verdict": verdict, "reason": reason, "run": RUN, "overhead": 2 if ok else None, "log": log,
    }  # fmt: skip


def null_records() -> list[dict]:
    counts = {
        ("procedure-call", "exos"): 4, ("procedure-call", "ultrix-compat"): 4, ("procedure-call", "linux"): 4,
        ("syscall", "exos"): 5, ("syscall", "ultrix-compat"): 100, ("syscall", "linux"): 310,
        ("syscall-stack", "exos"): 200,
    }  # fmt: skip
    found = []
    for operation in ("procedure-call", "syscall", "syscall-stack"):
        for system in ("exos", "ultrix-compat", "linux"):
            for emulator in ("qemu", "bochs"):
                cell = ("null", operation, system, emulator)
                if (system, emulator) == ("linux", "bochs"):
                    found.append(record(*cell, verdict="unsupported", reason=NO_LINUX))
                elif (operation, system) in counts:
                    found.append(record(*cell, counts[operation, system]))
                else:
                    found.append(record(*cell, verdict="unsupported", reason="UNIX has one null system call"))
    return found


def exception_records() -> list[dict]:
    found = []
    for name in EXCEPTIONS:
        for part, counts in (("dispatch", (15, 1200, 1800)), ("roundtrip", (60, 2450, 3474))):
            for system, median in zip(("exos", "ultrix-compat", "linux"), counts):
                for emulator in ("qemu", "bochs"):
                    found.append(exception_record(name, part, system, emulator, median))
    return found


def exception_record(name, part, system, emulator, median) -> dict:
    cell = ("exception", f"{name}-{part}", system, emulator)
    if (system, emulator) == ("linux", "bochs"):
        return record(*cell, verdict="unsupported", reason=NO_LINUX)
    if name == "coproc" and system != "exos":
        return record(*cell, verdict="unsupported", reason="UNIX does not let an application disable the FP unit")
    if name == "unalign" and emulator == "qemu":
        return record(*cell, verdict="unsupported", reason=NO_AC)
    if (name, system) == ("ud2", "linux"):
        verdict = "timeout" if part == "dispatch" else "missing"
        return record(*cell, verdict=verdict, reason=f"{verdict} <reason> & more")
    if (name, system) == ("overflow", "ultrix-compat"):
        verdict = "panic" if part == "dispatch" else "fail"
        return record(*cell, verdict=verdict, reason=f"{verdict}: page fault in the kernel")
    faults = 1 if name == "prot" else 0  # at run time: Bochs counts the instruction, QEMU does not
    return record(*cell, median + faults * (2 if emulator == "bochs" else 1))


# Tables 6 to 13 on (exos, exos-inverted, ultrix-compat, linux, linux-tuned); None: unsupported there, "" for all of them: has no cell
LATER = {
    "ipc": {
        "pipe": (148.5, "", 2500, 6369, 2820), "pipe-inlined": (119.5, "", None, None, None), "shm": (45.5, "", 700, 2149, 989),
        "shm-signal": (None, "", 1900, 4000.5, 3100), "shm-futex": (None, "", 2100, 6134, 2942), "lrpc": (86, "", None, None, None),
        "lrpc-pipe": (None, "", 5000, 12700, 5640), "lrpc-signal": (None, "", 3800, 8000, 6200),
    },
    "matrix": {"matrix150": (23901234, "", 23905678, 23956789, 23912345)},
    "vm": {
        "dirty": (58, 24, None, 3062, 1661), "prot1": (210, 190, 1500, 2689, 2085), "prot100": (2950, 3300, 7000, 15972, 9588), "unprot100": (2990, 3400, 9000, 22102, 14917),
        "trap": (75, 75, 1900, 3474, 2600), "appel1": (490, 450, 11000, 24034, 17124), "appel2": (315.25, 290.5, 6000.75, 13840, 9992),
    },
    "process": {"fork-exit-wait": (19000, "", 52000, 60000, 40604), "demand-zero": (950.5, "", 1200, 3000, 1813)},
}  # fmt: skip
HEADINGS = {
    "pct": "Table 6: Protected control transfer", "ipc": "Table 8: Communication", "matrix": "Table 9: Matrix multiplication",
    "vm": "Table 10: Virtual memory primitives", "rpc": "Table 12: Trusted and untrusted calls", "stride": "Figure 3: A stride scheduler in an application",
    "process": "Processes (no counterpart in the paper)",
}  # fmt: skip
ALONE = {"pct": {"sync": 28, "async": 32}, "rpc": {"lrpc": 86, "tlrpc": 68}}  # on exos only
EVERY = ("exos", "exos-inverted", "ultrix-compat", "linux", "linux-tuned")
NO_COUNTERPART = "no counterpart: an Aegis primitive"


def later_records() -> list[dict]:
    """Every experiment of the paper that no network needs, on every system."""
    found = []
    for experiment, operations in LATER.items():
        for operation, counts in operations.items():
            found += [one for system, count in zip(EVERY, counts) if count != "" for one in later(experiment, operation, system, count)]
    for experiment, operations in ALONE.items():
        for operation, count in operations.items():
            found += [one for system in EVERY if system != "exos-inverted" for one in later(experiment, operation, system, count if system == "exos" else None, NO_COUNTERPART)]
    return found + stride_records()


def later(experiment, operation, system, count, why="it has no such thing") -> list[dict]:
    cells = []
    for emulator in ("qemu", "bochs"):
        cell = (experiment, operation, system, emulator)
        if system.startswith("linux") and emulator == "bochs":
            cells.append(record(*cell, verdict="unsupported", reason=NO_LINUX if count else why))
        elif count is None:
            cells.append(record(*cell, verdict="unsupported", reason=why))
        else:
            per = next(n for n in (1, 2, 100, 10000) if count * n == int(count * n))
            cells.append(record(*cell, int(count * per)) | {"per": per})
    return cells


def stride_records(quanta: int = 100) -> list[dict]:
    """A perfect scheduler: the order 3, 2, 3, 3, 1, 2, and 1000 iterations a quantum."""
    found, work = [], {1: 0, 2: 0, 3: 0}
    for quantum in range(1, quanta + 1):
        share = (3, 2, 3, 3, 1, 2)[(quantum - 1) % 6]
        work[share] += 1000
        for name, count in ((f"ran-{quantum}", share), (f"work-{quantum}", work[share])):
            found.append(record("stride", name, "exos", "qemu", count) | {"unit": "count"})
    return found


def checks() -> list[dict]:
    law = {"experiment": "exception", "operation": "prot-dispatch", "system": "exos"}
    return [
        law | {"qemu": 18, "R": 0, "F": 1, "D": 0, "predicted": 19, "bochs": 19, "samples": 100, "verdict": "ok", "reason": ""},
        law
        | {"operation": "unalign-dispatch", "verdict": "unsupported", "reason": NO_AC, "samples": 0}
        | dict.fromkeys(("qemu", "R", "F", "D", "predicted", "bochs")),
        law
        | {"operation": "ud2-dispatch", "qemu": 18, "R": 0, "F": 0, "D": 0, "predicted": 18, "bochs": 19, "samples": 100}
        | {"verdict": "fail", "reason": "sample 0 is 19 in bochs, the law predicts 18"},
    ]


def manifest() -> dict:
    qemu = ["qemu-system-x86_64", "-accel", "tcg", "-cpu", "max,-erms,-fsrm", "-icount", "shift=0,sleep=off"]
    return {
        "run": RUN,
        "date": "2020-01-01T00:00:00Z",
        "stamp": "PARTIAL 39/48",
        "experiments": {"null": "Table 4: null procedure call and system call", "exception": "Table 5: exceptions"},
        "commit": "0123456789abcdef0123456789abcdef01234567",
        "dirty": True,
        "host": {"uname": "Linux host", "cpu": "a <b> CPU", "cores": 2},
        "emulators": {"qemu": "QEMU emulator version 7.2.22", "bochs": "Bochs x86 Emulator 2.7"},
        "cpu_models": {"qemu": "max,-erms,-fsrm", "bochs": "corei7_icelake_u"},
        "boots": [
            {"name": "exos-qemu-1", "argv": qemu, "status": "status 1", "wall_seconds": 0.5, "sha256": {"kernel": "ab" * 32}},
            {"name": "exos-bochs-1", "argv": ["bochs-bin", "-q"], "status": "status 0", "wall_seconds": 1.5, "sha256": {}},
        ],
    }


def write(folder: Path, records: list[dict] | None = None, law: list[dict] | None = None, about: dict | None = None) -> Path:
    """A run folder with the given parts, or the sample's."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {
        "records.json": null_records() + exception_records() if records is None else records,
        "crosscheck.json": checks() if law is None else law,
        "manifest.json": manifest() if about is None else about,
    }
    for name, part in parts.items():
        (folder / name).write_text(json.dumps(part))
    return folder
