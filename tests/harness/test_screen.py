"""What a person sees of the serial port: no byte of a program's text is lost, changed or held back; lines of the wire format are said in words. And what keys mean to us."""

from handmade import line
from hypothesis import given
from hypothesis import strategies as some

from harness.terminal import console
from harness.terminal.screen import Screen

TEXT = some.lists(some.sampled_from([b"a", b"$ ", b"\n", b"\r\n", b"@", b"@exolab ", b"@exolab exit sh 0 #0000\n", b"\xff", b"#"]), max_size=30).map(b"".join)


def shown(screen: Screen, data: bytes, cuts: list[int]) -> bytes:
    ends = sorted({*(cut % (len(data) + 1) for cut in cuts), len(data)})
    return b"".join(screen.feed(data[start:end]) for start, end in zip([0, *ends], ends))


@given(TEXT, some.lists(some.integers(0, 500), max_size=8))
def test_free_text_is_shown_as_it_is_however_it_arrives(text, cuts):
    screen = Screen()
    seen = shown(screen, text, cuts)
    assert seen + screen.held == text
    assert not screen.held or screen.held.rsplit(b"\n", 1)[-1].startswith(b"@exolab "[: len(screen.held)])


@given(some.lists(some.integers(0, 500), max_size=8))
def test_lines_of_the_wire_format_are_said_in_words(cuts):
    screen = Screen()
    data = b"".join(line(text) for text in ("boot 1 exos", "tick 2 102 2002", "exit sh 3", "killed sh page fault", "panic oh no", "halt 1", "check it holds ok"))
    said = [b"sh ended with status 3", b"sh was killed: page fault", b"the kernel panicked: oh no", b"check it holds ok"]
    assert shown(screen, data, cuts) == b"".join(b"[exolab] %s\n" % one for one in said)
    assert screen.booted and screen.panicked and screen.failures == 1


def test_raw_shows_them_as_they_are():
    data = line("boot 1 exos") + b"text\n" + line("halt 0")
    screen = Screen(raw=True)
    assert screen.feed(data) == data and screen.failures == 0


def test_a_prompt_is_shown_without_its_newline():
    assert Screen().feed(b"hello\n$ ") == b"hello\n$ "


def test_keys_for_us_are_not_sent():
    assert console.command(False, b"ab\x01\x01c") == (False, False, b"ab\x01c")
    assert console.command(False, b"ab\x01xc") == (False, True, b"ab")
    assert console.command(False, b"\x01") == (True, False, b"")
    assert console.command(True, b"x") == (False, True, b"")
    assert console.command(True, b"q") == (False, False, b"q")


def test_of_many_programs_those_that_a_person_may_mean_are_listed(inside, monkeypatch, tmp_path):
    for name in ("workloads/exos/bin/sh", "workloads/exos/null", *(f"tests/exos/attack{n}" for n in range(60))):
        (tmp_path / "build" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "build" / f"{name}.elf").touch()
    monkeypatch.setattr("harness.paths.BUILD", tmp_path / "build")
    said = inside("boot", "exos", "zzz").stderr
    assert "there are: sh, null, attack0, " in said and said.endswith(", ...\n") and len(said) < 500


def test_misspelt_names_say_what_is_near(inside):
    for arguments, said in (
        (["exoz"], "no system is called exoz: did you mean exos?"),
        (["exos", "nul"], "no program of exos is called nul: did you mean null?"),
        (["exos", "zzz"], "there are: exception, null"),
        (["exos", "null", "--emulator", "boch"], "no emulator is called boch: did you mean bochs?"),
    ):
        done = inside("boot", *arguments)
        assert done.returncode == 2 and said in done.stderr, done.stderr
