"""What a person sees of a machine's serial port: programs' text as it comes, and the lines of the wire format said in words.

Pure. Invariant: every byte of free text is shown, in order, and at once unless it may still become a line of the wire format.
"""

from harness.booting import protocol

SAID = {
    "boot": lambda version, system: "",
    "tick": lambda *_: "",
    "halt": lambda status: "",
    "exit": lambda program, status: f"{program} ended with status {status}",
    "killed": lambda program, why: f"{program} was killed: {why}",
    "panic": lambda why: f"the kernel panicked: {why}",
}


class Screen:
    def __init__(self, raw: bool = False):
        self.raw = raw
        self.held = b""  # the beginning of a line that may be one of the wire format
        self.at_start = True  # of a line
        self.booted = False  # the system has said that it is there: it listens from then on
        self.failures: int | None = None  # what its last word said
        self.panicked = False

    def feed(self, data: bytes) -> bytes:
        """What to show of the next bytes that the machine sent."""
        shown = b""
        for line in keep_ends(data):
            shown += self.part(line)
        return shown

    def part(self, text: bytes) -> bytes:
        """Of a piece that has at most one newline, at its end."""
        text, self.held = self.held + text, b""
        whole = text.endswith(b"\n")
        if self.at_start and not whole and (text.startswith(protocol.PREFIX) or protocol.PREFIX.startswith(text)):
            self.held = text
            return b""
        is_line = self.at_start and whole and text.startswith(protocol.PREFIX)
        self.at_start = whole
        return self.line(text) if is_line else text

    def line(self, text: bytes) -> bytes:
        """Of a line that begins as one of the wire format does; as it is if it is none after all."""
        events = protocol.parse(text).events
        for event in events:
            self.booted |= event.verb == "boot"
            self.panicked |= event.verb == "panic"
            if event.verb == "halt":
                self.failures = event.arguments[0]
        if self.raw or not events:
            return text
        said = SAID.get(events[0].verb, lambda *_: text[len(protocol.PREFIX) : text.rindex(b" #")].decode())(*events[0].arguments)
        return f"[exolab] {said}\n".encode() if said else b""


def keep_ends(data: bytes) -> list[bytes]:
    """Split behind each newline, and only there: bytes.splitlines() does so at a carriage return too."""
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]
