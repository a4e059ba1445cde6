"""Lost while all looked well: the score of thirty days before, of everybody who left."""

from datetime import date

import pytest

from clients.models import Client
from godview.periods import Period
from metrics.dashboards.numbers import compute
from metrics.models import WarningScore
from metrics.queries.scopes import AGENCY
from tests.metrics.histories import LONG_AGO, client

pytestmark = pytest.mark.django_db
YEAR = Period(date(2025, 10, 1), date(2026, 10, 1))


def lost(name: str, *scores: tuple[date, float | None]) -> Client:
    made: Client = client(name, (LONG_AGO, date(2026, 9, 1)))
    for day, score in scores:
        WarningScore.objects.create(client=made, as_of=day, score=score)
    return made


def rate():
    return compute(AGENCY, YEAR, YEAR.end, ["watermelon_rate"])["watermelon_rate"]


def test_five_of_twelve_lost_were_green_thirty_days_before():
    for number in range(12):
        score = 12.0 if number < 5 else 80.0
        lost(f"Client {number}", (date(2026, 7, 30), score), (date(2026, 8, 20), 95.0))
    found = rate()
    assert (found.part, found.whole, round(found.value, 3)) == (5, 12, 0.417)


def test_the_last_score_by_then_counts_and_an_unknown_one_does_not():
    lost("Green at last", (date(2026, 6, 1), 90.0), (date(2026, 8, 2), 10.0))
    lost("Not known since", (date(2026, 7, 1), 90.0), (date(2026, 8, 1), None))
    lost("Never scored")
    found = rate()
    assert (found.part, found.whole) == (1, 2)


def test_nobody_lost_is_no_rate():
    client("Stayed")
    assert rate().reason == f"nobody left in {YEAR}"


def test_losses_without_a_score_are_no_rate_either():
    lost("Never scored")
    assert "1 left" in rate().reason
