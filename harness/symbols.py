"""Addresses of a kernel -> function, offset and source line, from its ELF file; and the addresses of its symbols."""

import bisect
from functools import cached_property
from pathlib import Path
from typing import Callable

from elftools.common.exceptions import DWARFError, ELFError
from elftools.elf.elffile import ELFFile


class Symbols:
    """The symbols of one ELF file. A file that is missing or damaged has none: a panic must still be reported."""

    def __init__(self, path: Path | None):
        self.functions: list[tuple[int, int, str]] = []  # start, size, name; sorted
        self.addresses: dict[str, int] = {}
        self.path = path
        self.read(self.load)

    def read(self, take: Callable[[ELFFile], None]) -> None:
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

    def load(self, elf: ELFFile) -> None:
        table = elf.get_section_by_name(".symtab")
        for symbol in table.iter_symbols() if table else ():
            if symbol["st_shndx"] != "SHN_UNDEF" and symbol.name:
                self.addresses[symbol.name] = symbol["st_value"]
                if symbol["st_info"]["type"] == "STT_FUNC":
                    self.functions.append((symbol["st_value"], symbol["st_size"], symbol.name))
        self.functions.sort()

    def describe(self, return_address: int) -> str:
        """`name+0x12 (file.c:34)` of the call before a return address; as much of it as is known."""
        address = return_address - 1
        at = bisect.bisect_right(self.functions, (address, 1 << 64, "")) - 1
        if at < 0 or address >= self.functions[at][0] + self.functions[at][1]:
            return f"0x{return_address:x}"
        start, _, name = self.functions[at]
        row = bisect.bisect_right(self.lines, (address, "\x7f")) - 1
        source = f" ({self.lines[row][1]})" if row >= 0 and self.lines[row][1] else ""
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
