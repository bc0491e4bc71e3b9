"""How long boots may take, by how long they took in earlier runs. A guess for those who wait and for the order of boots; no measurement."""

import json
from dataclasses import dataclass
from pathlib import Path

from harness import paths

GUESS = 0.5  # seconds of an experiment that no run has, in the fastest emulator
LINUX_SLOWNESS = 5  # against our kernels


@dataclass(frozen=True)
class Estimate:
    seconds: float
    known: bool  # by an earlier run; else it is no better than a guess

    def __str__(self) -> str:
        return f"{self.seconds:.1f}" if self.known else "?"


class Estimates:
    """What earlier runs took: whole boots by place (exos-qemu, linux-probe) and programs, and experiments within a boot."""

    def __init__(self, results: Path | None = None):
        self.boots: dict[tuple[str, frozenset], float] = {}
        self.experiments: dict[tuple[str, str], float] = {}
        self.rest: dict[str, float] = {}  # of a boot, outside its experiments
        results = results or paths.RESULTS
        for folder in [results / "reference", *sorted(results.glob("2*"))]:  # the latest has the last word
            try:
                for boot in json.loads((folder / "manifest.json").read_text())["boots"]:
                    self.learn(boot)
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue  # nothing to learn from a damaged run

    def learn(self, boot: dict) -> None:
        place, wall = boot["name"].rpartition("-")[0], float(boot["wall_seconds"])
        if not str(boot["status"]).isdigit():
            return  # a hang lasts as long as it is let
        self.boots[place, programs(boot["sha256"])] = wall
        parts = {name: float(seconds) for name, seconds in boot.get("experiment_seconds", {}).items()}
        self.experiments.update({(place, name): seconds for name, seconds in parts.items()})
        if parts:
            self.rest[place] = max(0.0, wall - sum(parts.values()))

    def of(self, place: str, experiments, slowness: float) -> Estimate:
        """A boot of `experiments` (catalogue.Experiment) at `place`."""
        whole = self.boots.get((place, frozenset(one.program for one in experiments)))
        if whole is not None:
            return Estimate(whole, True)
        parts = [self.of_experiment(place, one, slowness) for one in experiments]
        return Estimate(self.rest.get(place, 0) + sum(one.seconds for one in parts), bool(parts) and all(one.known for one in parts))

    def of_experiment(self, place: str, experiment, slowness: float) -> Estimate:
        """Its part of a boot."""
        seconds = self.experiments.get((place, experiment.name))
        return Estimate(GUESS * slowness, False) if seconds is None else Estimate(seconds, True)


def programs(hashes: dict) -> frozenset:
    """Of the hashes of what a boot was given, those that were started."""
    return frozenset(name for name in hashes if name not in ("kernel", "image", "init") and "/" not in name)
