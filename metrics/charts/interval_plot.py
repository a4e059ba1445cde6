"""An interval as a line with a mark on it, against zero or another reference: SVG for one row.

Sizes are attributes and colours are classes, so that no inline style is needed. Decoration: the
text beside it says the same.
"""

from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from metrics.formulas.ratio import Interval

WIDTH, HEIGHT = 250, 22
MIDDLE = HEIGHT / 2
EDGE = 5  # room for half a mark


class Scale(NamedTuple):
    low: float
    high: float

    def x(self, value: float) -> float:
        """What lies outside is drawn at the edge."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return EDGE + share * (WIDTH - 2 * EDGE)


LIFT = Scale(-0.20, 0.35)
SHARE = Scale(0.0, 1.0)


def interval_plot(
    value: float | None,
    interval: Interval | None,
    *,
    state: str = "none",
    dashed: bool = False,
    reference: float | None = 0.0,
    scale: Scale = LIFT,
) -> SafeString:
    """A filled dot for good, a filled square for bad, a hollow dot for the rest; dashed when it is
    not to be trusted yet."""
    parts = [_reference(scale, reference), _line(scale, interval, state, dashed)]
    if value is not None:
        parts.append(_mark(scale.x(value), state))
    return mark_safe(  # noqa: S308 - numbers and fixed words only
        f'<svg class="interval is-{state}" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{"".join(parts)}</svg>'
    )


def _reference(scale: Scale, reference: float | None) -> str:
    if reference is None:
        return ""
    return f'<path class="zero" d="M{scale.x(reference):.1f} 3V{HEIGHT - 3}"/>'


def _line(scale: Scale, interval: Interval | None, state: str, dashed: bool) -> str:
    if interval is None or interval.high < scale.low or interval.low > scale.high:
        return ""
    dash = ' stroke-dasharray="3 2"' if dashed else ""
    return (
        f'<path class="reach" d="M{scale.x(interval.low):.1f} {MIDDLE:g}'
        f'H{scale.x(interval.high):.1f}"{dash}/>'
    )


def _mark(x: float, state: str) -> str:
    if state == "bad":
        return f'<rect class="point" x="{x - 4:.1f}" y="{MIDDLE - 4:g}" width="8" height="8"/>'
    return f'<circle class="point" cx="{x:.1f}" cy="{MIDDLE:g}" r="4.5"/>'


def axis(scale: Scale = LIFT, ticks: tuple[float, ...] = (-0.2, 0.0, 0.2)) -> SafeString:
    """The numbers over a column of such lines."""
    words = "".join(
        f'<text x="{scale.x(tick):.1f}" y="12" text-anchor="{_anchor(scale, tick)}">'
        f"{_tick(scale, tick)}</text>"
        for tick in ticks
    )
    return mark_safe(  # noqa: S308 - numbers and fixed words only
        f'<svg class="axis" width="{WIDTH}" height="16" viewBox="0 0 {WIDTH} 16" '
        f'aria-hidden="true">{words}</svg>'
    )


def _anchor(scale: Scale, tick: float) -> str:
    return "start" if tick == scale.low else "end" if tick == scale.high else "middle"


def _tick(scale: Scale, tick: float) -> str:
    """−20%, 0, +20%; a scale of shares has no signs."""
    sign = "−" if tick < 0 else "+" if tick > 0 > scale.low else ""
    return f"{sign}{abs(tick):.0%}" if tick else "0"
