"""How the command line refuses: in one line, with what is near to a misspelt word."""

import argparse
import difflib
import shlex
from pathlib import Path
from typing import Iterable

from harness import paths
from harness.errors import Trouble

SHOWN = 30  # names at most, where none is near


def hint(name: str, known: Iterable[str]) -> str:
    """`did you mean X?`, or all there are."""
    known = [*known]
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else f"there are: {', '.join(known[:SHOWN])}{', ...' if len(known) > SHOWN else ''}" if known else "there is none"


def wrong(kind: str, name: str, known: Iterable[str]) -> Trouble:
    return Trouble(f"no {kind} is called {name}: {hint(name, known)}")


def runs() -> list[str]:
    """The names of the run folders under results/."""
    return sorted(path.name for path in paths.RESULTS.glob("*") if (path / "manifest.json").exists() or (path / "records.json").exists())


def run_folder(text: str) -> Path:
    """The folder of a run that is named by its path, by its name under results/, or by a file in it. What is in it its reader checks."""
    path = Path(text)
    if path.is_file():
        return path.parent
    if path.exists() or not (paths.RESULTS / text).is_dir():
        return path
    return paths.RESULTS / text


def named(run_dir: Path) -> str:
    """How a command line calls this run: by its name if it is one of results/, else by its path."""
    return run_dir.name if run_dir.parent == paths.RESULTS else shlex.quote(str(run_dir))


def as_option(word: str) -> str:
    """`did you mean --run WORD?` if that is a run, else ""."""
    return f"did you mean --run {word}?" if word in runs() or Path(word).is_dir() else ""


class Parser(argparse.ArgumentParser):
    """argparse's, with nearness: of verbs, of the values of an option, of options."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **{"allow_abbrev": False, **options})

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            kind = "verb" if isinstance(action, argparse._SubParsersAction) else "value of " + "/".join(action.option_strings) if action.option_strings else action.dest
            raise argparse.ArgumentError(None, f"no {kind} is called {value}: {hint(str(value), map(str, action.choices))}")

    def error(self, message):
        super().error(message + (f": ./{self.prog} --help has an example" if message.startswith("the following arguments are required") else ""))

    def parse_args(self, args=None, namespace=None):
        found, more = self.parse_known_args(args, namespace)
        if more:
            used = getattr(found, "parser", self)
            meant = as_option(more[0]) if "--run" in used._option_string_actions else ""
            near = hint(more[0], used._option_string_actions) if more[0].startswith("-") else meant or "it takes no more words"
            used.error(f"unexpected {more[0]}: {near}")
        if getattr(found, "run", "") is None:  # not a default of the parser, which outlives a change of paths.RESULTS
            found.run = paths.RESULTS / "latest"
        return found
