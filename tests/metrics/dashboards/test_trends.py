"""The lines under the numbers of Today: each value is that of its own day."""

from datetime import date, timedelta

import pytest

from godview.periods import trailing
from metrics.dashboards.numbers import compute
from metrics.dashboards.trends import kept_trend, same_weekday
from metrics.queries.scopes import AGENCY
from metrics.queries.stamps import read_stamps
from tests.factories.clients import PauseFactory
from tests.metrics.histories import client

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)


def test_a_pause_that_is_too_long_by_now_was_not_so_weeks_ago():
    client("Stays")
    PauseFactory(client=client("On hold"), started_on=DAY - timedelta(days=95))
    told = [share.value for share in kept_trend(read_stamps(), DAY)]
    key = "client_retention_rate"
    days = same_weekday(DAY)
    assert told == [compute(AGENCY, trailing("quarter", d), d, [key])[key].value for d in days]
    assert set(told) == {1.0}
