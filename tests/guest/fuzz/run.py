"""The long run of the fuzzer (`make fuzz`): boots fuzz-long in QEMU, prints what it reports as it comes, ends with 0 only if all went well."""

import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from harness import catalogue, emulators, paths  # noqa: E402
from harness.booting import boot

NAME, SYSTEM, TIMEOUT = "fuzz-long", "exos", 900
LOOK_EVERY = 1.0  # seconds


def follow(serial: Path, ended: threading.Event) -> None:
    """Print the checks that appear in the log until the boot has ended."""
    seen = 0
    while not ended.wait(LOOK_EVERY):
        lines = serial.read_text(errors="replace").splitlines() if serial.exists() else []
        for line in lines[seen:-1]:
            if line.startswith("@exolab check"):
                print(line[len("@exolab check ") : -len(" #0000")], flush=True)
        seen = max(seen, len(lines) - 1)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        program = {NAME: paths.BUILD / "tests" / "fuzz" / f"{NAME}.elf"}
        order = boot.Order(catalogue.SYSTEMS[SYSTEM], emulators.load()["qemu"], program, Path(folder), timeout=TIMEOUT)
        ended = threading.Event()
        follower = threading.Thread(target=follow, args=(Path(folder) / "logs" / f"{order.name}.serial", ended))
        follower.start()
        try:
            booted = boot.boot(order)
        finally:
            ended.set()
            follower.join()
    failed = [event.arguments[0] for event in booted.log.all("check") if event.arguments[1] == "fail"]
    clean = [event.arguments for event in booted.log.all("exit")] == [(NAME, 0)] and not booted.log.all("panic")
    if clean and booted.success and not failed:
        print(f"fuzz: ok, {booted.outcome.seconds:.0f} s")
        return 0
    print("\n".join([f"fuzz: failed ({booted.outcome})", *failed, *booted.last_lines]))
    return 1


if __name__ == "__main__":
    sys.exit(main())
