"""Lists of clients, people, money and promises: found, narrowed and put in order."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.api.asking import Asking
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import (
    ClientFactory,
    ClientGoalFactory,
    EngagementFactory,
    FeeFactory,
    ObligationFactory,
    PauseFactory,
    TouchpointFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def leader(cast: Cast) -> Asking:
    return Asking(cast.leader)


def names(answer: Any, field: str = "name") -> list[Any]:
    assert answer.status_code == 200, answer.content
    return [row[field] for row in answer.json()["results"]]


def test_clients_are_found_by_words_state_and_day(leader: Asking, cast: Cast):
    gone = ClientFactory(name="Gone", external_id="X-1", industry="Law")
    EngagementFactory(client=gone, ended_on="2026-03-01")
    PauseFactory(client=cast.client_a, started_on="2026-01-01", ended_on="2026-02-01")
    assert names(leader.get("clients", search="law")) == ["Gone"]
    assert names(leader.get("clients", external_id="X-1")) == ["Gone"]
    assert names(leader.get("clients", served_on="2026-02-28")) == ["Acme", "Boreal", "Gone"]
    assert names(leader.get("clients", served_on="2026-03-01")) == ["Acme", "Boreal"]
    assert names(leader.get("clients", paused_on="2026-01-31")) == ["Acme"]
    assert names(leader.get("clients", paused_on="2026-02-01")) == []
    assert names(leader.get("clients", ordering="-name")) == ["Gone", "Boreal", "Acme"]


def test_fees_in_force_on_a_day(leader: Asking, cast: Cast):
    FeeFactory(client=cast.client_a, service="Old", ends_on="2026-01-01")
    FeeFactory(client=cast.client_a, service="New", starts_on="2026-01-01")
    assert names(leader.get("fees", on="2025-12-31"), "service") == ["Old"]
    assert names(leader.get("fees", on="2026-01-01"), "service") == ["New"]
    assert names(leader.get("fees", client=cast.client_b.pk), "service") == []


def test_touchpoints_of_a_stretch_of_days_that_count(leader: Asking, cast: Cast):
    for day, channel in ((1, "call"), (2, "newsletter"), (3, "email"), (4, "call")):
        at = datetime(2026, 11, day, 12, tzinfo=UTC)
        TouchpointFactory(client=cast.client_a, happened_at=at, channel=channel)
    asked = {"happened_from": "2026-11-01", "happened_before": "2026-11-04", "qualifies": "true"}
    found = names(leader.get("touchpoints", ordering="happened_at", **asked), "happened_on")
    assert found == ["2026-11-01", "2026-11-03"]


def test_obligations_that_are_still_owed(leader: Asking, cast: Cast):
    owed = ObligationFactory(client=cast.client_a, text="Owed")
    ObligationFactory(client=cast.client_a, text="Done", answered_at=owed.due_at)
    assert names(leader.get("obligations", open="true"), "text") == ["Owed"]
    due_on = timezone.localdate(owed.due_at)
    before = due_on - timedelta(days=1)
    assert names(leader.get("obligations", overdue_on=due_on), "text") == ["Owed"]
    assert names(leader.get("obligations", overdue_on=before), "text") == []


def test_goals_running_on_a_day(leader: Asking, cast: Cast):
    goal = ClientGoalFactory(client=cast.client_a)
    assert names(leader.get("client-goals", running_on=goal.starts_on)) == [goal.name]
    assert names(leader.get("client-goals", running_on=goal.ends_on)) == []


def test_money_keeps_its_cents(leader: Asking, cast: Cast):
    FeeFactory(client=cast.client_a, amount="1234.50")
    assert names(leader.get("fees"), "amount") == ["1234.50"]
