"""Plays recorded serial logs as if a machine printed them, so that the whole harness can be tried without an emulator.

A recording is `SYSTEM-K.serial`, or from a run's own logs `SYSTEM-qemu-K.serial` or `SYSTEM-replay-K.serial` (K-th boot of that system), with a
`.status` file beside it: how QEMU ended, as boot.py writes it. Any other ending than a number plays as a hang.
"""

from pathlib import Path

from harness.emulators.base import Emulator, Wiring
from harness.errors import Trouble

PLAY = 'cat "$0" >"$1"; exit "$2"'
PLAY_AND_HANG = 'cat "$0" >"$1"; exec sleep infinity'


class Replay(Emulator):
    name = "replay"
    order = 3
    needs_media = False
    measures = False
    recordings: Path | None = None  # set from --replay

    def problem(self) -> str | None:
        return None if self.recordings else "replay has nothing to play: give a folder of logs with --replay DIR"

    def version(self) -> str:
        return f"replay of {self.recordings}"

    def command(self, wiring: Wiring) -> list[str]:
        recording = self.find(wiring.system, wiring.index)
        status_file = recording.with_suffix(".status")
        if not status_file.exists():
            raise Trouble(f"{recording} has no {status_file.name} beside it that says how the emulator ended")
        status = status_file.read_text().strip()
        play = ["sh", "-c", PLAY if status.isdigit() else PLAY_AND_HANG, str(recording), str(wiring.serial)]
        return [*play, status] if status.isdigit() else play

    def find(self, system: str, index: int) -> Path:
        folder = self.recordings / "logs" if (self.recordings / "logs").is_dir() else self.recordings
        for name in (f"{system}-{index}.serial", f"{system}-qemu-{index}.serial", f"{system}-{self.name}-{index}.serial"):
            if (folder / name).exists():
                return folder / name
        raise Trouble(f"no recording of boot {index} of {system} in {folder}")

    def success(self, status: int) -> bool:
        return status % 2 == 1  # recordings are QEMU's
