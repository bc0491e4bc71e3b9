"""The small Linux: taken from the cache, built anew when its configuration changes, and a build that cannot be says why."""

import subprocess

import pytest

from harness.booting import linux_tuned, media
from harness.catalogue import DEFAULT_SYSTEMS, SYSTEMS
from harness.errors import Trouble


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """An empty cache, and a source of Linux with three files in it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    source = tmp_path / "linux-source-6.1"
    (source / "include/config").mkdir(parents=True)
    (source / "arch/x86/boot").mkdir(parents=True)
    (source / "include/config/kernel.release").write_text("6.1.7\n")
    fragment = tmp_path / "fragment"
    fragment.write_text("# nothing\nCONFIG_A=y\n")
    (source / "Makefile").write_text(
        "allnoconfig:\n\t@cat $(KCONFIG_ALLCONFIG) > .config\n"
        "bzImage:\n\t@echo '  CC      a.o'; echo kernel > arch/x86/boot/bzImage; echo map > System.map\n"
    )
    packed = tmp_path / "linux.tar"
    subprocess.run(["tar", "-cf", packed, "-C", tmp_path, source.name], check=True)
    monkeypatch.setattr(linux_tuned, "SOURCE", packed)
    monkeypatch.setattr(linux_tuned, "FRAGMENT", fragment)
    monkeypatch.setattr(linux_tuned.packages, "missing", lambda table: {})
    return source


def test_it_is_built_once_and_then_cached(machine):
    said = []
    built = linux_tuned.kernel(said.append)
    assert built.read_text() == "kernel\n" and built.parent.name.startswith("linux-6.1.7-")
    assert (built.parent / "System.map").exists() and (built.parent / "config").exists()
    assert len(said) == 2 and linux_tuned.kernel(said.append) == built and len(said) == 2
    assert [path.name for path in linux_tuned.cache().iterdir()] == [built.parent.name]  # nothing of the build is left


def test_another_configuration_is_another_kernel(machine):
    first = linux_tuned.kernel()
    linux_tuned.FRAGMENT.write_text("CONFIG_B=y\n")
    assert linux_tuned.kernel() != first


def test_a_configuration_that_linux_does_not_take_is_named(machine):
    makefile = machine / "Makefile"
    makefile.write_text("allnoconfig:\n\t@echo > .config\n")
    subprocess.run(["tar", "-cf", linux_tuned.SOURCE, "-C", machine.parent, machine.name], check=True)
    with pytest.raises(Trouble, match="this Linux does not take CONFIG_A=y"):
        linux_tuned.kernel()
    assert list(linux_tuned.cache().iterdir()) == []


def test_a_failing_compiler_is_quoted(machine):
    (machine / "Makefile").write_text("allnoconfig:\n\t@cat $(KCONFIG_ALLCONFIG) > .config\nbzImage:\n\t@echo no such register; false\n")
    subprocess.run(["tar", "-cf", linux_tuned.SOURCE, "-C", machine.parent, machine.name], check=True)
    with pytest.raises(Trouble, match="make ended with 2: no such register"):
        linux_tuned.kernel()
    assert list(linux_tuned.cache().iterdir()) == []


def test_it_is_measured_only_if_asked_for(inside):
    assert "linux-tuned" in SYSTEMS and "linux-tuned" not in DEFAULT_SYSTEMS
    assert "system      linux-tuned (only if asked for)" in inside("list").stdout


def test_it_boots_its_own_kernel(tmp_path, monkeypatch):
    (tmp_path / "workloads/unix").mkdir(parents=True)
    (tmp_path / "workloads/unix/init.elf").write_bytes(b"init")
    monkeypatch.setattr("harness.paths.BUILD", tmp_path)
    for name in ("debian", "small"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr("harness.booting.linux.kernel", lambda: tmp_path / "debian")
    monkeypatch.setattr("harness.booting.linux_tuned.kernel", lambda: tmp_path / "small")
    kernels = {name: media.prepare(SYSTEMS[name], {}, tmp_path).kernel.name for name in ("linux", "linux-tuned")}
    assert kernels == {"linux": "debian", "linux-tuned": "small"}
