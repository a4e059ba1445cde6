"""Several people and the worker look at one alarm at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from metrics import attending
from metrics.models import AttentionCase, Crossing
from tests.factories.cast import make_cast
from tests.factories.clients import TouchpointFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 17, 14, 32, tzinfo=UTC)


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    gate = Barrier(len(deeds))

    def carry_out(deed: Callable[[], Any]) -> str:
        gate.wait()
        try:
            deed()
        except ValidationError as refusal:
            return str(refusal.messages[0])
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(carry_out, deeds))


def test_one_crossing_opens_one_case_and_only_the_first_decision_counts():
    cast = make_cast()
    acme = cast.client_a
    TouchpointFactory(client=acme, happened_at=NOW - timedelta(days=12))
    said = {"client": acme, "version": 0, "now": NOW}
    answers = at_once(
        lambda: attending.refresh(NOW),
        lambda: attending.close(by=None, reason="One", **said),
        lambda: attending.close(by=None, reason="Two", **said),
        lambda: attending.snooze(until=NOW.date() + timedelta(days=3), reason="Three", **said),
    )
    assert answers[0] == "done"
    assert answers[1:].count("done") == 1, answers
    assert AttentionCase.objects.filter(client=acme).count() == 1
    rules = list(Crossing.objects.filter(client=acme).values_list("rule", flat=True))
    assert sorted(rules) == ["contact", "no_goals"]
