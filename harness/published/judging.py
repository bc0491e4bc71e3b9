"""What a run says of each claim of the paper: reproduced, not reproduced, cannot tell, or cannot be tested here.

A claim that compares with UNIX has a verdict for each UNIX system, and as a whole the worst of them. What was not measured, or breaks the law between the
emulators, is never taken as a yes: only a claim all of whose cells have numbers can be reproduced. Ratios are held against ratios, never against microseconds.
"""

from dataclasses import dataclass

from harness.catalogue import SYSTEMS
from harness.comparing import series
from harness.published import claims, paper, ratios, stride
from harness.published.claims import PAPER, UNIX, Claim
from harness.reading.records import per_operation

REPRODUCED, NOT, UNTOLD, CANNOT = "reproduced", "not reproduced", "cannot tell", "cannot be tested here"
WORST_FIRST = (NOT, UNTOLD, REPRODUCED, CANNOT)
UNIX_SYSTEMS = [name for name in SYSTEMS if name not in ratios.EXOKERNELS]


@dataclass(frozen=True)
class Part:
    """One pair or cell of a test: what was measured, with the absolute numbers it is made of."""

    text: str  # its numbers; or why there are none
    holds: bool | None  # None: it has no number
    name: str = ""  # the operations
    base: str = ""  # the systems, above and below the line

    @property
    def whole(self) -> str:
        head = ", ".join(filter(None, (self.name, self.base)))
        return f"{head}: {self.text}" if head else self.text


@dataclass(frozen=True)
class Finding:
    against: str  # the UNIX system; "" if the claim compares with none
    verdict: str
    parts: tuple[Part, ...]

    @property
    def shown(self) -> tuple[Part, ...]:
        """Each once: a test may have a cell in two of its pairs, and that this was not measured is one thing to say."""
        return tuple(dict.fromkeys(self.parts))


@dataclass(frozen=True)
class Judged:
    claim: Claim
    wanted: str  # what must hold
    paper: tuple[str, ...]  # the paper's own ratios, with their absolute numbers
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        return min((one.verdict for one in self.findings), key=WORST_FIRST.index)


class Counts:
    """The numbers of a run, by cell. A cell that breaks the law has none."""

    def __init__(self, records: list[dict], checks: list[dict]):
        self.cells = ratios.cells(per_operation(records))
        main = ratios.main_emulator(records)
        self.emulators = [main, *(name for name in dict.fromkeys(one["emulator"] for one in records) if name != main)]
        self.unlawful = {(one["experiment"], one["operation"], one["system"]) for one in checks if one["verdict"] == "fail"}
        self.systems = {one["system"] for one in records}

    def of(self, *cells: tuple[str, str, str]) -> tuple[list[float], str]:
        """Their numbers, all in one emulator, and "" or what must be said of that; or none, and why."""
        for emulator in self.emulators:
            if not any(self.why_not(cell, emulator) for cell in cells):
                found = [self.cells[*cell, emulator]["median"] for cell in cells]
                return found, "" if emulator == self.emulators[0] else f" in {emulator}"
        return [], next(filter(None, (self.why_not(cell, self.emulators[0]) for cell in cells)))

    def why_not(self, cell: tuple[str, str, str], emulator: str) -> str:
        """Why this cell has no number that can be trusted, "" if it has."""
        record = self.cells.get((*cell, emulator))
        name = f"{cell[0]}/{cell[1]} on {cell[2]}"
        if record is None:
            return f"{name} was not measured"
        if record["verdict"] != "ok":
            return f"{name}: {record['verdict']}"
        return f"{name}: the emulators disagree" if cell in self.unlawful else ""

    def series(self, experiment: str, name: str, system: str) -> list[float]:
        """The points of a series in order, as far as they have numbers without a hole."""
        numbers = series.split([one[1] for one in self.cells if one[0] == experiment and one[2] == system]).get(name, [])
        found = []
        for number in dict.fromkeys(numbers):
            values, _ = self.of((experiment, f"{name}-{number}", system))
            if not values or number != len(found) + 1:
                return []
            found += values
        return found


def judged(records: list[dict], checks: list[dict] = (), known: claims.Claims | None = None) -> list[Judged]:
    """Every claim, in the order of the file. Raises Trouble if that cannot be read."""
    counts = Counts(records, checks)
    return [judge(claim, counts) for claim in (known or claims.load()).claims]


def judge(claim: Claim, counts: Counts) -> Judged:
    if claim.cannot:
        return Judged(claim, "", (), (Finding("", CANNOT, (Part(claim.cannot, None),)),))
    against = [name for name in UNIX_SYSTEMS if SYSTEMS[name].default or name in counts.systems] if claim.against_unix else [""]
    return Judged(claim, wanted(claim.test), published(claim.test), tuple(finding(claim.test, unix, counts) for unix in against))


def finding(test: dict, unix: str, counts: Counts) -> Finding:
    parts = tuple(KINDS[test["kind"]](test, unix, counts))
    holding, failing = sum(one.holds is True for one in parts), sum(one.holds is False for one in parts)
    enough = len(parts) // 2 + 1 if test.get("most") else len(parts)
    if len(parts) - failing < enough:  # whatever the others would say
        verdict = NOT
    else:
        verdict = REPRODUCED if holding + failing == len(parts) else UNTOLD
    return Finding(unix, verdict, parts)


