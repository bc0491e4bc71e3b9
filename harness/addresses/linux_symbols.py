"""The symbols of the Linux kernels that we boot: Debian's from within its image, linux-tuned's from the System.map of its build. They run where they were linked
(nokaslr). Neither has debug information, so there are no source lines."""

from functools import cache

from harness.addresses import kallsyms
from harness.addresses.symbols import Symbols
from harness.booting import linux, linux_tuned
from harness.catalogue import System
from harness.errors import Trouble

TEXT = "tTwW"
END = (1 << 64) - 1
# arch/x86/include/asm/idtentry.h: what the interrupt descriptors of exceptions lead to
ENTRIES = {
    0: "divide_error", 1: "debug", 3: "int3", 4: "overflow", 5: "bounds", 6: "invalid_op", 7: "device_not_available", 10: "invalid_tss", 11: "segment_not_present",
    12: "stack_segment", 13: "general_protection", 14: "page_fault", 16: "coprocessor_error", 17: "alignment_check", 19: "simd_coprocessor_error",
}  # fmt: skip


@cache
def symbols(system: System) -> Symbols:
    """Functions by address; none if the table cannot be read."""
    found = Symbols(None)
    try:
        rows = table(system)
    except Trouble:
        return found
    for address, kind, name in rows:
        found.addresses.setdefault(name, address)
        if kind in TEXT:
            found.labels.append((address, END, name))
    return found


def table(system: System) -> list[tuple[int, str, str]]:
    """(address, type, name), sorted. Raises Trouble."""
    if system.name != linux_tuned.NAME:
        return kallsyms.read(linux.kernel())
    path = linux_tuned.kernel().with_name("System.map")
    try:
        return sorted((int(address, 16), kind, name) for address, kind, name in (line.split() for line in path.read_text().splitlines()))
    except (OSError, ValueError) as error:
        raise Trouble(f"{path} cannot be read ({error}): remove its folder, then ./exolab build-linux-tuned") from error


def vectors(system: System) -> dict[str, int]:
    """`vector_N` -> where exception N enters, as our own kernels name it. Raises Trouble."""
    table(system)
    known = symbols(system).addresses
    found = {f"vector_{number}": known[f"asm_exc_{name}"] for number, name in ENTRIES.items() if f"asm_exc_{name}" in known}
    if len(found) < len(ENTRIES):
        raise Trouble(f"{system.name}'s symbol table lacks exception entries (asm_exc_...): the probe could not tell faults")
    return found
