"""`boot`: a system in an emulator with its serial port on this terminal, for a person; nothing is measured. What is shown of what it sends is screen.py's business.

Invariant: when boot() returns or raises, the emulator is gone and the terminal is as it was.
"""

import contextlib
import difflib
import os
import select
import subprocess
import sys
import tempfile
import termios
import tty
from pathlib import Path

from harness import catalogue, emulators, paths, usage
from harness.booting import media, process
from harness.emulators.base import Emulator, Wiring
from harness.errors import BAD, OK, Trouble
from harness.terminal import debugger
from harness.terminal.screen import Screen

LEAVE, HELP = b"\x01", "Ctrl-A x leaves, Ctrl-A Ctrl-A sends Ctrl-A"  # LEAVE: the key in front of a command to us
END_OF_INPUT = b"\x04\x04"  # the first only ends a line that was begun
DEFAULT = "sh"
CHUNK = 4096


def programs(system: catalogue.System) -> dict[str, Path]:
    """What can be started on it, by name: programs that stand in bin/, workloads, guest tests, on Aegis also other library OSes; of one name, the first."""
    others = [paths.BUILD / "tests" / "unix"] if system.flavour == "unix" else [paths.BUILD / "tests" / "exos", paths.BUILD / "libos"]
    folders = [paths.BUILD / "workloads" / system.flavour / "bin", paths.BUILD / "workloads" / system.flavour, *others]
    found = [path for folder in folders for path in sorted(folder.glob("*.elf")) if path.stem != catalogue.NOT_A_WORKLOAD]
    first = {path.stem: path for path in reversed(found)}
    return {name: first[name] for name in dict.fromkeys(path.stem for path in found)}


def chosen(kind: str, names: list[str], known: dict) -> dict:
    """The entries of `known` in the order asked for. Raises Trouble with what is near to a misspelt name."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 3) or [other for other in known if name in other][:3]
            hint = f"did you mean {' or '.join(near)}?" if near else usage.hint(name, known)
            raise Trouble(f"no {kind} is called {name}: {hint}")
    return {name: known[name] for name in names}


def boot(arguments) -> int:
    """The verb."""
    (system,) = chosen("system", [arguments.system], catalogue.SYSTEMS).values()
    (emulator,) = chosen("emulator", [arguments.emulator], {name: one for name, one in emulators.load().items() if one.measures}).values()
    if not programs(system):
        raise Trouble(f"no program for {system.name} is built: run make build")
    wanted = chosen(f"program of {system.name}", arguments.programs or [DEFAULT], programs(system))
    if problem := emulator.problem() or emulator.refuses(system):
        raise Trouble(problem)
    with tempfile.TemporaryDirectory(prefix="exolab-boot-") as folder:
        medium = media.prepare(system, wanted, Path(folder))
        if arguments.gdb:
            return debugger.debug(system, wanted, emulator, medium, Path(folder))
        return talk(system, list(wanted), emulator, medium, Path(folder), arguments.raw)


def talk(system: catalogue.System, names: list[str], emulator: Emulator, medium: media.Media, folder: Path, raw: bool) -> int:
    note(f"{system.name} in {emulator.name}, running {', '.join(names)}. {HELP}.")
    screen = Screen(raw)
    with machine(system, emulator, medium, folder) as (running, master), keys_as_they_come():
        left = relay(running, master, screen)
        status = running.poll()
    if left:
        note("left; the machine is gone")
        return OK
    if screen.failures is None or not emulator.success(status):
        note("the machine stopped without an orderly end" + ("" if screen.panicked else ": a crash that it could not report, or a fault of the emulator"))
        return BAD
    return BAD if screen.failures else OK


@contextlib.contextmanager
def machine(system: catalogue.System, emulator: Emulator, medium: media.Media, folder: Path, extra: tuple[str, ...] = ()):
    """The emulator, running, and our end of the line to its serial port."""
    master, slave = os.openpty()
    tty.setraw(slave)
    wiring = Wiring(system.name, medium, folder, folder / "serial.txt", terminal=os.ttyname(slave))
    argv = [*emulator.command(wiring), *extra]
    with (folder / "emulator.txt").open("wb") as log:
        try:
            running = subprocess.Popen(
                argv, cwd=folder, env=os.environ | {"TERM": "vt100"}, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        except FileNotFoundError as error:
            raise Trouble(f"{argv[0]} cannot be started: run ./exolab doctor") from error
        try:
            yield running, master
        finally:
            process.end_group(running)
            os.close(slave)
            os.close(master)


@contextlib.contextmanager
def keys_as_they_come():
    """Each key at once and as it is, not a line at a time; nothing if this is no terminal."""
    if not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    now = termios.tcgetattr(sys.stdin)
    now[tty.IFLAG] &= ~(termios.ICRNL | termios.IXON)
    now[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
    termios.tcsetattr(sys.stdin, termios.TCSADRAIN, now)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def relay(running: subprocess.Popen, master: int, screen: Screen) -> bool:
    """Carry bytes both ways until the machine ends (False) or the person leaves (True). Nothing is typed before the system is there: it would be lost."""
    os.set_blocking(master, False)
    keyboard = sys.stdin.fileno()
    commanding, typing, to_send, ended = False, True, b"", False
    while not ended:
        ended = running.poll() is not None  # what it sent last is still to be shown
        reading = [master, *([keyboard] if typing and screen.booted and not to_send else [])]
        ready, room, _ = select.select(reading, [master] if to_send else [], [], 0 if ended else 0.2)
        if master in ready:
            ended = False
            show(screen.feed(os.read(master, CHUNK)))
        if keyboard in ready:
            keys = os.read(keyboard, CHUNK)
            commanding, leave, to_send = command(commanding, keys)
            if leave:
                return True
            if not keys:  # a file or a pipe, and it has ended
                typing, to_send = False, END_OF_INPUT
        if room and not ended:
            to_send = to_send[os.write(master, to_send) :]
    return False


def command(commanding: bool, keys: bytes) -> tuple[bool, bool, bytes]:
    """Take out what is said to us. Returns whether the next key is, whether to leave, and what to send to the machine."""
    send = b""
    for key in (keys[i : i + 1] for i in range(len(keys))):
        if commanding and key in (b"x", b"X"):
            return False, True, send
        if not commanding and key == LEAVE:
            commanding = True
            continue
        send += key
        commanding = False
    return commanding, False, send


def show(text: bytes) -> None:
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    print(f"[exolab] {text}", flush=True)
