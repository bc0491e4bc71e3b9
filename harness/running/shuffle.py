"""What to link for the layout number SEED, for the Makefile: the objects of one image in another order, with paddings among them and another place of the stack.

    shuffle.py SEED BUILD OUTPUT OBJECT...    prints the objects, of the folder BUILD; those that it makes are OUTPUT.pad-N.o

Only where things lie changes: no object is compiled anew. Each image has an order of its own, the same each time for the same SEED and OUTPUT's name. Objects are
shuffled within their rooms: that a program's library comes last is not an accident but what fork.c of ExOS stands on. A padding is up to 1 KiB of text, read-only
and written data. The program's stack begins up to 4 KiB lower: main is called through __wrap_main (ld --wrap=main), outside of
every region; a kernel has no main, and drops it.
"""

import itertools
import random
import subprocess
import sys
from functools import partial
from pathlib import Path

PADS = 3  # an image
MOST = 64  # units of 16 bytes that one padding has, and 256 of a stack
PADDING = """\
        .section .text.pad, "axR"
        .fill {text}, 16, 0xcc
        .section .rodata.pad, "aR"
        .fill {rodata}, 16, 0
        .section .data.pad, "awR"
        .fill {data}, 16, 0
        .section .note.GNU-stack, "", @progbits
"""
STACK = """\
        .section .text.stack, "ax"
        .globl  __wrap_main
        .weak   __real_main
__wrap_main:
        sub     ${bytes}, %rsp
        call    __real_main
        add     ${bytes}, %rsp
        ret
"""


def shuffled(seed: str, build: Path, output: Path, objects: list[str]) -> list[str]:
    """The objects with paddings among them, in the order of this layout; makes the paddings."""
    dice = random.Random(f"{seed} {output.name}")
    pads = [output.with_name(f"{output.name}.pad-{n}.o") for n in range(PADS)]
    for n, pad in enumerate(pads):
        text = PADDING.format(**{name: dice.randrange(MOST + 1) for name in ("text", "rodata", "data")})
        if n == 0:
            text += STACK.format(bytes=16 * dice.randrange(4 * MOST) + 8)  # as a call does, main finds it 8 below a multiple of 16
        subprocess.run(["as", "-o", pad, "-"], input=text, text=True, check=True)
    groups = [list(group) for _, group in itertools.groupby(objects, partial(room, build))]
    found = [one for group in groups for one in dice.sample(group, len(group))]
    for pad in pads:
        found.insert(dice.randrange(len(found) + 1), str(pad))
    return found


def room(build: Path, name: str) -> str:
    """The room that an object's source is in: BUILD/FLAVOUR/ROOM/..."""
    return Path(name).relative_to(build).parts[1]


if __name__ == "__main__":
    print(*shuffled(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:]))
