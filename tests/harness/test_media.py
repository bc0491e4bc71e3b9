"""Archives and disk images are what docs/wire-format.md says, and a damaged one is refused with the exact reason."""

import os
import stat
import struct
import zlib

import pytest

from harness import catalogue
from harness.booting import cpio, image, linux, media
from harness.errors import Trouble

MBR = bytes(510) + b"\x55\xaa"
KERNEL = b"\xeb\x7e" + bytes(5000)
FILES = {"null": b"first program", "exception": b"", "a/b": bytes(range(256))}


def archive():
    return cpio.write([cpio.Entry(name, data) for name, data in FILES.items()])


@pytest.fixture
def disk(tmp_path):
    path = tmp_path / "disk.img"
    path.write_bytes(image.build(MBR, KERNEL, archive(), command_line="hello"))
    return path


def test_cpio_reads_back_what_was_written_in_order():
    assert list(cpio.read(archive()).items()) == list(FILES.items())
    assert cpio.read(cpio.write([])) == {}
    assert len(archive()) % 512 == 0


def test_cpio_device_node():
    entry = cpio.write([media.CONSOLE])
    fields = [int(entry[6 + 8 * i : 14 + 8 * i], 16) for i in range(13)]
    assert stat.S_ISCHR(fields[1]) and (fields[9], fields[10]) == (5, 1)


@pytest.mark.parametrize("cut", [0, 100, 120, 300])
def test_cpio_that_is_cut_off_is_refused(cut):
    with pytest.raises(ValueError):
        cpio.read(archive()[:cut])


def test_image_layout(disk):
    data = disk.read_bytes()
    payload_sectors = struct.unpack_from("<I", data, 436)[0]
    payload = data[512 : 512 * (1 + payload_sectors)]
    magic, size, crc, offset, length, key, command_line = struct.unpack_from("<QIIII16s64s", payload, 8)
    assert (magic, size, offset) == (0x3142414C4F584521, len(payload), 8192)
    assert payload[offset : offset + length] == archive()
    assert zlib.crc32(payload[:20] + bytes(4) + payload[24:]) == crc
    assert command_line.rstrip(b"\0") == b"hello" and any(key)
    assert len(data) % (16 * 63 * 512) == 0
    assert payload[:2] == KERNEL[:2]


def test_image_verifies_and_gives_its_archive(disk):
    assert cpio.read(image.verify(disk)) == FILES


def patched(disk, at, data):
    with disk.open("r+b") as file:
        file.seek(at)
        file.write(data)


@pytest.mark.parametrize(
    "damage, says",
    [
        (lambda disk: os.truncate(disk, 5 * 512), "truncated: expected 18 sectors after the loader, have 4"),
        (lambda disk: os.truncate(disk, 100), "no boot sector"),
        (lambda disk: os.truncate(disk, 0), "no boot sector"),
        (lambda disk: os.truncate(disk, 100 * 512), "are not whole cylinders"),
        (lambda disk: patched(disk, 510, b"xx"), "no boot sector"),
        (lambda disk: patched(disk, 436, bytes(4)), "sector count is 0"),
        (lambda disk: patched(disk, 436, b"\x0a"), "the loader loads 5120"),
        (lambda disk: patched(disk, 520, b"x"), "bad magic"),
        (lambda disk: patched(disk, 3000, b"x"), "CRC-32 is 0x"),
    ],
)
def test_damaged_image_is_refused(disk, damage, says):
    damage(disk)
    with pytest.raises(Trouble, match=says):
        image.verify(disk)


@pytest.mark.parametrize(
    "arguments, says",
    [
        ((b"short", KERNEL, b""), "boot sector"),
        ((MBR, b"\1" * 5000, b""), "no empty boot header"),
        ((MBR, b"tiny", b""), "no empty boot header"),
        ((MBR, KERNEL, b"", image.FIXED_KEY, "x" * 64), "63 characters"),
    ],
)
def test_image_is_not_built_from_nonsense(arguments, says):
    with pytest.raises(Trouble, match=says):
        image.build(*arguments)


