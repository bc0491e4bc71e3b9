"""The file of claims: complete, and refused with a clear word when it is not in order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness import catalogue
from harness.errors import Trouble
from harness.published import claims

TEXT = claims.FILE.read_text()
KNOWN = claims.load()


@pytest.fixture
def refused(tmp_path):
    """refused(old, new, ...) -> what is said of the file in which each `old` has become `new`."""

    def refuse(*changes) -> str:
        text = TEXT
        for old, new in zip(changes[::2], changes[1::2]):
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "claims.toml"
        path.write_text(text)
        with pytest.raises(Trouble) as said:
            claims.load(path)
        assert str(path) in str(said.value)
        return str(said.value)

    return refuse


def test_every_experiment_has_a_claim_or_a_reason():
    used = {name for claim in KNOWN.claims for name in claim.experiments}
    assert used | set(KNOWN.without) == {one.name for one in catalogue.experiments()}, f"claims and [without] of {claims.FILE.name} must name each experiment once"


def test_every_claim_is_of_operations_that_exist():
    operations = {one.name: [operation.name for operation in one.operations] for one in catalogue.experiments()}
    for claim in KNOWN.claims:
        for experiment, operation, _ in claims.cells(claim.test):
            assert operation in operations[experiment] or f"{operation}-1" in operations[experiment], (claim.id, operation)


def test_every_claim_can_be_tested_or_says_why_not_and_where_it_stands():
    assert all(bool(one.test) != bool(one.cannot) and one.source for one in KNOWN.claims)
    assert [one.id for one in KNOWN.claims] == [f"C{n}" for n in range(1, len(KNOWN.claims) + 1)]


@pytest.mark.parametrize(
    "changes, says",
    [
        (('experiments = ["null", "exception"]\n', ""), "C1: it must have either a test"),
        (('cannot = "there is no network and no downloaded code here yet"\n', ""), "C40: it must have either a test"),
        (('experiments = ["pct"]\n', 'experiments = ["pct"]\ncannot = "too hard"\n'), "C12: it must have either a test"),
        (('experiments = ["null", "exception"]', 'experiments = ["null"]'), "C1: its test is of exception, null, its experiments are null"),
        (('id = "C2"', 'id = "C1"'), "C1 stands there twice"),
        (('id = "C2"', 'id = "two"'), "two, id"),
        (('source = "abstract, p1"\n', ""), "C1: 'source' is a required property"),
        (('kind = "order"', 'kind = "odrer"'), "C10, test, kind: 'odrer' is not one of"),
        (("at_least = 10\n", 'at_least = "papers"\n'), "C1, test, at_least: 'paper' was expected"),
        (("at_least = 10\n", ""), "C1: a ratio needs exactly one of at_least, at_most, within_percent"),
        (("at_least = 10\n", "at_least = 10\nat_most = 100\n"), "C1: a ratio needs exactly one of"),
        (("at_least = 10\n", 'at_least = "paper"\n', "null/syscall-stack@exos", "exception/ud2-dispatch@exos"), "the paper has no ratio null/syscall@unix / exception/ud2-dispatch@exos"),
        (('["null/syscall@unix", "null/syscall@exos"]', '["null/syscall@exos", "null/syscall@unix"]'), "null/syscall@unix: what is divided by"),
        (("most = true\n", "most = 1\n"), "C1, test, most: 1 is not of type 'boolean'"),
        (("most = true\n", "mots = true\n"), "C1, test: Additional properties are not allowed ('mots' was unexpected)"),
        (("null/syscall@unix", "null/syscall@solaris"), "C1, test, pairs, 0, 0"),
        (('kind = "ratio"\n', ""), "C1, test: 'kind' is a required property"),
        (("[without]\n", '[without]\nnull = "so easy"\n'), "the experiment null is needed by a claim, and stands under [without] too"),
        (("[without]\n", "[[without]]\n"), "is not of type 'object'"),
        (("[[claim]]", "[claim]"), "not readable as TOML"),
        (("says =", "says"), "not readable as TOML"),
    ],
)
def test_what_is_wrong_is_named(refused, changes, says):
    assert says in refused(*changes)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Trouble, match="nowhere.toml is not readable"):
        claims.load(tmp_path / "nowhere.toml")


PIECES = ["[[claim]]", "[claim.test]", "id", "=", '"', "[", "]", "null/syscall@exos", "paper", "true", "1e999", "nan", "-1", "\0", "\n", "cannot = ", "{}", "[[]]", '"\\u0000"', "ä"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 60), st.sampled_from(PIECES)), min_size=1, max_size=3))
def test_a_mutated_file_is_read_or_refused_and_never_a_traceback(tmp_path, edits):
    text = TEXT
    for at, length, piece in edits:
        text = text[:at] + piece + text[at + length :]
    path = tmp_path / "claims.toml"
    path.write_text(text)
    try:
        claims.load(path)
    except Trouble as trouble:
        assert str(path) in str(trouble)
