from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tasks import tactics
from tasks.models import Tactic
from tests.factories.clients import ClientFactory, StaffFactory
from tests.factories.tasks import TacticFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
Outcome = Tactic.Outcome


def started(**told):
    return tactics.start(
        **{
            "client": told.pop("client", None) or ClientFactory(),
            "manager": None,
            "name": "Call-only ads",
            "metric": "Cost per lead",
            "threshold": "−10 %",
            "window_days": 30,
            "started_on": TODAY,
            "today": TODAY,
            **told,
        }
    )


def judged(tactic, outcome, ended_on, today=None):
    return tactics.judge(
        tactic=tactic, outcome=outcome, ended_on=ended_on, today=today or ended_on, note=""
    )


def test_a_tactic_starts_with_its_verdict_rule():
    manager = StaffFactory()
    tactic = started(manager=manager)
    tactic.refresh_from_db()
    assert (tactic.metric, tactic.threshold, tactic.window_days) == ("Cost per lead", "−10 %", 30)
    assert (tactic.outcome, tactic.manager) == (Outcome.RUNNING, manager)
    assert tactic.window_ends_on == TODAY + timedelta(days=30)


@pytest.mark.parametrize("missing", [{"metric": " "}, {"threshold": ""}, {"window_days": 0}])
def test_a_tactic_without_a_rule_does_not_start(missing):
    with pytest.raises(ValidationError, match="verdict rule first"):
        started(**missing)


def test_a_rule_is_never_written_after_the_start():
    with pytest.raises(ValidationError, match="before the tactic begins"):
        started(started_on=TODAY - timedelta(days=1))


def test_the_same_tactic_starts_once_on_a_day():
    tactic = started()
    with pytest.raises(ValidationError, match="by this name from this day"):
        started(client=tactic.client)


@pytest.mark.parametrize(
    "change",
    [
        {"metric": "Clicks"},
        {"threshold": "−1 %"},
        {"window_days": 90},
        {"started_on": TODAY - timedelta(days=60)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_rule_cannot_be_changed_afterwards(change):
    tactic = started()
    for name, value in change.items():
        setattr(tactic, name, value)
    with pytest.raises(ValidationError, match="start another one"):
        tactic.full_clean()


def test_a_tactic_that_came_without_a_rule_does_not_get_one_afterwards():
    tactic = TacticFactory(metric="", threshold="", window_days=None)
    tactic.metric, tactic.threshold, tactic.window_days = "Clicks", "+1 %", 7
    with pytest.raises(ValidationError, match="start another one"):
        tactic.full_clean()


@pytest.mark.parametrize("outcome", [Outcome.WIN, Outcome.LOSS, Outcome.INCONCLUSIVE])
def test_it_is_judged_after_its_window(outcome):
    tactic = judged(started(), outcome, TODAY + timedelta(days=30))
    tactic.refresh_from_db()
    assert (tactic.outcome, tactic.ended_on) == (outcome, TODAY + timedelta(days=30))
    assert Tactic.objects.closed_by(tactic.ended_on).get() == tactic
    assert not Tactic.objects.closed_by(tactic.ended_on - timedelta(days=1)).exists()


@pytest.mark.parametrize("outcome", [Outcome.WIN, Outcome.LOSS])
def test_nobody_wins_or_loses_before_the_window_is_over(outcome):
    with pytest.raises(ValidationError, match="runs until 19 Dec"):
        judged(started(), outcome, TODAY + timedelta(days=29))


def test_a_tactic_may_be_broken_off_as_inconclusive():
    assert judged(started(), Outcome.INCONCLUSIVE, TODAY + timedelta(days=3)).ended_on


def test_a_verdict_is_final():
    tactic = judged(started(), Outcome.LOSS, TODAY + timedelta(days=30))
    with pytest.raises(ValidationError, match="that is final"):
        judged(tactic, Outcome.WIN, TODAY + timedelta(days=31))


def test_a_verdict_is_never_of_tomorrow():
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(ValidationError, match="today or earlier"):
        judged(started(), Outcome.INCONCLUSIVE, tomorrow, today=TODAY)


def test_running_is_no_verdict():
    with pytest.raises(ValidationError, match="choose one of these"):
        judged(started(), Outcome.RUNNING, TODAY + timedelta(days=30))


def test_a_tactic_does_not_end_on_the_day_it_starts():
    with pytest.raises(ValidationError, match="The end must be after the start"):
        judged(started(), Outcome.INCONCLUSIVE, TODAY)
