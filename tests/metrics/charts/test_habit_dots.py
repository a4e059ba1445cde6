"""Habits on one scale: a dot with its interval for each, and nothing under five."""

from metrics.charts.habit_dots import Dot, habit_dots

DOTS = [Dot(f"Habit {n}", 0.5, 0.2, 0.9, "good" if n else "none", f"?habit={n}") for n in range(5)]


def test_a_dot_has_its_interval_and_leads_to_its_habit():
    figure = habit_dots(DOTS)
    trace = figure["data"][0]
    assert trace["error_x"]["array"][0] == 0.4
    assert trace["error_x"]["arrayminus"][0] == 0.3
    assert trace["customdata"][-1] == "?habit=0"  # the first one stands on top


def test_what_may_be_chance_is_hollow():
    trace = habit_dots(DOTS)["data"][0]
    assert trace["marker"]["symbol"] == ["circle"] * 4 + ["circle-open"]


def test_under_five_habits_the_table_is_clearer():
    assert habit_dots(DOTS[:4]) is None
