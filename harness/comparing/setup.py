"""What differs between the set-ups of two runs, by their manifests: the tree, the tools, the host, and the files that were booted.

What the runs measured is gate.py's to compare.
"""

from harness.comparing.show import grid

HEAD = ["", "before", "after"]
PLAIN = ("commit", "dirty", "compiler", "python", "key", "bindings")
GROUPS = ("host", "emulators", "cpu_models")
SHORT = 60  # characters of a value that are shown
FILE, FILES_SHOWN = "file: ", 6  # hashes say only that there is a difference: many of them would bury what else there is


def differences(before: dict, after: dict) -> list[tuple[str, str, str]]:
    """(what, before, after) of everything that is not the same; what only one of them says is `-` in the other."""
    found = [(name, before.get(name), after.get(name)) for name in PLAIN]
    for group in GROUPS:
        old, new = (one.get(group) if isinstance(one.get(group), dict) else {} for one in (before, after))
        found += [(f"{group}: {name}", old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new])]
    found += files(before, after)
    return [(what, short(old), short(new)) for what, old, new in found if old != new]


def files(before: dict, after: dict) -> list[tuple[str, str | None, str | None]]:
    """The hashes of what was booted, each file once with the first boot in which it differs."""
    rows: dict[tuple, tuple] = {}
    old, new = (hashes(one) for one in (before, after))
    for boot in old.keys() & new.keys():
        for name in old[boot].keys() | new[boot].keys():
            pair = old[boot].get(name), new[boot].get(name)
            if pair[0] != pair[1]:
                rows[name, *pair] = min(rows.get((name, *pair), (boot,)), (boot,))
    return [(f"{FILE}{name} of {boot}", was, now) for (name, was, now), (boot,) in sorted(rows.items(), key=lambda row: (row[0][0] != "kernel", row[1], row[0][0]))]


def hashes(about: dict) -> dict[str, dict]:
    boots = about.get("boots")
    return {one["name"]: one["sha256"] for one in boots} if isinstance(boots, list) else {}


def short(value) -> str:
    text = "-" if value is None else str(value)
    return text if len(text) <= SHORT else f"{text[: SHORT - 3]}..."


def text(found: list[tuple[str, str, str]]) -> str:
    """A table of them, kernels before other files, and no more than a few of those."""
    if not found:
        return "the set-up is the same: tree, tools, host, and every file that was booted"
    nfiles = sum(what.startswith(FILE) for what, _, _ in found)
    nhidden = max(0, nfiles - FILES_SHOWN)
    table = grid([HEAD], [list(row) for row in found[: len(found) - nhidden]])
    return f"{table}\nand {nhidden} files more that were booted" if nhidden else table
