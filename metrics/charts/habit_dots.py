"""How far the best third is from the others, habit by habit: dots with their intervals."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

FEWEST = 5  # under it the table alone is clearer
SYMBOLS = {"good": "circle", "bad": "square", "none": "circle-open"}
COLOURS = {"good": "--good-line", "bad": "--bad-fill", "none": "--edge"}


class Dot(NamedTuple):
    """A difference as a share of what the others have, so that all habits fit on one scale."""

    name: str
    value: float
    low: float
    high: float
    state: str  # good and bad only where it is certain
    url: str


def habit_dots(dots: Sequence[Dot]) -> dict[str, Any] | None:
    if len(dots) < FEWEST:
        return None
    shown = list(reversed(dots))  # Plotly begins at the bottom
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": [round(one.value, 4) for one in shown],
                "y": [one.name for one in shown],
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": [round(one.high - one.value, 4) for one in shown],
                    "arrayminus": [round(one.value - one.low, 4) for one in shown],
                    "color": "--ink3",
                    "thickness": 1.5,
                    "width": 4,
                },
                "marker": {
                    "size": 9,
                    "symbol": [SYMBOLS[one.state] for one in shown],
                    "color": [COLOURS[one.state] for one in shown],
                },
                "customdata": [one.url for one in shown],
                "hovertemplate": "%{y}: %{x:+.0%}<extra></extra>",
            }
        ],
        "layout": {
            "margin": {"l": 24, "r": 16, "t": 8, "b": 40},
            "hovermode": "closest",
            "xaxis": {
                "title": {
                    "text": _("share of the others' value"),
                    "font": {"size": 12},
                },
                "tickformat": ".0%",
                "gridcolor": "--line",
                "zeroline": True,
                "zerolinecolor": "--edge",
                "fixedrange": True,
                "nticks": 7,
            },
            "yaxis": {
                "fixedrange": True,
                "showgrid": False,
                "type": "category",
                "automargin": True,
            },
        },
    }
