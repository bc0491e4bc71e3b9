"""The shell's lines: what was meant, written with any of the quotes, is what is understood; and nothing that can be typed does harm."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
SPECIAL = " \t|&;<>'\"\\#$?"
CHARACTERS = some.sampled_from("abcXYZ019./-_=" + SPECIAL)
WORDS = some.text(CHARACTERS, max_size=8)
STATUS = some.integers(0, 255)
DRIVER = []


def understood(unit, line: str, status: int = 0) -> list[str]:
    if not DRIVER:
        DRIVER.append(unit("sh", "workloads/programs/sh/parse.c"))
    return DRIVER[0](bytes([status]) + line.encode("latin-1")).splitlines()


@some.composite
def quoted(draw, text: str) -> str:
    """`text` as a word that means it: each piece of it in single quotes, double quotes, or with backslashes."""
    written, rest = "", text
    while rest or not written:
        size = draw(some.integers(1, 3))
        piece, rest = rest[:size], rest[size:]
        how = draw(some.sampled_from(("'", '"', "\\")))
        if how == "'" and "'" not in piece:
            written += f"'{piece}'"
        elif how == '"' or not piece:
            written += '"' + "".join("\\" + one if one in '"\\$' else one for one in piece) + '"'
        else:
            written += "".join("\\" + one if one in SPECIAL else one for one in piece)
    return written


COMMANDS = some.lists(some.tuples(some.sampled_from(("", "", "", "<", ">", ">>")), WORDS), min_size=1, max_size=5)
PIPELINES = some.lists(COMMANDS, min_size=1, max_size=4)
LINES = some.lists(some.tuples(PIPELINES, some.sampled_from((";", "&&", "||"))), min_size=1, max_size=4)


def expected(line) -> list[str]:
    """As the driver prints it: words first, then redirections."""
    found = []
    for number, (pipeline, behind) in enumerate(line, 1):
        commands = [[(kind, word) for kind, word in command if not kind] + [(kind, word) for kind, word in command if kind] for command in pipeline]
        text = " |".join("".join(f" {kind}{word.encode().hex()}" for kind, word in command) for command in commands)
        found.append(f"{text} {'end' if number == len(line) else behind}")
    return found


@FEW
@given(LINES, some.data())
def test_what_is_meant_is_understood(unit, line, data):
    blank = some.sampled_from(("", " ", "  ", "\t"))
    written = ""
    for number, (pipeline, behind) in enumerate(line, 1):
        commands = [" ".join(kind + data.draw(blank) + data.draw(quoted(word)) for kind, word in command) for command in pipeline]
        written += (data.draw(blank) + "|" + data.draw(blank)).join(commands)
        written += data.draw(some.sampled_from(("", ";", " ; ", " # a comment ; |"))) if number == len(line) else behind + data.draw(blank)
    assert understood(unit, written) == expected(line)


@FEW
@given(STATUS)
def test_the_last_status(unit, status):
    hexadecimal = str(status).encode().hex()
    assert understood(unit, 'echo $? "a$?b" \'$?\' \\$?', status) == [f" {b'echo'.hex()} {hexadecimal} 61{hexadecimal}62 {b'$?'.hex()} {b'$?'.hex()} end"]


@FEW
@given(some.text(some.characters(min_codepoint=1, max_codepoint=255), max_size=1100), STATUS)
def test_no_line_does_harm(unit, line, status):
    for one in understood(unit, line, status):
        assert one.startswith((" ", "wrong: "))


@FEW
@given(some.text(CHARACTERS, max_size=1023), STATUS)
def test_no_line_of_special_characters_does_harm(unit, line, status):
    understood(unit, line, status)


def test_mistakes_are_named(unit):
    cases = {
        "| a": "a command is missing before |",
        "a | | b": "a command is missing before |",
        "a |": "a command is missing at the end",
        "; a": "a command is missing before ;",
        "a ;; b": "a command is missing before ;",
        "a && && b": "a command is missing before &&",
        "a || ": "a command is missing at the end",
        "a &": "& alone: everything runs in the foreground",
        "a <": "a file name is missing behind < or >",
        "a > | b": "a file name is missing behind < or >",
        "echo 'x": "a quote is not closed",
        'echo "x\\"': "a quote is not closed",
        "a " * 300: "too many words",
        "a<b " * 70: "too many redirections",
        "a|" * 60 + "a": "too many commands in a pipeline",
        "$?" * 700: "the line is too long",
    }
    assert {line: understood(unit, line, 255)[-1] for line in cases} == {line: f"wrong: {said}" for line, said in cases.items()}


def test_a_line_without_a_command_is_none(unit):
    for line in ("", "   ", "# nothing", "\t # a | b"):
        assert understood(unit, line) == []
