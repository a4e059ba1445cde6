"""Two windows, one person: whoever presses twice gets one attempt and one completion."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.factories.clients import StaffFactory
from tests.factories.training import ModuleVersionFactory
from training.attempts import keep_answers, start_attempt, submit_attempt
from training.models import Attempt, Completion

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def all_at_once(deed: Callable[[], Attempt], times: int = 6) -> list[Attempt]:
    def in_a_thread(_: int) -> Attempt:
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(in_a_thread, range(times)))


def test_starting_at_the_same_time_opens_one_attempt():
    staff, version = StaffFactory(), ModuleVersionFactory(questions=3)
    opened = all_at_once(lambda: start_attempt(staff=staff, version=version, now=NOW))
    assert len({attempt.pk for attempt in opened}) == 1
    assert opened[0].answers.count() == 3


def test_handing_in_at_the_same_time_is_scored_once():
    version = ModuleVersionFactory(questions=2)
    attempt = start_attempt(staff=StaffFactory(), version=version, now=NOW)
    chosen = {
        answer.pk: [option["choice"] for option in answer.options if option["right"]]
        for answer in attempt.answers.all()
    }
    keep_answers(attempt=attempt, chosen=chosen)
    handed_in = all_at_once(lambda: submit_attempt(attempt=attempt, now=NOW))
    assert {row.score for row in handed_in} == {100}
    assert Completion.objects.count() == 1
