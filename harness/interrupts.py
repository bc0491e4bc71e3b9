"""Interrupts of the whole command, by Ctrl-C, SIGTERM or SIGHUP: the first one ends what goes on, in order; an impatient second Ctrl-C costs nothing of that."""

import signal


def listen() -> None:
    """From now on an interrupt is a KeyboardInterrupt in the main thread."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the default of the last two would leave the emulator running
        signal.signal(one, once)


def once(*_) -> None:
    ignore()
    raise KeyboardInterrupt


def ignore() -> None:
    """Ctrl-C has no meaning any more: what is left is to be saved."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
