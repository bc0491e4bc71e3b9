"""The kernels' pure parts against independent models in Python, and against hostile input under the sanitizers."""

import io
import struct
import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from harness.booting import cpio, protocol  # noqa: E402

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MASK = 2**64 - 1
WORD = some.integers(0, MASK)


def siphash(key: tuple[int, int], message: bytes, compress: int = 2, finish: int = 4) -> int:
    """SipHash as its authors' paper writes it (2012, section 2), for any message."""
    v = [key[0] ^ 0x736F6D6570736575, key[1] ^ 0x646F72616E646F6D, key[0] ^ 0x6C7967656E657261, key[1] ^ 0x7465646279746573]

    def rotate(x, bits):
        return (x << bits | x >> (64 - bits)) & MASK

    def rounds(n):
        for _ in range(n):
            v[0] = (v[0] + v[1]) & MASK
            v[1] = rotate(v[1], 13) ^ v[0]
            v[0] = rotate(v[0], 32)
            v[2] = (v[2] + v[3]) & MASK
            v[3] = rotate(v[3], 16) ^ v[2]
            v[0] = (v[0] + v[3]) & MASK
            v[3] = rotate(v[3], 21) ^ v[0]
            v[2] = (v[2] + v[1]) & MASK
            v[1] = rotate(v[1], 17) ^ v[2]
            v[2] = rotate(v[2], 32)

    padded = message + bytes(7 - len(message) % 8) + bytes([len(message) & 255])
    for (word,) in struct.iter_unpack("<Q", padded):
        v[3] ^= word
        rounds(compress)
        v[0] ^= word
    v[2] ^= 0xFF
    rounds(finish)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def test_the_model_of_siphash_gives_the_authors_vector():
    assert siphash(struct.unpack("<QQ", bytes(range(16))), bytes(range(15))) == 0xA129CA6149BE45E5


@FEW
@given(some.lists(some.tuples(WORD, WORD, WORD, WORD), min_size=1, max_size=50))
def test_siphash_equals_the_model(unit, records):
    run = memo(unit, "siphash")
    got = run(b"".join(struct.pack("<4Q", *record) for record in records)).split()
    assert got == [f"{siphash(record[:2], struct.pack('<QQ', *record[2:])[:15]):016x}" for record in records]


@FEW
@given(WORD, some.integers(0, 2**32 - 1))
def test_a_capability_with_any_one_bit_flipped_grants_nothing(unit, name, epoch):
    run = memo(unit, "capability", "aegis/capability.c")
    rights = name >> 48 & 255
    flips = [1000, *range(160)]
    got = run(b"".join(struct.pack("<4Q", name, epoch, flip, rights if flip > 63 else 0) for flip in flips)).split()
    assert got == ["1"] + ["0"] * 160


@FEW
@given(some.integers(0, 255), some.integers(0, 255))
def test_a_capability_grants_only_what_it_names(unit, granted, wanted):
    run = memo(unit, "capability", "aegis/capability.c")
    got = run(struct.pack("<4Q", 1 << 56 | granted << 48 | 77, 3, 1000, wanted)).split()
    assert got == [str(int(granted & wanted == wanted))]


NAMES = some.text("abcdefgh-.", min_size=1, max_size=12)


@FEW
@given(some.dictionaries(NAMES, some.binary(max_size=200), max_size=6))
def test_the_archive_is_read_as_it_was_written(unit, files):
    run = memo(unit, "archive", "machine/format/archive.c")
    got = run(cpio.write([cpio.folder("d"), *(cpio.Entry(name, data) for name, data in files.items())]))
    assert got.splitlines() == [*(f"{name} {len(data)} {sum(data)}" for name, data in files.items()), "end"]


@FEW
@given(some.data())
def test_no_damaged_archive_is_read_outside_its_bytes(unit, data):
    run = memo(unit, "archive", "machine/format/archive.c")
    archive = mutated(data, cpio.write([cpio.Entry("one", b"1" * 33), cpio.Entry("two", b"2" * 7)]))
    assert run(archive).splitlines()[-1] in ("end", "damaged")


def elf(segments, entry=0x401000, **header) -> bytes:
    """A minimal static executable; segments are (flags, offset, vaddr, filesz, memsz)."""
    table = b"".join(struct.pack("<IIQQQQQQ", 1, flags, offset, vaddr, vaddr, filesz, memsz, 0x1000) for flags, offset, vaddr, filesz, memsz in segments)
    fields = dict(type=2, machine=62, phoff=64, phentsize=56, phnum=len(segments)) | header
    head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack(
        "<HHIQQQIHHHHHH", fields["type"], fields["machine"], 1, entry, fields["phoff"], 0, 0, 64, fields["phentsize"], fields["phnum"], 0, 0, 0
    )
    return (head + table).ljust(0x3000, b"\x90")


