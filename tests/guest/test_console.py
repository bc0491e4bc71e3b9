"""`./exolab boot` as a person uses it: a terminal, keys, and what comes back."""

import os
import time
from pathlib import Path

import pexpect
import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60

pytestmark = pytest.mark.emulator


def spawn(*arguments: str) -> pexpect.spawn:
    return pexpect.spawn(
        str(ROOT / "exolab"), ["boot", *arguments], timeout=SECONDS, encoding="utf-8", codec_errors="replace", dimensions=(40, 160),
        env=os.environ | {"TERM": "dumb"},  # no colours
    )  # fmt: skip


def ended(session: pexpect.spawn) -> int:
    session.expect(pexpect.EOF)
    session.close()
    return session.exitstatus


@pytest.mark.parametrize("system,emulator", [("exos", "qemu"), ("exos", "bochs"), ("ultrix-compat", "qemu"), ("linux", "qemu")])
def test_programs_run_one_after_the_other(system, emulator):
    session = spawn(system, "hello", "null", "--emulator", emulator)
    session.expect(r"running hello, null\. Ctrl-A x leaves")
    session.expect(r"\nhello\r+\n\[exolab\] hello ended with status 7\r\n\[exolab\] begin null\r+\n")
    session.expect(r"null ended with status 0\r+\n")
    assert ended(session) == 1  # hello's status is not 0


def test_leaving_ends_the_machine_and_gives_the_terminal_back():
    session = spawn("exos")  # the shell waits for a line
    session.expect_exact("$ ")
    session.send("\x01x")
    session.expect("the machine is gone")
    assert ended(session) == 0


def test_ctrl_c_in_gdb_stops_the_guest_and_not_us():
    session = spawn("exos", "sh", "--gdb")
    session.expect_exact("(gdb) ")
    session.sendline("continue")
    session.expect("Continuing")
    time.sleep(1)
    session.sendintr()
    session.expect("SIGINT, Interrupt")
    session.expect_exact("(gdb) ")
    session.sendline("quit")
    assert ended(session) == 0


def test_gdb_stops_in_the_program_with_its_source():
    session = spawn("exos", "hello", "--gdb")
    for command, answer in (
        ("break main", r"Breakpoint 1 at .*hello\.c"),
        ("continue", r"Breakpoint 1, .*main .*hello\.c"),
        ("list", r"static const char line"),
        ("break machine_shutdown", r"Breakpoint 2 at .*\.c"),  # of the kernel
        ("continue", r"Breakpoint 2, .*machine_shutdown"),
        ("console", r"\nhello\r\n"),
    ):
        session.expect_exact("(gdb) ")
        session.sendline(command)
        session.expect(answer)
    session.expect_exact("(gdb) ")
    session.sendline("quit")
    assert ended(session) == 0
