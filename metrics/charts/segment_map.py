"""Clients by how active they are and by how much they could buy: a scatter for Plotly."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from metrics.charts.goal_course import COLOURS, SYMBOLS

FEWEST = 5
SMALLEST, LARGEST = 7, 20


class Point(NamedTuple):
    name: str
    url: str
    activity: float
    capacity: float
    pays: float  # a month
    state: str  # of its pace
    words: str


def segment_map(
    points: Sequence[Point], activity_cut: float, capacity_cut: float
) -> dict[str, Any] | None:
    """Four fields with the cuts between them; a click opens the client."""
    if len(points) < FEWEST:
        return None
    most = max(point.pays for point in points) or 1.0
    data = [
        _trace(state, [point for point in points if point.state == state], most)
        for state in ("good", "watch", "bad", "none")
    ]
    corners = (
        (_("Problem children"), 0, 1, "left", "top"),
        (_("Stars"), 1, 1, "right", "top"),
        (_("Dogs"), 0, 0, "left", "bottom"),
        (_("Cash cows"), 1, 0, "right", "bottom"),
    )
    return {
        "data": [trace for trace in data if trace["x"]],
        "layout": {
            "hovermode": "closest",
            "margin": {"l": 58, "r": 12, "t": 10, "b": 44},
            "xaxis": _axis(_("activity, 0 to 1"), ".1f"),
            "yaxis": _axis(_("capacity a year"), "~s"),
            "shapes": [_cut("x", activity_cut), _cut("y", capacity_cut)],
            "annotations": [
                {
                    "text": word,
                    "x": x,
                    "y": y,
                    "xref": "paper",
                    "yref": "paper",
                    "xanchor": across,
                    "yanchor": up,
                    "showarrow": False,
                }
                for word, x, y, across, up in corners
            ],
        },
    }


def _trace(state: str, points: Sequence[Point], most: float) -> dict[str, Any]:
    capacity = _("capacity %(amount)s a year") % {"amount": "%{y:,.0f}"}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(point.activity, 3) for point in points],
        "y": [round(point.capacity) for point in points],
        "customdata": [point.url for point in points],
        "text": [_plain(f"{point.name}, {point.words}") for point in points],
        "hovertemplate": f"%{{text}}<br>{capacity}<extra></extra>",
        "marker": {
            "symbol": SYMBOLS[state],
            "color": COLOURS[state],
            "opacity": 0.85,
            "size": [_size(point.pays / most) for point in points],
        },
    }


def _size(share: float) -> float:
    """By area, so that twice the fee looks twice as large."""
    return float(round(SMALLEST + (LARGEST - SMALLEST) * max(share, 0.0) ** 0.5, 1))


def _axis(title: str, numbers: str) -> dict[str, Any]:
    return {
        "title": {"text": title, "font": {"size": 12}, "standoff": 6},
        "rangemode": "tozero",
        "tickformat": numbers,
        "ticklabelstandoff": 6,
        "gridcolor": "--line",
        "zeroline": False,
        "fixedrange": True,
        "nticks": 6,
    }


def _cut(axis: str, at: float) -> dict[str, Any]:
    other = "y" if axis == "x" else "x"
    return {
        "type": "line",
        f"{axis}0": at,
        f"{axis}1": at,
        f"{other}0": 0,
        f"{other}1": 1,
        f"{other}ref": "paper",
        "line": {"width": 1, "color": "--edge", "dash": "dash"},
    }


def _plain(text: str) -> str:
    """Plotly reads some HTML and its own %{…} in texts: what people typed must be neither."""
    return "".join(letter for letter in text if letter not in "<>{}&%")
