"""Whether every system ran the same program: an experiment compares nothing if one of them was given another ELF file.

UNIX systems share a flavour of the workloads (catalogue.py), so ultrix-compat, Linux and every emulator must have run files with the same hash.
"""

from dataclasses import replace

from harness.booting.boot import Booted
from harness.catalogue import SYSTEMS
from harness.reading.records import Record


def programs(booted: Booted) -> dict[str, str]:
    """The hashes of what ran in this boot, or could be executed there, by name."""
    return {name: digest for name, digest in booted.hashes.items() if name in booted.order.programs or "/" in name}


def different(boots: list[Booted]) -> dict[tuple[str, str], str]:
    """The programs that were not the same file in every boot of their flavour, by (flavour, name), with who ran what."""
    ran: dict[tuple[str, str], dict[str, str]] = {}
    for booted in sorted(boots, key=lambda one: one.order.name):
        for name, digest in programs(booted).items():
            ran.setdefault((booted.order.system.flavour, name), {}).setdefault(digest, booted.order.name)
    return {
        key: "; ".join(f"{boot} ran {digest[:12]}" for digest, boot in who.items())
        for key, who in ran.items()
        if len(who) > 1
    }


def judged(records: list[Record], boots: list[Booted], program_of: dict[str, str]) -> list[Record]:
    """The records, those with a number taken away whose program was not the same everywhere. `program_of` an experiment names its program; a file that
    differs (bin/NAME) concerns every experiment of its flavour, for any of them may have executed it."""
    wrong = different(boots)
    if not wrong:
        return records

    def why(record: Record) -> str:
        flavour = SYSTEMS[record.system].flavour
        mine = [(name, text) for (of, name), text in wrong.items() if of == flavour and (name == program_of.get(record.experiment) or "/" in name)]
        return "; ".join(f"not the same program everywhere: {name}: {text}" for name, text in mine)

    return [
        replace(record, verdict="fail", reason=reason, measurement=None) if record.verdict == "ok" and (reason := why(record)) else record
        for record in records
    ]
