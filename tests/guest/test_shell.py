"""The shell at a terminal, as a person has it: `./exolab boot SYSTEM`. The same program and the same dialogue on every system, in QEMU, and once in Bochs."""

import re
from time import sleep

import pexpect
import pytest
from test_console import ROOT, ended, spawn

SECONDS = {"linux": 180}  # it boots that long where much else runs
PROMPT = "$ "

pytestmark = pytest.mark.emulator

# What is typed, and what must come before the next prompt, line by line.
DIALOGUE = [
    ("", []),
    ("echo one 'two  three'   four", ["one two  three four"]),
    ("echo hello | cat | wc", ["1 1 6 "]),
    ("echo hello > /tmp/a; echo world >> /tmp/a; cat < /tmp/a | wc; cat /tmp/a", ["2 2 12 ", "hello", "world"]),
    ("cat < /tmp/a > /tmp/b && wc /tmp/b", ["2 2 12 /tmp/b"]),
    ("ls /tmp", ["a", "b"]),
    ("rm /tmp/a /tmp/b; ls /tmp", []),
    ("nosuch || echo status $?", ["sh: nosuch: there is no such program; ls /bin lists those that there are", "status 127"]),
    ("cat /tmp/nothing; echo $?", ["cat: /tmp/nothing: no such file", "1"]),
    ("cat < /tmp/nothing; echo $?", ["sh: /tmp/nothing: no such file", "1"]),
    ("/tmp; echo $?", ["sh: /tmp: permission denied", "126"]),
    ("echo a | | cat", ["sh: not understood: a command is missing before |"]),
    ("echo 'a", ["sh: not understood: a quote is not closed"]),
    ("mkdir /tmp/d /tmp/d/e && cd /tmp/d && pwd; echo hello > f; ls; cat ../d/./f | wc", ["/tmp/d", "e", "f", "1 1 6 "]),
    ("cd e; pwd; cat ../f; cd ..; rmdir e; ls . | wc", ["/tmp/d/e", "hello", "1 1 2 "]),
    ("mkdir /tmp/d; cd f; rmdir /tmp/d", ["mkdir: /tmp/d: there is one already", "sh: f: not a folder", "rmdir: /tmp/d: not empty"]),
    ("rm f; cd nowhere || cd; pwd; rmdir /tmp/d/ && rmdir tmp/d", ["sh: nowhere: no such file", "/", "rmdir: tmp/d: no such file"]),
    ("false && echo no; true && echo yes; hello", ["yes", "hello"]),
    ("echo $?", ["7"]),
    ("cat /bin/sh /bin/sh /bin/sh | true; echo $?", ["0"]),  # who writes to it ends, too
    ("echo x" + " | cat" * 15 + " | wc", ["1 1 2 "]),
    ("echo abx\x7fc", ["abc"]),  # Backspace
]
CRASH = ("crash; echo status $?", ["sh: crash: segmentation fault", "status 139"])


def typed(session: pexpect.spawn, line: str) -> list[str]:
    """Type a line; what is printed before the next prompt, without the line's echo."""
    session.send(line + "\r")
    session.expect_exact("\n" + PROMPT)
    _, *lines = (session.before + "\n").replace("\r", "").split("\n")
    return lines[:-1]


def begin(*arguments: str) -> pexpect.spawn:
    session = spawn(*arguments)
    session.timeout = SECONDS.get(arguments[0], session.timeout)
    session.expect_exact(PROMPT)
    return session


@pytest.mark.parametrize("system", ["exos", "ultrix-compat", "linux"])
def test_a_person_at_the_shell(system):
    session = begin(system)
    wrong = [(line, got) for line, expected in DIALOGUE if (got := typed(session, line)) != expected]
    assert wrong == []
    programs = typed(session, "ls /bin")
    assert programs == sorted(programs) and {"cat", "echo", "ls", "sh", "wc"} <= set(programs)
    for _ in range(3):  # it goes on after that
        got = typed(session, CRASH[0])
        assert got[-2:] == CRASH[1] and len(got) <= 3  # ExOS says itself what happened, before
    session.send("exit 3\r")
    session.expect(r"\[exolab\] sh ended with status 3")
    assert ended(session) == 1


def test_the_same_in_bochs():
    session = begin("exos", "--emulator", "bochs")
    assert typed(session, "echo hello | cat | wc") == ["1 1 6 "]
    assert typed(session, CRASH[0])[-2:] == CRASH[1]
    session.send("exit\r")  # with the status of the last pipeline: echo's
    session.expect(r"\[exolab\] sh ended with status 0")
    assert ended(session) == 0


def interrupted(session: pexpect.spawn, line: str, shows: str) -> list[str]:
    """Run a line that goes on for ever and type ^C when it `shows` that it runs; what it has printed then before the next prompt."""
    session.send(line + "\r")
    session.expect(re.escape(line) + r"\r+\n" + shows)
    sleep(0.5)
    session.send("\x03")
    session.expect_exact("\n" + PROMPT)
    return session.before.replace("\r", "").split("\n")


@pytest.mark.parametrize("system", ["exos", "ultrix-compat"])
def test_control_c_ends_the_programs_and_not_the_shell(system):
    session = begin(system)
    for line in ("spin", "cat", "cat | cat", "spin | cat | wc"):
        assert interrupted(session, line, "") == ["^C"]
        assert typed(session, "echo $?") == ["130"]
    assert interrupted(session, "echo a; spin; echo b", r"a\r+\n") == ["^C"]
    assert interrupted(session, "spin || echo b", "") == ["^C"]
    session.send("spin\rtyped ahead\r\x03")  # what was typed before it goes, too
    session.expect(r"\^C\r+\n\$ ")
    session.send("echo no\x03")
    session.expect(r"no\^C\r+\n\$ ")
    assert typed(session, "echo yes") == ["yes"]
    session.send("sh\r")
    session.expect_exact("\n" + PROMPT)
    assert interrupted(session, "spin", "") == ["^C"]  # of a shell in a shell
    assert typed(session, "echo $?; exit 5") == ["130"]
    assert typed(session, "echo $?") == ["5"]
    session.send("exit\r")
    assert ended(session) == 0


def test_the_end_of_input_ends_it():
    session = begin("exos")
    assert typed(session, "false") == []
    session.send("\x04")
    session.expect(r"\[exolab\] sh ended with status 1")
    assert ended(session) == 1


def test_the_readmes_transcript():
    """What README.md shows is what happens, but for the addresses in it."""
    (shown,) = re.findall(r"    \$ \./exolab boot exos\n((?:    .*\n)+)", (ROOT / "README.md").read_text())
    shown = re.sub("^    ", "", shown, flags=re.MULTILINE)
    session = begin("exos")
    happened = session.before.replace("\r", "")
    for line in re.findall(r"^\$ (.*)$", shown, re.MULTILINE)[:-1]:
        happened += "\n".join([PROMPT + line, *typed(session, line), ""])
    session.send("exit\r")
    session.expect(pexpect.EOF)
    happened += PROMPT + session.before.replace("\r", "")
    masked = [re.sub("0x4[0-9a-f]+", "0x4", text) for text in (shown, happened)]
    assert masked[0] == masked[1]
