"""Linux's own symbol table is found in an image made here, in both layouts that 6.1 has had; what is not one is refused in a line."""

import gzip
import lzma
import struct

import pytest

from harness.addresses import kallsyms
from harness.errors import Trouble

BASE = 0xFFFFFFFF81000000
NAMES = [f"T{'function_' if i % 3 else 'f'}{i}" for i in range(700)] + ["T" + "long_" * 40]
TOKENS = [chr(i) if chr(i).isalnum() or chr(i) in "_" else f"x{i}" for i in range(256)]


def aligned(data: bytes) -> bytes:
    return data + bytes(-len(data) % 8)


def kernel(sequence_bytes: int, per_cpu: bool) -> bytes:
    names, starts = b"", []
    for i, name in enumerate(NAMES):
        if i % 256 == 0:
            starts.append(len(names))
        length = bytes([len(name)]) if len(name) < 128 else bytes([len(name) & 127 | 128, len(name) >> 7])
        names += length + bytes(ord(letter) for letter in name)
    offsets = [-1 - 16 * i if per_cpu else 16 * i for i in range(len(NAMES))]
    index, at = [], 0
    for token in TOKENS:
        index.append(at)
        at += len(token) + 1
    parts = [
        b"\x7fELF" + bytes(4092),
        struct.pack(f"<{len(offsets)}i", *offsets),
        struct.pack("<Q", BASE),
        struct.pack("<I", len(NAMES)),
        names,
        struct.pack(f"<{len(starts)}I", *starts),
        bytes(range(1, 1 + sequence_bytes)) * len(NAMES),
        b"".join(token.encode() + b"\0" for token in TOKENS),
        struct.pack("<256H", *index),
        bytes(100),
    ]
    return b"".join(map(aligned, parts))


def image(content: bytes) -> bytes:
    setup = bytearray(2 * 512)
    setup[0x1F1] = 1
    struct.pack_into("<II", setup, 0x248, 64, len(content))
    return bytes(setup) + bytes(64) + content


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: lzma.compress(data) + struct.pack("<I", len(data))], ids=["gzip", "xz"])
@pytest.mark.parametrize("sequence_bytes", [0, 3])
@pytest.mark.parametrize("per_cpu", [True, False])
def test_symbols_are_read(tmp_path, pack, sequence_bytes, per_cpu):
    (tmp_path / "vmlinuz").write_bytes(image(pack(kernel(sequence_bytes, per_cpu))))
    assert kallsyms.read(tmp_path / "vmlinuz") == [(BASE + 16 * i, "T", name[1:]) for i, name in enumerate(NAMES)]


@pytest.mark.parametrize("content", [b"", b"MZ" * 300, image(b"unknown"), image(gzip.compress(b"\x7fELF" + bytes(10000))), image(gzip.compress(bytes(500))[:-9])], ids=["empty", "short", "unknown", "no-table", "cut"])
def test_another_image_is_refused_in_a_line(tmp_path, content):
    (tmp_path / "vmlinuz").write_bytes(content)
    with pytest.raises(Trouble, match="no symbol table that can be read"):
        kallsyms.read(tmp_path / "vmlinuz")