def pairs(test: dict, unix: str, counts: Counts):
    for pair in test["pairs"]:
        above, below = (claims.split(cell.replace(f"@{UNIX}", f"@{unix}")) for cell in pair)
        values, remark = counts.of(above, below)
        if not values or not values[1]:
            yield Part(remark if not values else f"{below[1]} on {below[2]} is 0: nothing to divide by", None)
            continue
        ratio = values[0] / values[1]
        name = above[1] if above[1] == below[1] else f"{above[1]} / {below[1]}"
        where = f"on {below[2]}" if above[2] == below[2] else f"{above[2]} / {below[2]}"
        yield Part(f"{ratios.spell(ratio)} = {values[0]} / {values[1]}{remark}", within(ratio, test, pair), name, where)


def within(ratio: float, test: dict, pair: list[str]) -> bool:
    if "within_percent" in test:
        return abs(ratio - 1) * 100 <= test["within_percent"]
    return ratio >= least(test, pair) if "at_least" in test else ratio <= test["at_most"]


def least(test: dict, pair: list[str]) -> float:
    if test["at_least"] != PAPER:
        return test["at_least"]
    return min(claims.published(*map(claims.split, pair)).ratios().values())


def order(test: dict, _unix: str, counts: Counts):
    cells = [claims.split(cell) for cell in test["cells"]]
    for less, more in zip(cells, cells[1:]):
        values, remark = counts.of(less, more)
        words = f"{less[1]} {values[0]}, {more[1]} {values[1]}{remark}" if values else remark
        yield Part(words, values[0] < values[1] if values else None)


def count(test: dict, _unix: str, counts: Counts):
    for cell in [*test["cells"], *test.get("and_some", ())]:
        values, remark = counts.of(claims.split(cell))
        holds = None if not values else values[0] <= test["at_most"] if cell in test["cells"] else values[0] > 0
        yield Part(f"{claims.split(cell)[1]} {values[0]}{remark}" if values else remark, holds)


def sequence(test: dict, _unix: str, counts: Counts):
    experiment, name, system = claims.split(test["series"])
    found, pattern = counts.series(experiment, name, system), test["repeats"]
    if len(found) < len(pattern):
        yield Part(f"{experiment}/{name}-N on {system} was not measured whole", None)
        return
    wrong = next((at for at, value in enumerate(found) if value != pattern[at % len(pattern)]), None)
    start = " ".join(f"{value:g}" for value in found[: 2 * len(pattern)])
    yield Part(f"{start} …, {len(found)} long" + ("" if wrong is None else f"; number {wrong + 1} is {found[wrong]:g}"), wrong is None)


def gap(test: dict, _unix: str, counts: Counts):
    experiment, name, system = claims.split(test["series"])
    shares, work = (counts.series(experiment, one, system) for one in (stride.ORDER, name))
    if not work or len(shares) != len(work) or not set(shares) <= set(stride.SHARES):
        yield Part(f"{experiment}/{name}-N on {system} was not measured whole", None)
        return
    furthest, share, at = stride.furthest([(n, int(share), units) for n, (share, units) in enumerate(zip(shares, work), 1)])
    yield Part(f"at most {furthest:.2f} quanta (share {share}, after quantum {at})", furthest <= test["at_most"])


KINDS = {"ratio": pairs, "order": order, "count": count, "sequence": sequence, "gap": gap}


def wanted(test: dict) -> str:
    kind = test["kind"]
    if kind == "ratio":
        bound = next(name for name in claims.BOUNDS if name in test)
        value = "the paper's smallest" if test[bound] == PAPER else f"{test[bound]:g}"
        words = {"at_least": f"ratio at least {value}", "at_most": f"ratio at most {value}", "within_percent": f"equal within {value} %"}[bound]
        return f"{words}, for more than half" if test.get("most") else words
    return {
        "order": lambda: "each fewer instructions than the next",
        "count": lambda: f"each at most {test['at_most']:g}" + (f"; {', '.join(claims.split(cell)[1] for cell in test['and_some'])} more than 0" if "and_some" in test else ""),
        "sequence": lambda: f"{' '.join(map(str, test['repeats']))} for ever",
        "gap": lambda: f"never more than {test['at_most']:g} quanta",
    }[kind]()


def published(test: dict) -> tuple[str, ...]:
    """The paper's own ratios of a test's pairs, beside the figures that they are made of."""
    found = []
    for pair in test.get("pairs", ()):
        above, below = map(claims.split, pair)
        known = claims.published(above, below)
        values = known.ratios() if known else {}
        if values:
            found.append(f"{below[1]}: {ratios.spell(min(values.values()))} to {ratios.spell(max(values.values()))} = {paper.machines(known, values)} {known.unit}")
    return tuple(found)


def tally(found: list[Judged]) -> dict[str, dict[str, int]]:
    """How many claims have which verdict: as a whole ("") and against each UNIX system."""
    counts: dict[str, dict[str, int]] = {"": dict.fromkeys((REPRODUCED, NOT, UNTOLD, CANNOT), 0)}
    for one in found:
        counts[""][one.verdict] += 1
        for part in one.findings:
            if part.against:
                counts.setdefault(part.against, dict.fromkeys((REPRODUCED, NOT, UNTOLD), 0))[part.verdict] += 1
    return counts