def test_media_hold_the_programs_of_the_build(build, tmp_path, monkeypatch):
    monkeypatch.setattr("harness.paths.BUILD", tmp_path)
    for name, content in (("machine/mbr.bin", MBR), ("aegis/aegis.bin", KERNEL), ("workloads/unix/init.elf", b"init")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(linux, "kernel", lambda: tmp_path / "aegis/aegis.bin")
    program = {"null": catalogue.program_file(catalogue.SYSTEMS["exos"], "null")}
    program["null"].parent.mkdir(parents=True)
    program["null"].write_bytes(b"program")
    ours = media.prepare(catalogue.SYSTEMS["exos"], program, tmp_path)
    theirs = media.prepare(catalogue.SYSTEMS["linux"], program, tmp_path)
    assert ours.hashes["null"] == theirs.hashes["null"]
    assert cpio.read(theirs.initramfs.read_bytes())["exolab/order"] == b"null\n"


def test_files_for_programs_stand_in_front_of_them_on_every_system(tmp_path, monkeypatch):
    monkeypatch.setattr("harness.paths.BUILD", tmp_path)
    parts = {"machine/mbr.bin": MBR, "aegis/aegis.bin": KERNEL, "workloads/unix/init.elf": b"init", "null.elf": b"program"}
    for flavour in ("exos", "unix"):
        parts[f"workloads/{flavour}/bin/hello.elf"] = f"hello of {flavour}".encode()
    for name, content in parts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(linux, "kernel", lambda: tmp_path / "aegis/aegis.bin")
    ours = media.prepare(catalogue.SYSTEMS["exos"], {"null": tmp_path / "null.elf"}, tmp_path)
    theirs = media.prepare(catalogue.SYSTEMS["linux"], {"null": tmp_path / "null.elf"}, tmp_path)
    assert list(cpio.read(image.verify(ours.disk)).items()) == [("bin/hello", b"hello of exos"), ("null", b"program")]
    found = cpio.read(theirs.initramfs.read_bytes())
    assert (found["bin/hello"], found["exolab/order"], found["exolab/null"]) == (b"hello of unix", b"null\n", b"program")


def test_missing_program_says_make_build(tmp_path):
    with pytest.raises(Trouble, match="run make build"):
        media.prepare(catalogue.SYSTEMS["exos"], {"null": tmp_path / "null.elf"}, tmp_path)


def test_linux_comes_from_the_cache_without_apt(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    (tmp_path / "exolab/linux/linux-image-6").mkdir(parents=True)
    (tmp_path / "exolab/linux/linux-image-6/vmlinuz").touch()
    assert linux.version() == "linux-image-6"


def test_the_newest_linux_is_the_highest_version_not_the_last_name(tmp_path):
    for version in ("6.1.0-9-amd64_6.1.27-1", "6.1.0-10-amd64_6.1.38-1", "6.1.0-10-amd64_6.1.38-2"):
        (tmp_path / f"linux-image-{version}").mkdir()
        (tmp_path / f"linux-image-{version}" / "vmlinuz").touch()
    assert linux.newest(tmp_path).parent.name == "linux-image-6.1.0-10-amd64_6.1.38-2"
    assert linux.newest(tmp_path / "nothing") is None


def test_linux_without_apt_or_network_is_a_clear_message(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Trouble, match="Linux cannot be fetched: no apt-cache"):
        linux.kernel()
    for name, body in (("apt-cache", "echo '  Depends: linux-image-6'"), ("apt-get", "echo no network >&2; exit 100")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    with pytest.raises(Trouble, match=r"apt-get -q download: no network.*is there a network"):
        linux.kernel()
    assert list((tmp_path / "cache/exolab/linux").iterdir()) == []
