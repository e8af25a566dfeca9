"""Draws stacks of calls as a picture (SVG): a row for each depth, callers below what they call, width for time.

The idea is Brendan Gregg's ("The flame graph", Communications of the ACM 59(6), 2016); this is a small drawing of our
own, without a script inside: a browser shows a frame's name and share where the mouse rests.
"""
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, ROW, LETTER = 1400, 17, 6.6
# Narrower frames are left out, and with them what they call.
LEAST = 0.7
COLOURS = {"own": "#f2a65a", "library": "#8fb8de", "kernel": "#b5b5b5", "thread": "#9fd8a4"}


class Frame:
    """A function among what one caller calls: the samples in it, and what it calls itself."""

    def __init__(self, kind: str) -> None:
        self.kind, self.count, self.calls = kind, 0, {}

    def add(self, stack: Sequence[tuple[str, str]], count: int) -> None:
        """Adds samples of a stack of (name, kind), outermost first."""
        frame = self
        frame.count += count
        for name, kind in stack:
            frame = frame.calls.setdefault(name, Frame(kind))
            frame.count += count

    @property
    def depth(self) -> int:
        return 1 + max((call.depth for call in self.calls.values()), default=0)


def draw(stacks: Mapping[tuple[tuple[str, str], ...], int], title: str) -> str:
    root = Frame("thread")
    for stack, count in stacks.items():
        root.add(stack, count)
    height = (root.depth + 2) * ROW
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
             f'font-family="monospace" font-size="11">',
             f'<rect width="{WIDTH}" height="{height}" fill="white"/>', f'<text x="4" y="13">{escape(title)}</text>']

    def place(frame: Frame, left: float, level: int) -> None:
        for name, call in sorted(frame.calls.items()):
            width = WIDTH * call.count / root.count
            if width >= LEAST:
                top = height - (level + 1) * ROW
                fits = int((width - 4) / LETTER)
                shown = name if len(name) <= fits else name[:fits - 1] + "…" if fits > 3 else ""
                parts.append(
                    f'<g><title>{escape(name)}: {call.count / root.count:.1%}</title>'
                    f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{ROW - 1}" '
                    f'fill="{COLOURS[call.kind]}" stroke="white" stroke-width="0.5"/>'
                    f'<text x="{left + 2:.1f}" y="{top + 12}">{escape(shown)}</text></g>')
                place(call, left, level + 1)
            left += width

    if root.count:
        place(root, 0, 0)
    return "\n".join([*parts, "</svg>\n"])
