"""How many clients are still here, month by month: a step line with its band, for Plotly."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from metrics.formulas.survival import Curve

LETTERS = 20  # of a name beside its line
SHOWN = 5  # segments in one picture; the table has them all
LOOKS = (
    ("--ink", "solid"),
    ("--accent", "dash"),
    ("--bad-fill", "dot"),
    ("--good-line", "dashdot"),
    ("--watch-line", "longdash"),
)
EVERY = (1, 2, 3, 6, 12, 24)
Trace = dict[str, Any]


def survival_figure(curves: Mapping[str, Curve], forecast: Sequence[float] = ()) -> Trace | None:
    """Numbers at risk stand under the axis, a line for each curve. None for no curve at all."""
    drawn = {name: curve for name, curve in list(curves.items())[:SHOWN] if curve.months}
    if not drawn:
        return None
    last = max(len(curve.months) for curve in drawn.values()) - 1
    data: list[Trace] = []
    for (name, curve), (colour, dash) in zip(drawn.items(), LOOKS, strict=False):
        if len(drawn) == 1:
            data += _band(curve)
        data.append(_steps(name, curve, colour, dash, lead_on=len(drawn) == 1))
    if forecast:
        data.append(_forecast(forecast[: last + 14]))
    return {"data": data, "layout": _layout(drawn, last, bool(forecast))}


def _steps(name: str, curve: Curve, colour: str, dash: str, lead_on: bool) -> Trace:
    """A point of the only curve leads to the rows of its month."""
    urls = [f"?month={row.month}#rows" for row in curve.months] if lead_on else []
    return {
        "customdata": urls,
        "type": "scatter",
        "mode": "lines",
        "name": _plain(name),
        "x": [row.month for row in curve.months],
        "y": [round(row.survival, 4) for row in curve.months],
        "line": {"shape": "hv", "width": 2, "color": colour, "dash": dash},
        "hovertemplate": _after(name),
    }


def _after(name: str) -> str:
    told = _("%(name)s, after month %(month)s: %(share)s")
    values = {"name": _plain(name), "month": "%{x}", "share": "%{y:.1%}"}
    return f"{told % values}<extra></extra>"


def _band(curve: Curve) -> list[Trace]:
    known = [row for row in curve.months if row.low is not None and row.high is not None]
    look = {
        "type": "scatter",
        "mode": "lines",
        "line": {"shape": "hv", "width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    at = [row.month for row in known]
    low = {**look, "x": at, "y": [round(row.low or 0, 4) for row in known]}
    high = {**look, "x": at, "y": [round(row.high or 0, 4) for row in known]}
    return [low, {**high, "fill": "tonexty", "fillcolor": "--band"}]


def _forecast(survival: Sequence[float]) -> Trace:
    """The model's first period is month 0."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": _("sBG model"),
        "x": list(range(len(survival) - 1)),
        "y": [round(share, 4) for share in survival[1:]],
        "line": {"width": 1.5, "dash": "dash", "color": "--edge"},
        "hoverinfo": "skip",
    }


def _layout(drawn: Mapping[str, Curve], last: int, modelled: bool) -> Trace:
    step = next((step for step in EVERY if last // step <= 8), 36)
    ticks = list(range(0, last + 1, step))
    notes = []
    for line, curve in enumerate(drawn.values()):
        notes += [_note(tick, _at_risk(curve, tick), line) for tick in ticks]
    several = len(drawn) > 1
    names = [_name(name, line) for line, name in enumerate(drawn)] if several else [_name("", 0)]
    return {
        "margin": {
            "l": _room(drawn if several else ("",)),
            "r": 12,
            "t": 8,
            "b": 62 + 15 * len(drawn),
        },
        "xaxis": {
            "title": {"text": _("full months with us"), "standoff": 4, "font": {"size": 12}},
            "tickvals": ticks,
            "range": [0, last + (12 if modelled else 0.5)],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [0, 1.02],
            "tickformat": ".0%",
            "ticklabelstandoff": 8,
            "gridcolor": "--line",
            "zeroline": False,
            "fixedrange": True,
            "nticks": 5,
        },
        "annotations": [*notes, *names],
    }


def _at_risk(curve: Curve, month: int) -> str:
    row = curve.at(month)
    return str(row.at_risk) if row else "0"


def _note(month: int, text: str, line: int) -> Trace:
    return {
        "x": month,
        "xref": "x",
        "y": 0,
        "yref": "paper",
        "yshift": -52 - 15 * line,
        "yanchor": "middle",
        "text": text,
        "showarrow": False,
        "font": {"size": 11},
    }


def _name(name: str, line: int) -> Trace:
    note = _note(0, _said(name), line)
    return {**note, "xref": "paper", "xanchor": "right", "xshift": -14}


def _said(name: str) -> str:
    return _short(name) or _("at risk")


def _short(name: str) -> str:
    """Whole names stand in the key over the chart."""
    plain = _plain(name)
    return plain if len(plain) <= LETTERS else f"{plain[: LETTERS - 1].rstrip()}…"


def _room(names: Iterable[str]) -> int:
    """Left of the axis, in px: a letter of these names is about 6 wide."""
    return max(64, 30 + 6 * max(len(_said(name)) for name in names))


def _plain(text: str) -> str:
    """Plotly reads some HTML and its own %{…} in texts: what people typed must be neither."""
    return "".join(letter for letter in text if letter not in "<>{}&%")
