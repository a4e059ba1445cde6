"""Money that came and went, month by month, and clients lost with the days of change: figures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from godview.translating.later import later, later_of

Figure = dict[str, Any]
# What is drawn together, in which colour, and on which side of zero.
GROUPS: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...] = (
    (later("New and come back"), "--good-line", (("new", 1), ("reactivation", 1))),
    (later("Bigger fees, off hold"), "--accent", (("expansion", 1), ("resumed", 1))),
    (later_of("money", "Lost"), "--bad-fill", (("churned", -1),)),
    (later("Smaller fees, on hold"), "--watch-fill", (("contraction", -1), ("paused", -1))),
    (later("Exchange rates"), "--edge", (("fx", 1),)),
)


def waterfall_bars(
    months: Mapping[str, Mapping[str, float]], urls: Mapping[str, Mapping[str, str]]
) -> Figure:
    """By name of month, the amount of each line of its bridge, and where its rows are."""
    data = [
        {
            "type": "bar",
            "name": name,
            "x": list(months),
            "y": [
                round(sum(sign * moved[line] for line, sign in lines), 2)
                for moved in months.values()
            ],
            "customdata": [_rows_of(lines, moved, urls[name]) for name, moved in months.items()],
            "marker": {"color": colour},
            "hovertemplate": f"{name}: %{{y:,.0f}}<extra></extra>",
        }
        for name, colour, lines in GROUPS
    ]
    return {
        "data": data,
        "layout": {
            "barmode": "relative",
            "bargap": 0.35,
            "margin": {"l": 56, "r": 12, "t": 8, "b": 40},
            "xaxis": {
                "type": "category",
                "fixedrange": True,
                "showgrid": False,
                "nticks": 13,
                "automargin": True,
            },
            "yaxis": {
                "gridcolor": "--line",
                "zeroline": True,
                "zerolinecolor": "--edge",
                "fixedrange": True,
                "nticks": 5,
                "tickformat": "~s",
            },
        },
    }


def _rows_of(
    lines: Sequence[tuple[str, int]], moved: Mapping[str, float], urls: Mapping[str, str]
) -> str:
    """Of lines drawn as one bar, the rows of the largest."""
    return urls[max(lines, key=lambda line: abs(moved[line[0]]))[0]]


def churn_line(
    points: Sequence[tuple[date, float, str]], changes: Sequence[tuple[date, int]]
) -> Figure | None:
    """Share of clients lost in each month, and its rows; a numbered line for each change."""
    if len(points) < 5:
        return None
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": [day.isoformat() for day, _, _ in points],
                "y": [round(share, 5) for _, share, _ in points],
                "customdata": [url for _, _, url in points],
                "line": {"width": 2, "color": "--ink"},
                "marker": {"size": 5, "color": "--ink"},
                "hovertemplate": "%{x|%b %Y}: %{y:.1%}<extra></extra>",
            }
        ],
        "layout": {
            "margin": {"l": 48, "r": 12, "t": 22, "b": 28},
            "yaxis": {
                "rangemode": "tozero",
                "tickformat": ".0%",
                "gridcolor": "--line",
                "fixedrange": True,
                "zeroline": False,
                "nticks": 5,
            },
            "xaxis": {"tickformat": "%b %y", "showgrid": False, "fixedrange": True, "nticks": 8},
            "shapes": [
                {
                    "type": "line",
                    "x0": day.isoformat(),
                    "x1": day.isoformat(),
                    "y0": 0,
                    "y1": 1,
                    "yref": "paper",
                    "line": {"width": 1.5, "dash": "dash", "color": "--accent"},
                }
                for day, _ in changes
            ],
            "annotations": [
                {
                    "x": day.isoformat(),
                    "y": 1,
                    "yref": "paper",
                    "yanchor": "bottom",
                    "text": str(number),
                    "showarrow": False,
                }
                for day, number in changes
            ],
        },
    }
