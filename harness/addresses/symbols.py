"""Addresses of a kernel or program -> function, offset and source line, from its ELF file; and the addresses of its symbols."""

import bisect
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Callable

EXECUTABLE = 4  # SHF_EXECINSTR of a section's flags
REGION_MARKS = ("_begin", "_resume", "_run")  # labels of a measured region (workloads/include/workload.h)


@dataclass(frozen=True)
class Place:
    function: str  # "" where there is no symbol
    source: str = ""  # "file:line"


class Symbols:
    """The symbols of one ELF file. A file that is missing or damaged has none: a panic must still be reported."""

    def __init__(self, path: Path | None):
        self.functions: list[tuple[int, int, str]] = []  # start, size, name; sorted
        self.labels: list[tuple[int, int, str]] = []  # start, end of their section, name; sorted: all of executable code, functions too
        self.code: list[tuple[int, bytes]] = []  # start, contents of each executable section
        self.addresses: dict[str, int] = {}
        self.path = path
        self.read(self.load)

    def read(self, take: Callable[["ELFFile"], None]) -> None:
        from elftools.common.exceptions import DWARFError, ELFError  # here: catalogue.py says why
        from elftools.elf.elffile import ELFFile

        if self.path is not None and self.path.exists():
            try:
                with self.path.open("rb") as file:
                    take(ELFFile(file))
            except (ELFError, DWARFError):
                pass

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """Start, "file:line" up to the next start; sorted. Read when first needed: it takes half a second."""
        found: list[tuple[int, str]] = []
        self.read(lambda elf: found.extend(source_lines(elf.get_dwarf_info()) if elf.has_dwarf_info() else ()))
        return sorted(found)

    def load(self, elf: "ELFFile") -> None:
        table = elf.get_section_by_name(".symtab")
        sections = [(one["sh_addr"], one["sh_addr"] + one["sh_size"]) if one["sh_flags"] & EXECUTABLE else None for one in elf.iter_sections()]
        self.code = [(one["sh_addr"], one.data()) for one in elf.iter_sections() if one["sh_flags"] & EXECUTABLE]
        for symbol in table.iter_symbols() if table else ():
            if symbol["st_shndx"] == "SHN_UNDEF" or not symbol.name:
                continue
            start, index = symbol["st_value"], symbol["st_shndx"]
            self.addresses[symbol.name] = start
            if symbol["st_info"]["type"] == "STT_FUNC":
                self.functions.append((start, symbol["st_size"], symbol.name))
            if isinstance(index, int) and index < len(sections) and sections[index] and symbol["st_info"]["type"] in ("STT_FUNC", "STT_NOTYPE"):
                self.labels.append((start, sections[index][1], symbol.name))
        self.functions.sort()
        self.labels.sort()

    def place(self, address: int, with_source: bool = True) -> Place:
        """Where the instruction at `address` stands: in a function or, in assembly, behind a label; the labels of a measured region are one place, of its name."""
        at = bisect.bisect_right(self.functions, (address, 1 << 64, "")) - 1
        source = self.source(address) if with_source else ""
        if at >= 0 and address < self.functions[at][0] + self.functions[at][1]:
            return Place(self.functions[at][2], source)
        at = bisect.bisect_right(self.labels, (address, 1 << 64, "")) - 1
        if at < 0 or address >= self.labels[at][1]:
            return Place("", source)
        return Place(self.of_region(self.labels[at][2]), source)

    def source(self, address: int) -> str:
        row = bisect.bisect_right(self.lines, (address, "\x7f")) - 1
        return self.lines[row][1] if row >= 0 else ""

    def of_region(self, label: str) -> str:
        for mark in REGION_MARKS:
            name = label.removesuffix(mark)
            if name != label and f"{name}_begin" in self.addresses and f"{name}_run" in self.addresses:
                return name
        return label

    def code_at(self, address: int, size: int = 15) -> bytes:
        """The bytes of code that the file has there, at most `size`; none if it has none."""
        return next((data[address - start :][:size] for start, data in self.code if start <= address < start + len(data)), b"")

    def describe(self, return_address: int) -> str:
        """`name+0x12 (file.c:34)` of the call before a return address; as much of it as is known."""
        address = return_address - 1
        at = bisect.bisect_right(self.functions, (address, 1 << 64, "")) - 1
        if at < 0 or address >= self.functions[at][0] + self.functions[at][1]:
            return f"0x{return_address:x}"
        start, _, name = self.functions[at]
        line = self.source(address)
        source = f" ({line})" if line else ""
        return f"{name}+0x{return_address - start:x}{source}"


def source_lines(dwarf):
    """Yield (address, "file:line") for each row of the line tables; "" where a sequence ends."""
    for unit in dwarf.iter_CUs():
        program = dwarf.line_program_for_CU(unit)
        if program is None:
            continue
        files = program["file_entry"]
        base = 0 if program["version"] >= 5 else 1  # DWARF 5 counts files from 0
        for entry in program.get_entries():
            state = entry.state
            if state is None:
                continue
            known = not state.end_sequence and 0 <= state.file - base < len(files)
            yield state.address, f"{files[state.file - base].name.decode()}:{state.line}" if known else ""
