"""What the best third does otherwise, without a name, and silent on a small base."""

from metrics.dashboards.coaching.compare import compared
from metrics.dashboards.coaching.habits import HABITS, Practice
from metrics.formulas.ratio import Ratio


def practice(number, score, cadence, on_time):
    values = dict.fromkeys(HABITS) | {"contact_cadence": cadence, "on_time": on_time / 40}
    return Practice(number, score, values, {"on_time": Ratio(on_time, 40)})


TEAM = [
    *(practice(number, 0.9, 3 + number / 10, 38) for number in range(3)),
    *(practice(number, 0.6, 1 + number / 20, 24) for number in range(3, 9)),
]


def test_winners_contact_more_and_are_on_time_more_often():
    told = compared(TEAM)
    sure = {one["habit"]: one for one in told["findings"] if one["certain"]}
    assert sure["contact_cadence"]["difference"] > 0
    assert sure["on_time"]["n"] == [120, 240]
    assert sure["on_time"]["low"] < 0.95 - 0.6 < sure["on_time"]["high"]


def test_a_habit_with_too_few_cases_is_named_as_silent():
    told = compared(TEAM)
    reasons = {one["habit"]: one["reason"] for one in told["silent"]}
    assert "3 are needed in each group" in reasons["training"]
    assert "20 are needed in each group" in reasons["first_weeks"]


def test_with_seven_managers_nothing_is_compared():
    told = compared(TEAM[:7])
    assert (told["findings"], told["silent"], told["judged"]) == ([], [], 7)
    assert told["managers"]["0"]["contact_cadence"] == 3


def test_who_won_is_told_to_nobody():
    assert "winners" not in compared(TEAM)
    assert all("people" not in one for one in compared(TEAM)["findings"])
