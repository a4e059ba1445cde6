"""Small charts as SVG text, drawn on the server: sparklines and pace bars.

Sizes are attributes and colours are classes, so that no inline style is needed.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

Value = float | Decimal | int


class Frame(NamedTuple):
    """Where values land: the lowest at the foot, the highest at the top."""

    width: float
    height: float
    lowest: float
    highest: float

    def x(self, index: int, count: int) -> float:
        # The end mark needs six units of room on the right.
        return 1 + index * (self.width - 8) / max(1, count - 1)

    def y(self, value: float) -> float:
        if self.highest == self.lowest:
            return self.height / 2
        share = (value - self.lowest) / (self.highest - self.lowest)
        return self.height - 3 - share * (self.height - 6)


def sparkline(
    values: Sequence[Value | None],
    state: str = "good",
    target: Value | None = None,
    band: tuple[Value, Value] | None = None,
    scale: tuple[Value, Value] | None = None,
    size: tuple[int, int] = (88, 28),
) -> SafeString:
    """The course of a number; decoration, because the text beside it says the same.

    Unknown values leave a gap. `scale` fixes the axis, so that lines in one column compare.
    """
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return mark_safe("")
    edges = [*known, *(float(v) for v in (scale or ())), *(float(v) for v in (band or ()))]
    if target is not None:
        edges.append(float(target))
    frame = Frame(size[0], size[1], min(edges), max(edges))
    parts = [_band(frame, band), _reference(frame, target), *_lines(frame, values)]
    parts.append(_end_mark(frame, values, state))
    return mark_safe(  # noqa: S308 - numbers and fixed words only
        f'<svg class="spark" width="{size[0]}" height="{size[1]}" '
        f'viewBox="0 0 {size[0]} {size[1]}" aria-hidden="true">{"".join(parts)}</svg>'
    )


def _band(frame: Frame, band: tuple[Value, Value] | None) -> str:
    if band is None:
        return ""
    top, foot = frame.y(float(band[1])), frame.y(float(band[0]))
    return (
        f'<rect class="band" x="0" y="{top:.1f}" width="{frame.width:g}" '
        f'height="{max(1.0, foot - top):.1f}"/>'
    )


def _reference(frame: Frame, target: Value | None) -> str:
    if target is None:
        return ""
    return f'<path class="ref" d="M0 {frame.y(float(target)):.1f}H{frame.width:g}"/>'


def _lines(frame: Frame, values: Sequence[Value | None]) -> list[str]:
    lines: list[list[str]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            lines.append([])
        else:
            lines[-1].append(f"{frame.x(index, len(values)):.1f} {frame.y(float(value)):.1f}")
    return [f'<path d="M{"L".join(line)}"/>' for line in lines if len(line) > 1]


def _end_mark(frame: Frame, values: Sequence[Value | None], state: str) -> str:
    last = max(index for index, value in enumerate(values) if value is not None)
    x, y = frame.x(last, len(values)), frame.y(float(values[last] or 0))
    if state == "watch":
        return (
            f'<path class="end-watch" d="M{x:.1f} {y - 4:.1f}l3.8 6.6h-7.6z" '
            'stroke-linejoin="round"/>'
        )
    if state == "bad":
        return f'<rect class="end-bad" x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6"/>'
    return f'<circle class="end" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>'


@lru_cache(maxsize=2048)
def pace_bar(
    progress: float | None, expected: float | None, state: str, width: int = 248
) -> SafeString:
    """How far a goal has come, with a tick where it should be today. Both are shares of 1."""
    done = width * min(1.0, max(0.0, progress or 0.0))
    bar = (
        f'<rect class="done-{state}" y="4.5" width="{done:.1f}" height="7" rx="2"/>' if done else ""
    )
    tick = ""
    if expected is not None:
        x = min(width - 3.0, max(1.0, width * expected - 1))
        tick = f'<rect class="tick" x="{x:.1f}" y="1" width="2" height="14"/>'
    return mark_safe(  # noqa: S308 - numbers and fixed words only
        f'<svg class="pace" width="{width}" height="16" viewBox="0 0 {width} 16" '
        f'aria-hidden="true"><rect y="4" width="{width}" height="8" rx="2"/>{bar}{tick}</svg>'
    )
