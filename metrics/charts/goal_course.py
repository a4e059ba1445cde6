"""A 90-day goal's readings beside where they should have been: a figure for Plotly.

Colours are names of CSS variables; the page's script puts the theme's values in their place.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils.translation import gettext as _

FEWEST_POINTS = 5  # below, the numbers say more than a line
SYMBOLS = {"good": "circle", "watch": "triangle-up", "bad": "square", "none": "circle-open"}
COLOURS = {"good": "--good-line", "watch": "--watch-line", "bad": "--bad-fill", "none": "--edge"}


class Goal(Protocol):
    name: str
    unit: str
    baseline: Any
    target: Any
    starts_on: date
    ends_on: date


class Reading(Protocol):
    read_on: date
    value: Any


def goal_course(
    goal: Goal, readings: Sequence[Reading], today: date, state: str
) -> dict[str, Any] | None:
    """None while there are too few readings for a line."""
    if len(readings) + 1 < FEWEST_POINTS:
        return None
    days = [goal.starts_on, *(reading.read_on for reading in readings)]
    values = [float(goal.baseline), *(float(reading.value) for reading in readings)]
    last_day = goal.ends_on - timedelta(days=1)
    unit = f" {goal.unit}" if goal.unit else ""
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "name": _("Expected"),
                "x": [goal.starts_on.isoformat(), last_day.isoformat()],
                "y": [float(goal.baseline), float(goal.target)],
                "line": {"dash": "dash", "width": 1.5, "color": "--edge"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "name": goal.name,
                "x": [day.isoformat() for day in days],
                "y": values,
                "line": {"width": 2, "color": "--ink"},
                "hovertemplate": f"%{{x|%d %b}}: %{{y}}{_plain(unit)}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [days[-1].isoformat()],
                "y": [values[-1]],
                "marker": {"size": 9, "symbol": SYMBOLS[state], "color": COLOURS[state]},
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "shapes": [
                {
                    "type": "line",
                    "x0": today.isoformat(),
                    "x1": today.isoformat(),
                    "y0": 0,
                    "y1": 1,
                    "yref": "paper",
                    "line": {"width": 1, "color": "--line"},
                }
            ]
        },
    }


def _plain(text: str) -> str:
    """Plotly reads some HTML and its own %{…} in texts: what people typed must be neither."""
    return "".join(letter for letter in text if letter not in "<>{}&")
