"""One person postpones a weekly goal while another marks it."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tasks import weekly_goals
from tasks.ledger import postponing
from tasks.ledger.goals import keep
from tasks.models import Promise, WeeklyGoal
from tests.factories.clients import StaffFactory
from tests.factories.tasks import WeeklyGoalFactory
from tests.tasks.ledger.conftest import LATER

pytestmark = pytest.mark.django_db(transaction=True)


def test_approving_and_marking_at_the_same_time_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    goal = WeeklyGoalFactory(week_starts_on=date(2026, 11, 16))
    keep(WeeklyGoal.objects.all(), LATER)
    told = {"due_on": date(2026, 11, 27), "reason": "priority", "text": "A launch", "now": LATER}
    request = postponing.ask(promise=Promise.objects.get(), by=goal.manager, **told)
    decided, kept, holds_the_goal = postponing._decided, weekly_goals.keep, Event()
    marked: list[Future[None]] = []

    def mark() -> None:
        try:
            weekly_goals.mark(goal=goal, status="met", now=LATER)
        finally:
            connection.close()

    def decided_while_marking(*args: Any) -> Any:
        marked.append(pool.submit(mark))
        holds_the_goal.wait(0.5)
        return decided(*args)

    def kept_then(*args: Any) -> int:
        holds_the_goal.set()
        return kept(*args)

    monkeypatch.setattr(postponing, "_decided", decided_while_marking)
    monkeypatch.setattr(weekly_goals, "keep", kept_then)
    with ThreadPoolExecutor(1) as pool:
        postponing.approve(postponement=request, by=StaffFactory(), now=LATER)
        with pytest.raises(ValidationError, match="was postponed and stays so"):
            marked[0].result(timeout=20)
    goal.refresh_from_db()
    assert goal.status == "postponed"
