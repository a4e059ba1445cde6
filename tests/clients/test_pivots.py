from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from clients.models import Pivot
from clients.pivots import decide, judge
from tests.factories.clients import ClientGoalFactory, StaffFactory

TODAY = date(2026, 11, 19)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(TODAY, tick=False)]
LATER = TODAY + timedelta(days=21)


def decided(**told):
    goal = told.pop("goal", None) or ClientGoalFactory(starts_on=TODAY - timedelta(days=40))
    told = {"text": "Stop the  broad ads", "by": StaffFactory(), "today": TODAY, **told}
    return decide(goal=goal, **told)


def test_a_decision_keeps_its_day_its_person_and_the_pace_then():
    pivot = decided(pace_then=Decimal("0.62"))
    pivot.refresh_from_db()
    assert (pivot.text, pivot.decided_on, pivot.pace_then, pivot.result) == (
        "Stop the broad ads",
        TODAY,
        Decimal("0.6200"),
        "open",
    )


@pytest.mark.parametrize("days", [91, -1])
def test_only_a_goal_that_runs_changes_its_way(days):
    goal = ClientGoalFactory(starts_on=TODAY - timedelta(days=days))
    with pytest.raises(ValidationError, match="agree on a new one"):
        decided(goal=goal)
    assert not Pivot.objects.exists()


def test_a_decision_says_something():
    with pytest.raises(ValidationError):
        decided(text="  ")


def test_it_is_judged_once_and_later():
    pivot = decided()
    with pytest.raises(ValidationError, match="judge it later"):
        judge(pivot=pivot, result="helped", note="", today=TODAY)
    done = judge(pivot=pivot, result="helped", note=" Leads are back ", today=LATER)
    assert (done.result, done.judged_on, done.note) == ("helped", LATER, "Leads are back")
    with pytest.raises(ValidationError, match=r"judged on 10 Dec \(it helped\)"):
        judge(pivot=pivot, result="worse", note="", today=LATER)
    assert pivot.history.count() == 2


@pytest.mark.parametrize("result", ["open", "", "great"])
def test_a_verdict_is_one_of_three(result):
    with pytest.raises(ValidationError, match="choose one"):
        judge(pivot=decided(), result=result, note="", today=LATER)
