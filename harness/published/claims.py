"""What the paper concludes: results/paper/claims.toml, read and checked. What a run says of it is judging.py's business.

Invariant of what is loaded: each claim has either a test, all of whose cells are of its experiments, or a reason why it cannot be tested.
"""

import json
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from harness.errors import Trouble
from harness.published import paper

FILE = paper.FOLDER / "claims.toml"
SCHEMA = json.loads(Path(__file__).with_name("claims_schema.json").read_text())
UNIX = "unix"  # stands for each UNIX system in turn
PAPER = "paper"  # the least ratio of the paper's own machines
BOUNDS = ("at_least", "at_most", "within_percent")
CELL = re.compile(r"(.+)/(.+)@(.+)")

# Which of the paper's ratios a pair of ours stands beside, by the systems above and below its line, and by what a UNIX system does for it.
BY_OPERATION = {"lrpc-pipe": paper.BY_PIPE_ROWS}
PUBLISHED = {(UNIX, "exos"): paper.ROWS, ("exos", "exos-inverted"): paper.PAGE_TABLE_ROWS, ("exos", "exos"): paper.TRUST_ROWS}


@dataclass(frozen=True)
class Claim:
    id: str
    says: str
    source: str  # in the paper
    reading: str = ""
    cannot: str = ""  # why it cannot be tested here; else it has the next two
    experiments: tuple[str, ...] = ()
    test: dict = field(default_factory=dict)  # as the file has it: its kind and what belongs to that

    @property
    def against_unix(self) -> bool:
        return any(system == UNIX for _, _, system in cells(self.test))


@dataclass(frozen=True)
class Claims:
    claims: tuple[Claim, ...]
    without: dict[str, str]  # experiment: why no claim needs it


def split(cell: str) -> tuple[str, str, str]:
    """Experiment, operation and system of EXPERIMENT/OPERATION@SYSTEM."""
    return CELL.fullmatch(cell).groups()


def cells(test: dict) -> list[tuple[str, str, str]]:
    """All cells that a test looks at; of a series, the series."""
    pairs = [cell for pair in test.get("pairs", ()) for cell in pair]
    series = [test["series"]] if "series" in test else []
    return [split(cell) for cell in [*pairs, *test.get("cells", ()), *test.get("and_some", ()), *series]]


def published(above: tuple[str, str, str], below: tuple[str, str, str]) -> paper.Published | None:
    """What the paper has of a pair of ours; None if nothing."""
    rows = BY_OPERATION.get(above[1]) or PUBLISHED.get((above[2], below[2]), ())
    return read_once(rows).get(below[:2])


read_once = cache(lambda rows: paper.published(rows=rows))


def load(path: Path = FILE) -> Claims:
    """Raises Trouble with the claim's name and what is wrong with it."""
    import jsonschema  # here, because importing it takes longer than most verbs

    try:
        data = tomllib.loads(path.read_text())
    except (OSError, ValueError, RecursionError) as error:
        raise Trouble(f"{path} is not readable as TOML ({error}): mend it, or restore it with git checkout") from error
    error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(SCHEMA).iter_errors(data))
    if error:
        raise Trouble(f"{path}: {place(data, list(error.absolute_path))}: {shortened(error.message)}")
    found = Claims(tuple(Claim(**one | {"experiments": tuple(one.get("experiments", ()))}) for one in data["claim"]), data["without"])
    problem = next(problems(found), None)
    if problem:
        raise Trouble(f"{path}: {problem}")
    return found


def shortened(text: str) -> str:
    """Both ends of what may quote half the file."""
    return text if len(text) <= 200 else f"{text[:90]} ... {text[-90:]}"


def place(data: dict, where: list) -> str:
    """Where in the file a schema's error is: `C8, test, at_least`."""
    if len(where) > 1 and where[0] == "claim":
        name = data["claim"][where[1]].get("id") if isinstance(data["claim"][where[1]], dict) else None
        where = [name if isinstance(name, str) else f"claim number {where[1] + 1}", *where[2:]]
    return ", ".join(map(str, where)) or "the file"


def problems(found: Claims):
    """What a schema cannot say, one sentence each."""
    seen: set[str] = set()
    for claim in found.claims:
        if claim.id in seen:
            yield f"{claim.id} stands there twice"
        seen.add(claim.id)
        yield from (f"{claim.id}: {text}" for text in claim_problems(claim))
    used = {name for claim in found.claims for name in claim.experiments}
    for name in sorted(used & set(found.without)):
        yield f"the experiment {name} is needed by a claim, and stands under [without] too"


def claim_problems(claim: Claim):
    if bool(claim.cannot) == bool(claim.test) or bool(claim.cannot) == bool(claim.experiments):
        yield "it must have either a test with its experiments, or a reason why it cannot be tested (`cannot`)"
        return
    if claim.cannot:
        return
    tested = {experiment for experiment, _, _ in cells(claim.test)}
    if tested != set(claim.experiments):
        yield f"its test is of {', '.join(sorted(tested))}, its experiments are {', '.join(claim.experiments)}"
    if claim.test["kind"] == "ratio":
        yield from ratio_problems(claim.test)


def ratio_problems(test: dict):
    if sum(name in test for name in BOUNDS) != 1:
        yield f"a ratio needs exactly one of {', '.join(BOUNDS)}"
    for above, below in test["pairs"]:
        if split(below)[2] == UNIX:
            yield f"{below}: what is divided by is one of the exokernel's systems"
        known = published(split(above), split(below))
        if test.get("at_least") == PAPER and not (known and known.ratios()):
            yield f"the paper has no ratio {above} / {below}"
