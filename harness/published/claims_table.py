"""The claims with their verdicts as text or JSON; as HTML they are report.py's."""

import json
import shutil
import textwrap

from harness.published.judging import Judged, tally

WIDTH, LEAST_WIDTH = 160, 40


def width() -> int:
    """As wide as the terminal, as far as that is readable; where there is none, WIDTH."""
    return max(LEAST_WIDTH, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))


def as_text(found: list[Judged], stamp: str) -> str:
    return "\n".join([*([stamp, ""] if stamp else []), *(line for one in found for line in lines(one)), "", *summary(found)])


def lines(one: Judged) -> list[str]:
    """A claim: what it says, what must hold, the paper's own numbers, and ours against each UNIX system."""
    claim = one.claim
    made = [*textwrap.wrap(f"{claim.id:4} {one.verdict.upper()}: {claim.says} ({claim.source})", width(), subsequent_indent="     ")]
    if not claim.cannot:
        made += wrapped("wanted", one.wanted)
    if claim.reading:
        made += wrapped("read as", claim.reading)
    made += [line for text in one.paper for line in wrapped("paper", text)]
    for finding in one.findings:
        head = f"{finding.against}: {finding.verdict}" if finding.against else "because" if claim.cannot else "measured"
        made += wrapped(head, "; ".join(part.whole for part in finding.shown))
    return made


def wrapped(head: str, text: str) -> list[str]:
    return textwrap.wrap(f"     {head}: {text}", width(), subsequent_indent="         ")


def summary(found: list[Judged]) -> list[str]:
    made = []
    for against, counts in tally(found).items():
        words = ", ".join(f"{number} {verdict}" for verdict, number in counts.items() if number)
        line = f"against {against}: {words}" if against else f"{len(found)} claims: {words}; a claim counts by the worst of its verdicts"
        made += textwrap.wrap(line, width(), subsequent_indent="    ")
    return made


def as_json(found: list[Judged], stamp: str) -> str:
    claims = [
        {
            "id": one.claim.id,
            "says": one.claim.says,
            "source": one.claim.source,
            "reading": one.claim.reading,
            "experiments": one.claim.experiments,
            "wanted": one.wanted,
            "paper": one.paper,
            "verdict": one.verdict,
            "findings": [
                {"against": part.against, "verdict": part.verdict, "measured": [{"text": each.whole, "holds": each.holds} for each in part.parts]} for part in one.findings
            ],
        }
        for one in found
    ]
    return json.dumps({"stamp": stamp, "claims": claims}, indent=1, ensure_ascii=False)


FORMATS = {"table": as_text, "json": as_json}
