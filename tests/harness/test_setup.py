"""harness/setup.sh installs what is missing and nothing else. apt-get and its kin are played by shell scripts."""

import subprocess

import pytest
from handmade import ROOT

from harness import packages

FAKES = {
    "dpkg-query": 'case " $(cat "$STATE/missing") " in *" $3 "*) exit 1 ;; esac; echo "install ok installed"',
    "apt-cache": 'test ! -e "$STATE/unknown"',
    "apt-get": 'echo "$@" >>"$STATE/calls"; test ! -e "$STATE/offline"',
    "id": "echo 0",
}


@pytest.fixture
def setup(tmp_path):
    """setup(missing, *states) -> (CompletedProcess, calls of apt-get); without_apt leaves apt-get out."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "readlink", "dirname", "sed", "awk", "cat", "env"):
        (tools / tool).symlink_to(f"/usr/bin/{tool}")

    def run(missing, *states, without_apt=False):
        for name, body in FAKES.items():
            if not (without_apt and name == "apt-get"):
                (tools / name).write_text(f"#!/bin/sh\n{body}\n")
                (tools / name).chmod(0o755)
        (tmp_path / "missing").write_text(missing)
        for state in states:
            (tmp_path / state).touch()
        environment = {"PATH": str(tools), "STATE": str(tmp_path)}
        done = subprocess.run(["/bin/sh", ROOT / "harness/setup.sh"], capture_output=True, text=True, env=environment)
        calls = tmp_path / "calls"
        return done, calls.read_text().splitlines() if calls.exists() else []

    return run


INSTALL = "install -y -q --no-install-recommends bochs-term"


def test_nothing_missing_is_silent(setup):
    done, calls = setup("")
    assert (done.returncode, done.stdout, done.stderr, calls) == (0, "", "", [])


def test_only_what_is_missing_is_installed(setup):
    done, calls = setup("bochs-term")
    assert done.returncode == 0 and "setup: installing bochs-term" in done.stdout
    assert calls == [INSTALL]


def test_package_lists_are_fetched_only_if_apt_does_not_know_a_package(setup):
    done, calls = setup("bochs-term", "unknown")
    assert done.returncode == 0
    assert calls == ["update -q", INSTALL]


def test_without_network_is_a_clear_message(setup):
    done, _ = setup("bochs-term", "offline")
    assert done.returncode == 2 and "could not install: bochs-term" in done.stderr


def test_without_apt_says_which_packages(setup):
    done, _ = setup("bochs-term", without_apt=True)
    assert done.returncode == 2
    assert "not a Debian system" in done.stderr and "bochs-term" in done.stderr


def test_table_is_readable():
    table = packages.required()
    assert table["qemu-system-x86"] == "command:qemu-system-x86_64"
    assert all(kind in packages.SIGNS for kind in (sign.split(":")[0] for sign in table.values()))
