"""A trace: every instruction that one warm execution of an operation ran, named, folded by function and by call stack, compared between emulators. Pure.

Making one is trace_qemu.py's and trace_bochs.py's business, printing trace_text.py's, drawing flame.py's.
Invariant: total() is the sum of the steps' counts, and nothing else; whether it is the record is said by trouble().
"""

from dataclasses import dataclass, field
from itertools import zip_longest

from harness.addresses.symbols import Symbols

RING_OF_USER = 3
USER_TOP = 1 << 47


@dataclass(frozen=True)
class Step:
    address: int
    code: bytes
    ring: int
    count: int  # what the emulator's tick counts it: 0 if it faulted in QEMU


@dataclass(frozen=True)
class Trace:
    experiment: str
    operation: str
    system: str
    emulator: str
    region: tuple[int, int]
    raw: int  # the sample, by the guest's own clock
    overhead: int
    per: int
    ordinal: int = 0  # which execution of the region, from 1
    sample: int | None = None  # which of the guest's samples that is, from 0; None if that is not known
    steps: tuple[Step, ...] = ()
    why: str = ""  # why there are no steps, if there are none

    @property
    def name(self) -> tuple[str, str, str]:
        return self.experiment, self.operation, self.system

    def total(self) -> int:
        return sum(step.count for step in self.steps)

    def trouble(self) -> str:
        """Why it is not the anatomy of the record, "" if it is."""
        if self.why:
            return self.why
        if self.total() != self.raw:
            return f"the trace has {self.total()} instructions, the guest's clock counted {self.raw}"
        return ""


@dataclass(frozen=True)
class Named:
    """A step with what the symbols and the disassembler say of it."""

    step: Step
    image: str  # which file it is of: the kernel's or the program's name
    function: str
    source: str
    text: str

    @property
    def key(self) -> tuple[int, str, str]:
        return self.step.ring, self.image, self.function


@dataclass
class Frame:
    """A node of the folded call stacks: what ran in this function when it was called along this path."""

    key: tuple[int, str, str]
    own: int = 0
    children: dict[tuple, "Frame"] = field(default_factory=dict)  # in the order of their first instruction

    def total(self) -> int:
        return self.own + sum(child.total() for child in self.children.values())


class Namer:
    """Names steps: `kernel` and `program` are what the two halves of the address space hold, each (name, symbols)."""

    def __init__(self, kernel: tuple[str, Symbols], program: tuple[str, Symbols], own: bool, sources: bool = True):
        self.kernel, self.program = kernel, program
        self.sources = sources  # whether source lines are wanted: reading a file's takes a second
        self.own = own  # whether the kernel runs as it is in its file; Linux patches itself
        self.known: dict[Step, Named] = {}
        self.disassembler = None

    def named(self, steps: tuple[Step, ...]) -> list[Named]:
        return [self.known.get(step) or self.known.setdefault(step, self.name(step)) for step in steps]

    def name(self, step: Step) -> Named:
        image, symbols = self.program if step.address < USER_TOP else self.kernel
        in_file = self.own or step.address < USER_TOP
        code = symbols.code_at(step.address) if in_file else b""
        text = self.disassembled(step, code if code.startswith(step.code) else step.code)
        if in_file and not code.startswith(step.code):
            return Named(step, "?", f"0x{step.address & ~0xFFF:x}", "", text)  # another program, or generated code: no name is better than a wrong one
        place = symbols.place(step.address, self.sources)
        return Named(step, image, place.function or f"0x{step.address:x}", place.source, text)

    def disassembled(self, step: Step, code: bytes) -> str:
        if self.disassembler is None:
            self.disassembler = disassembler()
        return self.disassembler(step.address, code)


def disassembler():
    """A function from an address and the bytes there to the instruction's text; where capstone is not installed, to its bytes."""
    try:
        import capstone
    except ImportError:
        return lambda address, code: f".byte {code.hex(' ')}"
    engine = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)

    def text(address: int, code: bytes) -> str:
        found = next(engine.disasm_lite(code, address, 1), None)
        return f"{found[2]} {found[3]}".strip() if found else f".byte {code.hex(' ')}"

    return text


def folded(steps: list[Named]) -> dict[tuple[int, str, str], int]:
    """Instructions by (ring, image, function), in the order of the first one."""
    counts: dict[tuple[int, str, str], int] = {}
    for one in steps:
        counts[one.key] = counts.get(one.key, 0) + one.step.count
    return counts


def stacks(steps: list[Named]) -> Frame:
    """The call stacks, folded. Calls and returns are followed; a kernel entry stands on what it interrupts and is gone when user code runs again; a jump to another
    function takes the place of the one that jumped; what is already on the stack is returned to. So two address spaces that take turns share one stack."""
    root = Frame((RING_OF_USER, "", ""))
    stack: list[Frame] = []
    before = None
    for one in steps:
        stack = moved(root, stack, before, one)
        stack[-1].own += one.step.count
        before = one
    return root


def moved(root: Frame, stack: list[Frame], before: Named | None, now: Named) -> list[Frame]:
    """The stack on which `now` runs."""
    if before is None:
        return [child(root, now.key)]
    word = before.text.partition(" ")[0]
    called, returned = word in ("call", "lcall"), word == "ret"
    if called and before.step.ring == now.step.ring:
        return [*stack, child(stack[-1], now.key)]
    if returned and len(stack) > 1 and stack[-2].key == now.key:
        return stack[:-1]
    if now.key == stack[-1].key:
        return stack
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].key == now.key:
            return stack[: depth + 1]
    if before.step.ring == now.step.ring:
        stack = stack[:-1]
    elif now.step.ring == RING_OF_USER:
        while stack and stack[-1].key[0] != RING_OF_USER:
            stack = stack[:-1]
    return [*stack, child(stack[-1] if stack else root, now.key)]


def child(of: Frame, key: tuple) -> Frame:
    return of.children.setdefault(key, Frame(key))


def lawful(steps: tuple[Step, ...]) -> list[tuple[int, bytes]]:
    """What both emulators must have run, in order: the passes of a `rep` are one, since they differ by one (law.py)."""
    kept: list[tuple[int, bytes]] = []
    for step in steps:
        if not (kept and kept[-1][0] == step.address and is_rep(step.code)):
            kept.append((step.address, step.code))
    return kept


def same(mine: tuple[int, bytes] | None, theirs: tuple[int, bytes] | None) -> bool:
    """QEMU reports only the bytes of an instruction that it has read before it decided on an exception."""
    return bool(mine and theirs and mine[0] == theirs[0] and (mine[1].startswith(theirs[1]) or theirs[1].startswith(mine[1])))


def is_rep(code: bytes) -> bool:
    prefixes = code[: next((i for i, byte in enumerate(code) if byte not in (0x66, 0x67, 0xF2, 0xF3)), len(code))]
    return 0xF2 in prefixes or 0xF3 in prefixes


def difference(one: Trace, other: Trace) -> str:
    """The first place at which two emulators' traces of an execution part, beyond what the law allows; "" if there is none."""
    for line, (mine, theirs) in enumerate(zip_longest(lawful(one.steps), lawful(other.steps)), 1):
        if not same(mine, theirs):
            here, there = (f"0x{at[0]:x} ({at[1].hex(' ')})" if at else "nothing more" for at in (mine, theirs))
            return f"line {line}: {one.emulator} ran {here}, {other.emulator} {there}"
    return ""