TEXT, DATA = (5, 0x1000, 0x401000, 0x800, 0x800), (6, 0x2000, 0x402000, 0x100, 0x5000)


def test_a_good_executable_is_accepted(unit):
    got = memo(unit, "elf", "machine/format/elf.c")(elf([TEXT, DATA])).splitlines()
    assert got[0].startswith("entry 0x401000") and [line.split()[1] for line in got[1:]] == ["0x401000", "0x402000"]


def test_hostile_executables_are_refused_with_the_reason(unit):
    run = memo(unit, "elf", "machine/format/elf.c")
    high = 2**64 - 0x1000
    cases = {
        "not a little-endian ELF64 file": b"MZ" + elf([TEXT])[2:],
        "shorter than an ELF header": elf([TEXT])[:63],
        "not a static x86-64 executable": elf([TEXT], type=3),
        "no program headers": elf([TEXT], phnum=0),
        "program headers outside the file": elf([TEXT], phoff=2**64 - 8),
        "a segment lies outside the file": elf([(5, high, 0x401000, 0x1000, 0x1000)]),
        "a segment lies outside the user address space": elf([(5, 0x1000, high, 0x800, 0x2000)]),
        "segments overlap or are out of order": elf([TEXT, (6, 0x1000, 0x401800, 8, 8)]),
        "a segment is larger in the file than in memory, or empty": elf([(5, 0x1000, 0x401000, 0x800, 0x10)]),
        "the entry point is in no executable segment": elf([TEXT, DATA], entry=0x402000),
    }
    assert {reason: run(image).strip() for reason, image in cases.items()} == {reason: reason for reason in cases}


@FEW
@given(some.data())
def test_no_mutated_executable_is_read_outside_its_bytes(unit, data):
    memo(unit, "elf", "machine/format/elf.c")(mutated(data, elf([TEXT, DATA])))


@FEW
@given(some.text(some.characters(min_codepoint=32, max_codepoint=126), max_size=700))
def test_report_prints_lines_that_the_harness_accepts(unit, text):
    out = memo(unit, "print", "machine/print.c")(text.encode())
    numbers, line = out.split("\n", 1)
    assert numbers == "s|c|-2147483648|4294967295|deadbeef|-9223372036854775808|18446744073709551615|ffffffffffffffff|%"
    if text:
        log = protocol.parse(line.encode())
        assert not log.damaged
        (event,) = log.events
        assert event.verb == "killed" and text.startswith(event.arguments[1]) and len(event.arguments[1]) >= min(len(text), 480)


KERNELS = ("boot 1 exos", "tick 2 102 2002", "exit a 0", "killed a b", "panic now", "frame 0x1", "halt 0")


@FEW
@given(some.sampled_from(KERNELS), some.binary(max_size=20), some.lists(some.integers(0, 60), max_size=6))
def test_no_program_prints_a_line_of_the_kernels(unit, said, before, cuts):
    line = f"@exolab {said}".encode()
    forged = before.replace(b"\0", b"x") + b"\n" + line + b" #%04x\nfree text\n@exolab check this ok\n" % protocol.fletcher16(line)
    pieces = [forged[start:end] for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(forged)])]
    out = memo(unit, "print", "machine/print.c")(b"a\0" + b"\0".join(pieces)).encode("latin-1", "replace")
    events = [event.verb for event in protocol.parse(out).events]
    assert events == ["killed"]  # the driver's own
    assert b"free text\n@exolab check this ok\n" in out, "all else is as it was printed"


def mutated(data, good: bytes) -> bytes:
    """A few random bytes written over, and perhaps cut short."""
    image = io.BytesIO(good)
    for _ in range(data.draw(some.integers(0, 6))):
        image.seek(data.draw(some.integers(0, min(len(good), 400) - 1)))
        image.write(data.draw(some.sampled_from([b"\0", b"\xff", b"7", b"f" * 8, b"\xff" * 8])))
    return image.getvalue()[: data.draw(some.integers(0, len(good)) if data.draw(some.booleans()) else some.just(len(good)))]


DRIVERS = {}


def memo(unit, driver, *sources):
    """Compile each driver once a session."""
    if driver not in DRIVERS:
        DRIVERS[driver] = unit(driver, *sources)
    return DRIVERS[driver]
