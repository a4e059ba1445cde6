from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from metrics.charts.goal_course import goal_course


@dataclass
class Goal:
    name: str = "Cost per lead"
    unit: str = "€"
    baseline: Decimal = Decimal(68)
    target: Decimal = Decimal(42)
    starts_on: date = date(2026, 10, 1)
    ends_on: date = date(2026, 12, 30)


@dataclass
class Reading:
    read_on: date
    value: Decimal


READINGS = [Reading(date(2026, 10, 1 + day), Decimal(68 - day)) for day in range(1, 6)]
TODAY = date(2026, 10, 6)


def test_plotly_accepts_the_figure():
    figure = goal_course(Goal(), READINGS, TODAY, "bad")
    for trace in figure["data"]:
        for holder in ("line", "marker"):
            if holder in trace:
                trace[holder]["color"] = "#000000"
    figure["layout"]["shapes"][0]["line"]["color"] = "#000000"
    assert len(go.Figure(figure).data) == 3


def test_the_expected_line_ends_at_the_target_on_the_last_day():
    expected = goal_course(Goal(), READINGS, TODAY, "bad")["data"][0]
    assert expected["x"] == ["2026-10-01", "2026-12-29"]
    assert expected["y"] == [68.0, 42.0]


def test_the_line_begins_where_the_goal_began():
    line = goal_course(Goal(), READINGS, TODAY, "bad")["data"][1]
    assert (line["x"][0], line["y"][0]) == ("2026-10-01", 68.0)
    assert len(line["x"]) == 6


@pytest.mark.parametrize(
    ("state", "symbol"),
    [("good", "circle"), ("watch", "triangle-up"), ("bad", "square"), ("none", "circle-open")],
)
def test_the_end_of_the_line_has_the_shape_of_the_status(state, symbol):
    assert goal_course(Goal(), READINGS, TODAY, state)["data"][2]["marker"]["symbol"] == symbol


def test_under_five_points_the_numbers_say_more_than_a_line():
    assert goal_course(Goal(), READINGS[:3], TODAY, "bad") is None
    assert goal_course(Goal(), READINGS[:4], TODAY, "bad") is not None


def test_what_people_typed_is_neither_html_nor_a_template_of_plotly():
    figure = goal_course(Goal(unit="<b>%{customdata}</b>"), READINGS, TODAY, "bad")
    template = figure["data"][1]["hovertemplate"]
    assert template == "%{x|%d %b}: %{y} b%customdata/b<extra></extra>"
