"""Promises postponed and changed in silence, over an agency where both happen."""

import pytest

from godview.periods import trailing
from metrics.dashboards.numbers import NUMBERS, Facts
from metrics.queries.scopes import AGENCY, Scope
from tasks.models import Promise
from tests.factories.tasks import WeeklyGoalFactory
from tests.metrics.lively import DAY, Lively, lively

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Lively:
    return lively()


def facts(scope: Scope = AGENCY) -> Facts:
    return Facts(scope, trailing("quarter", DAY), DAY)


def test_the_shares_recount_over_the_promises_themselves(agency: Lively):
    period = trailing("quarter", DAY)
    due = [
        promise.standing
        for promise in Promise.objects.filter(unplanned=False).select_related("standing")
        if promise.due_on in period
    ]
    postponed = [standing for standing in due if standing.postponements]
    attempted = [standing for standing in due if standing.attempts]
    assert postponed
    assert attempted
    rate, days = NUMBERS["postponement_rate"](facts()), NUMBERS["postponement_days_mean"](facts())
    assert (rate.part, rate.whole) == (len(postponed), len(due))
    assert days.part == sum(standing.days_slipped for standing in postponed)
    assert NUMBERS["attempted_change_rate"](facts()).part == len(attempted)


def test_a_managers_are_those_they_gave_and_with_nobodys_they_are_the_agencys(agency: Lively):
    scopes = [Scope("manager", staff.pk, staff.name) for staff in agency.managers]
    theirs = [NUMBERS["postponement_rate"](facts(scope)).whole for scope in scopes]
    period = trailing("quarter", DAY)
    nobodys = Promise.objects.filter(owner=None, due_on__gte=period.start, due_on__lt=period.end)
    assert all(theirs)
    assert sum(theirs) + nobodys.count() == NUMBERS["postponement_rate"](facts()).whole


def test_without_promises_it_is_unknown_and_says_why(db: None):
    WeeklyGoalFactory()
    measure = NUMBERS["postponement_rate"](facts())
    assert measure.value is None
    assert "nothing was promised" in (measure.reason or "")
