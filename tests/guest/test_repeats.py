"""What an operation costs does not depend on what ran before it in the same boot, nor on what else is in the boot archive."""

import pytest

from harness import catalogue, emulators
from harness.booting import boot

pytestmark = pytest.mark.emulator

EXOS = catalogue.SYSTEMS["exos"]
WATCHED = ("vm", "process")


def samples(folder, emulator: str, *programs: str) -> dict[str, tuple]:
    """Of WATCHED, by operation, in a boot of these programs."""
    folder.mkdir()
    files = {name: catalogue.program_file(EXOS, name) for name in programs}
    booted = boot.boot(boot.Order(EXOS, emulators.load()[emulator], files, folder, timeout=100))
    assert booted.success, booted.last_lines
    found, current = {}, ""
    for event in booted.log.events:
        if event.verb == "begin":
            current = event.arguments[0]
        elif event.verb == "samples" and current in WATCHED:
            found[event.arguments[0]] = event.arguments[1:]
    return found


@pytest.mark.parametrize("emulator", ["qemu", "bochs"])
def test_costs_do_not_depend_on_what_ran_before(tmp_path, emulator):
    alone = samples(tmp_path / "alone", emulator, *WATCHED)
    behind = samples(tmp_path / "behind", emulator, "null", "ipc", "exception", *WATCHED)
    assert len(alone) > 10 and behind == alone
