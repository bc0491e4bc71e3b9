"""What can be measured: the systems (a table here) and the experiments (read from the workloads' ELF files).

A workload lists its operations in its section `.exolab` (docs/wire-format.md), so adding one touches no Python.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from harness import paths
from harness.errors import Trouble


@dataclass(frozen=True)
class System:
    name: str
    kernel: str | None  # folder and file name under build/; None: a kernel that is not ours
    flavour: str  # which build of the workloads it runs: build/workloads/<flavour>
    boots_as: str  # the name that it says in its boot line; variants share one
    default: bool = True  # measured if no system is named
    subset: bool = False  # has cells only in the experiments that it is built for: it differs from another system in these alone


SYSTEMS = {
    system.name: system
    for system in (
        System("exos", "aegis", "exos", "exos"),
        System("exos-inverted", "aegis", "exos-inverted", "exos", subset=True),  # ExOS with the other page table: exos/policy/inverted.c
        System("ultrix-compat", "ultrix-compat", "unix", "ultrix-compat"),
        System("linux", None, "unix", "linux"),  # Debian's binary kernel
        System("linux-tuned", None, "unix", "linux", default=False),  # the same version built small: linux_tuned.py
    )
}
DEFAULT_SYSTEMS = [name for name, system in SYSTEMS.items() if system.default]

NOT_IN_PAPER = "(no counterpart in the paper)"  # ends the heading of an experiment that is in none of its tables
NO_COUNTERPART = "no counterpart: an Aegis primitive"  # why a system has no build of a workload
TABLE = re.compile(r"((Table|Figure) [1-9][0-9]?)?")  # of the paper
PER = re.compile(r"[1-9][0-9]{0,5}")
NOT_A_WORKLOAD = "init"  # build/workloads/unix/init.elf is Linux's first program


@dataclass(frozen=True)
class Operation:
    name: str
    title: str
    per: int = 1  # how many times one execution of its region performs it


@dataclass(frozen=True)
class Experiment:
    name: str
    table: str  # of the paper: "Table 4"; "" if it has no counterpart there
    title: str
    program: str  # file name of the workload without .elf, the same in every flavour
    operations: tuple[Operation, ...]
    flavours: tuple[str, ...] = ()  # that it is built for

    @property
    def heading(self) -> str:
        return f"{self.table}: {self.title}" if self.table else f"{self.title} {NOT_IN_PAPER}"

    def runs_on(self, system: System) -> bool:
        return system.flavour in self.flavours

    def concerns(self, system: System) -> bool:
        """Whether it has cells on `system`, if only to say that it cannot run there."""
        return self.runs_on(system) or not system.subset


def kernel_file(system: System, suffix: str) -> Path:
    """build/aegis/aegis.elf or .bin, for a system whose kernel is ours."""
    return paths.BUILD / system.kernel / f"{system.kernel}.{suffix}"


def program_file(system: System, program: str) -> Path:
    return paths.BUILD / "workloads" / system.flavour / f"{program}.elf"


def archive_files(system: System) -> dict[str, Path]:
    """The programs that are no workloads but files for workloads to open and execute, by their names in the boot archive: bin/NAME."""
    return {f"bin/{path.stem}": path for path in sorted((paths.BUILD / "workloads" / system.flavour / "bin").glob("*.elf"))}


def experiments() -> list[Experiment]:
    """Every experiment, in the order of the paper's tables, then those that it does not have. Raises Trouble if nothing is built or a file is not readable."""
    found: dict[str, Experiment] = {}
    for flavour in sorted({system.flavour for system in SYSTEMS.values()}):
        for path in sorted((paths.BUILD / "workloads" / flavour).glob("*.elf")):
            if path.stem != NOT_A_WORKLOAD:
                experiment = replace(read(path), flavours=(flavour,))
                found[experiment.name] = merged(found.get(experiment.name), experiment)
    if not found:
        raise Trouble(f"no workload is built under {paths.BUILD}: run make build")
    return sorted(found.values(), key=lambda one: (not one.table, len(one.table), one.table, one.name))


def merged(known: Experiment | None, other: Experiment) -> Experiment:
    """One experiment built for several systems: the operations of both, in the order first seen."""
    if known is None:
        return other
    names = {operation.name: operation for operation in known.operations}
    more = tuple(operation for operation in other.operations if operation.name not in names)
    for operation in other.operations:
        if names.get(operation.name, operation).per != operation.per:
            raise Trouble(f"operation {operation.name} of {known.name} is performed {operation.per} times on one system and {names[operation.name].per} on another")
    return replace(known, operations=known.operations + more, flavours=known.flavours + other.flavours)


def read(path: Path) -> Experiment:
    """The experiment that one workload's ELF file announces."""
    heading, operations = None, []
    for line in section_text(path).splitlines():
        kind, *fields = line.split("|")
        if kind == "experiment" and len(fields) == 3 and TABLE.fullmatch(fields[1]) and heading is None:
            heading = fields
        elif kind == "operation" and (len(fields) == 2 or len(fields) == 3 and PER.fullmatch(fields[2])):
            operations.append(Operation(fields[0], fields[1], *map(int, fields[2:])))
        else:
            raise Trouble(f"{path}: section .exolab has a line that is not understood: {line!r}")
    if heading is None:
        raise Trouble(f"{path}: section .exolab names no experiment")
    return Experiment(*heading, path.stem, tuple(operations))


def section_text(path: Path) -> str:
    from elftools.common.exceptions import ELFError  # here, because importing them takes a sixth of what most verbs take
    from elftools.elf.elffile import ELFFile

    try:
        with path.open("rb") as file:
            section = ELFFile(file).get_section_by_name(".exolab")
            if section is None:
                raise Trouble(f"{path}: not a workload, it has no section .exolab")
            return section.data().replace(b"\0", b"").decode("ascii")
    except (ELFError, UnicodeDecodeError) as error:
        raise Trouble(f"{path}: not a readable workload ({error}): run make build") from error
