"""The symbol table that Linux carries inside itself, read from its compressed image: Debian's package has no System.map.

Layout: scripts/kallsyms.c and kernel/kallsyms.c of Linux 6.1. In read-only data stand, one after the other and each aligned to 8 bytes, offsets (s32 a symbol),
relative_base (u64), num_syms (u32), names (length, then indices of tokens), markers (u32: where each 256th name begins), in later 6.1s seqs_of_names (3 bytes a symbol),
token_table (256 strings), token_index. Nothing says where; the token table is found by its ten digits, and the others from it. Another layout is refused, not guessed at.
"""

import gzip
import lzma
import struct
from itertools import islice, pairwise, product
from pathlib import Path

from harness.errors import Trouble

SETUP_SECTORS_AT, PAYLOAD_AT, SECTOR = 0x1F1, 0x248, 512
UNPACK = {b"\x1f\x8b": gzip.decompress, b"\xfd7zXZ": lzma.decompress, b"\x5d\x00\x00": lzma.decompress}
DIGITS = b"".join(b"%d\0" % digit for digit in range(10))
NTOKENS, STRIDE, LONG_NAME = 256, 256, 0x80
SEQUENCE_BYTES, MOST_SYMBOLS = (3, 0), 1 << 19


def read(vmlinuz: Path) -> list[tuple[int, str, str]]:
    """(address, type as nm has it, name) of each symbol, sorted. Raises Trouble if the image is not understood."""
    try:
        return sorted(symbols(unpacked(vmlinuz.read_bytes())))
    except (struct.error, ValueError, IndexError, lzma.LZMAError, OSError, EOFError) as error:
        raise Trouble(f"{vmlinuz} has no symbol table that can be read ({error or type(error).__name__}): its functions have no names") from error


def unpacked(image: bytes) -> bytes:
    """The kernel in a bzImage (Documentation/x86/boot.rst: setup_sects, payload_offset, payload_length)."""
    offset, length = struct.unpack_from("<II", image, PAYLOAD_AT)
    start = (image[SETUP_SECTORS_AT] + 1) * SECTOR + offset
    payload = image[start : start + length]
    unpack = next((one for magic, one in UNPACK.items() if payload.startswith(magic)), None)
    if unpack is None:
        raise ValueError(f"compressed in a way that is not known, magic {payload[:4].hex()}")
    if unpack is gzip.decompress:
        return unpack(payload)
    return lzma.LZMADecompressor().decompress(payload)  # behind it stands its length


def symbols(kernel: bytes) -> list[tuple[int, str, str]]:
    tokens_at = token_table(kernel)
    tokens = strings(kernel, tokens_at, NTOKENS)
    markers_at, starts, count = markers(kernel, tokens_at)
    count_at, names = find_names(kernel, markers_at, starts, count, tokens)
    (base,) = struct.unpack_from("<Q", kernel, count_at - 8)
    offsets_at = (count_at - 8 - 4 * len(names)) & ~7
    offsets = struct.unpack_from(f"<{len(names)}i", kernel, offsets_at)
    relative = any(offset < 0 for offset in offsets)  # then those of variables of each processor are absolute and not negative
    addresses = [(base - 1 - offset if offset < 0 else offset) if relative else base + (offset & 0xFFFFFFFF) for offset in offsets]
    return [(address, name[0], name[1:]) for address, name in zip(addresses, names)]


def token_table(kernel: bytes) -> int:
    """Where it begins: the token of a digit that is in use is the digit itself, and '0' is number 48."""
    at = kernel.find(b"\0" + DIGITS)
    while at >= 0:
        start = at + 1
        for _ in range(ord("0")):
            start = kernel.rfind(b"\0", 0, start - 1) + 1
        after = start + sum(len(text) + 1 for text in strings(kernel, start, NTOKENS))
        index = struct.unpack_from("<2H", kernel, (after + 7) & ~7)
        if index == (0, kernel.index(b"\0", start) + 1 - start):
            return start
        at = kernel.find(b"\0" + DIGITS, at + 1)
    raise ValueError("no token table")


def strings(kernel: bytes, at: int, n: int) -> list[str]:
    found = []
    for _ in range(n):
        end = kernel.index(b"\0", at)
        found.append(kernel[at:end].decode("latin-1"))
        at = end + 1
    return found


def markers(kernel: bytes, tokens_at: int) -> tuple[int, list[int], int]:
    """Where they are, what they are, and the least number of symbols there can be: it says how far in front of the tokens they begin, so the right one finds them rising from 0."""
    for width, count in product(SEQUENCE_BYTES, range(STRIDE, MOST_SYMBOLS)):
        n = -(-count // STRIDE)
        at = (((tokens_at - width * count) & ~7) - 4 * n) & ~7
        if at > 0 and word(kernel, at) == 0 and STRIDE < word(kernel, at + 4) < STRIDE * LONG_NAME:
            found = list(struct.unpack_from(f"<{n}I", kernel, at))
            if all(STRIDE < after - before < STRIDE * LONG_NAME for before, after in pairwise(found)):
                return at, found, count
    raise ValueError("no markers")


def word(kernel: bytes, at: int) -> int:
    return struct.unpack_from("<I", kernel, at)[0]


def find_names(kernel: bytes, markers_at: int, starts: list[int], least: int, tokens: list[str]) -> tuple[int, list[str]]:
    """Where their number is, and what they are: so that the markers are right. Alignment leaves several numbers possible, from `least`."""
    last = markers_at - starts[-1]
    first = max(0, last - STRIDE * LONG_NAME)
    for count in range(least, least + STRIDE):
        number = struct.pack("<II", count, 0)
        at = kernel.rfind(number, first, last)
        while at >= 0:
            found = list(islice(each_name(kernel, at + 8), count))
            ends = [end - (at + 8) for end, _ in found]
            if at % 8 == 0 and [0, *ends[STRIDE - 1 : count - 1 : STRIDE]] == starts:
                return at, ["".join(tokens[index] for index in name) for _, name in found]
            at = kernel.rfind(number, first, at)
    raise ValueError("no names")


def each_name(kernel: bytes, at: int):
    """Yield (end, token indices) of one name after the other."""
    while True:
        length = kernel[at]
        at += 1
        if length >= LONG_NAME:
            length = length - LONG_NAME | kernel[at] << 7
            at += 1
        yield at + length, kernel[at : at + length]
        at += length
