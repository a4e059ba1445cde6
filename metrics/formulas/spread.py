"""The middle and the slow end of a list of numbers."""

from collections.abc import Sequence


def median(values: Sequence[float]) -> float | None:
    """Half of the values lie at or below it; None without values."""
    return percentile(values, 0.5)


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that this share of the values does not exceed, between neighbours in proportion.

    Unit:    that of the values.
    Unknown: no values.
    Error:   few values make a rough percentile.
    Source:  docs/definitions.md, 12; the same as PostgreSQL's percentile_cont and numpy's default.
    """
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = int(place)
    if below + 1 == len(ordered):
        return float(ordered[below])
    return float(ordered[below] + (place - below) * (ordered[below + 1] - ordered[below]))
