"""Where the wall time of a run went: how much of it no emulator ran, and how much of the places for emulators stood empty. Of the harness, not of what is measured."""

import time

WITH_EMULATORS = ("boots", "anatomy")  # laps in which emulators run


def covered(spans: list[tuple[float, float]]) -> float:
    """Seconds in which at least one span was going on."""
    total, end = 0.0, float("-inf")
    for first, last in sorted(spans):
        total += max(0.0, last - max(first, end))
        end = max(end, last)
    return total


class Clock:
    """Runs from its making; lap() ends a part."""

    def __init__(self):
        self.began = self.last = time.monotonic()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.monotonic()
        self.laps[name] = now - self.last
        self.last = now

    def seconds(self, spans: list[tuple[float, float]]) -> dict:
        """For the manifest. `emulators`: the sum over all boots; `no_emulator`: when none ran."""
        wall = self.last - self.began
        found = {"wall": wall, "emulators": sum(last - first for first, last in spans), "no_emulator": wall - covered(spans), **self.laps}
        return {name: round(value, 2) for name, value in found.items()}

    def text(self, spans: list[tuple[float, float]], jobs: int) -> str:
        found = self.seconds(spans)
        laps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in self.laps.items())
        idle = found["no_emulator"] / found["wall"] if found["wall"] else 0
        booting = sum(self.laps.get(name, 0) for name in WITH_EMULATORS)
        busy = found["emulators"] / (jobs * booting) if booting else 0
        return (
            f"wall time {found['wall']:.1f} s ({laps}), {found['emulators']:.1f} s of emulators: {idle:.0%} of the time no emulator ran; "
            f"while there were boots, {busy:.0%} of the {jobs} places were taken"
        )
