"""A flame graph of traces as one SVG: what ran (downwards: who called whom), how much (width: instructions), in which order (left to right by first instruction).

Self-contained: no script, no font, nothing fetched; colours follow light and dark. A frame too narrow for its name shows it when pointed at.
"""

from dataclasses import dataclass
from html import escape

from harness.tracing.trace import RING_OF_USER, Frame

WIDTH, ROW, MARGIN, TITLE = 1000, 19, 10, 24
LETTER = 6.3  # width of a letter of the font below
LEAST = 0.4  # narrower frames are not drawn; they are in their parent's width
STYLE = """\
.flame { --ink: #1b1f24; --quiet: #57606a; --user: #bcd9f5; --kernel: #f7c8a0; --edge: #ffffff; }
@media (prefers-color-scheme: dark) { .flame { --ink: #e3e7ec; --quiet: #9aa4af; --user: #27496b; --kernel: #7a4a1e; --edge: #14181d; } }
.flame text { font: 10.5px ui-monospace, "DejaVu Sans Mono", monospace; fill: var(--ink); }
.flame .title { font: 13px system-ui, "DejaVu Sans", sans-serif; font-weight: 600; }
.flame .note { font: 11px system-ui, "DejaVu Sans", sans-serif; fill: var(--quiet); }
.flame rect { stroke: var(--edge); stroke-width: 0.7; }
.flame .u { fill: var(--user); } .flame .k { fill: var(--kernel); }"""


@dataclass(frozen=True)
class Panel:
    title: str
    root: Frame


def svg(panels: list[Panel]) -> str:
    """The panels one below the other, each as wide as the drawing."""
    body, y = [], MARGIN
    for panel in panels:
        body.append(f'<text class="title" x="{MARGIN}" y="{y + 14}">{escape(panel.title)}</text>')
        total = panel.root.total()
        deepest = y + TITLE
        if total:
            deepest = frames(body, panel.root, MARGIN, y + TITLE, (WIDTH - 2 * MARGIN) / total, total)
        y = deepest + MARGIN
    body.append(f'<text class="note" x="{MARGIN}" y="{y + 10}">width: instructions; downwards: called by the one above; blue: user level, orange: kernel. A frame says its share when pointed at.</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="flame" viewBox="0 0 {WIDTH} {y + 20}" width="{WIDTH}" height="{y + 20}" role="img">\n'
        f"<style>\n{STYLE}\n</style>\n" + "\n".join(body) + "\n</svg>\n"
    )


def frames(body: list[str], of: Frame, x: float, y: float, scale: float, total: int) -> float:
    """Draw the children of a frame and theirs. Returns how far down that went."""
    deepest = y
    for child in of.children.values():
        width = child.total() * scale
        if width >= LEAST:
            body.append(frame(child, x, y, width, total))
            deepest = max(deepest, y + ROW, frames(body, child, x, y + ROW, scale, total))
        x += width
    return deepest


def frame(one: Frame, x: float, y: float, width: float, total: int) -> str:
    ring, image, function = one.key
    kind = "u" if ring == RING_OF_USER else "k"
    count = one.total()
    own = f", {one.own} of its own" if one.children else ""
    tip = escape(f"{function} ({image}, ring {ring}): {count} of {total} instructions{own}")
    room = int((width - 6) / LETTER)
    label = f"{function} {count}" if len(f"{function} {count}") <= room else function[:room] if room >= 3 else ""
    text = f'<text x="{x + 3:.1f}" y="{y + 13:.1f}">{escape(label)}</text>' if label else ""
    return f'<g><title>{tip}</title><rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{ROW}"/>{text}</g>'
