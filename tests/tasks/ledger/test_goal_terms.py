from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from clients.models import ClientGoal
from tasks.ledger import postponing, rebuilding
from tasks.ledger.goal_terms import GoalTerms, change
from tasks.models import Promise, PromiseEvent
from tests.factories.clients import ClientGoalFactory, StaffFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
ENDS = date(2026, 12, 30)
LATER = date(2027, 1, 30)


@pytest.fixture
def goal() -> ClientGoal:
    return ClientGoalFactory(name="Leads", baseline=Decimal(100), target=Decimal(200))


def changed(goal: ClientGoal, reason: str = "Their budget was cut", **terms) -> PromiseEvent:
    to = GoalTerms(**{"baseline": Decimal(100), "target": Decimal(200), "ends_on": ENDS, **terms})
    return change(goal=goal, to=to, reason=reason, by=StaffFactory(name="Dana Fox"), now=NOW)


def test_the_change_is_told_and_the_first_promise_stays(goal: ClientGoal):
    event = changed(goal, target=Decimal(150))
    goal.refresh_from_db()
    assert (goal.target, goal.version) == (Decimal(150), 2)
    assert event.was == "100 → 200 leads / mo by 29 Dec 2026"
    assert event.now == "100 → 150 leads / mo by 29 Dec 2026"
    assert (event.actor_name, event.evidence["reason"]) == ("Dana Fox", "Their budget was cut")
    assert event.excuse == PromiseEvent.Excuse.APPROVED
    assert Promise.objects.get(client_goal=goal).text == "Leads: 100 → 200 leads / mo"


def test_a_later_last_day_is_a_postponement(goal: ClientGoal):
    changed(goal, ends_on=LATER)
    standing = Promise.objects.get(client_goal=goal).standing
    assert (standing.agreed_on, standing.postponements) == (date(2027, 1, 29), 1)
    assert (standing.days_slipped, standing.attempts) == (31, 0)
    assert list(rebuilding.differing()) == []


def test_it_can_be_changed_again(goal: ClientGoal):
    changed(goal, target=Decimal(150))
    changed(goal, target=Decimal(160))
    goal.refresh_from_db()
    assert (goal.target, goal.version) == (Decimal(160), 3)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({}, "Nothing would change"),
        ({"target": Decimal(100)}, "must differ"),
        ({"ends_on": date(2026, 11, 17)}, "That day is over"),
        ({"target": Decimal(150), "reason": "  "}, "Say why"),
    ],
    ids=["the same", "no way to go", "the past", "no reason"],
)
def test_what_makes_no_sense_is_refused_and_nothing_changes(goal: ClientGoal, terms, words):
    with pytest.raises(ValidationError, match=words):
        changed(goal, **terms)
    goal.refresh_from_db()
    assert (goal.target, goal.version) == (Decimal(200), 1)
    assert not PromiseEvent.objects.exists()


def test_a_goal_that_is_over_stays_as_it_was():
    over = ClientGoalFactory(starts_on=date(2026, 6, 1))
    with pytest.raises(ValidationError, match="is over"):
        changed(over, target=Decimal(150))


def test_nobody_asks_to_postpone_one(goal: ClientGoal):
    promise = Promise.objects.get(client_goal=goal)
    with pytest.raises(ValidationError, match="A leader changes"):
        postponing.ask(
            promise=promise,
            by=StaffFactory(),
            due_on=LATER,
            reason="priority",
            text="Later",
            now=NOW,
        )
