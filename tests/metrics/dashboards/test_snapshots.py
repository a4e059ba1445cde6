"""Numbers of past days, kept: the same as counted now, and silent once a fact has changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clients.models import Engagement, Touchpoint
from godview.periods import Period
from metrics.dashboards.numbers import compute
from metrics.dashboards.past import Moment
from metrics.dashboards.series import moments, series
from metrics.dashboards.snapshots import keep, kept, kept_keys, kept_scopes
from metrics.jobs import keep_snapshots
from metrics.models import Snapshot
from metrics.queries.changed import IN_NO_NUMBER, MATTERS_FROM
from metrics.queries.scopes import AGENCY
from metrics.queries.stamps import with_history
from tests.factories.clients import ObligationFactory, TouchpointFactory
from tests.factories.world import make_world
from tests.metrics.histories import LONG_AGO, client

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
MONTHS = moments("month", 6, TODAY)
LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def history():
    """Two clients, of whom one left in June; all of it entered long ago."""
    client("Stayed", fee=1000)
    gone = client("Left", (LONG_AGO, date(2026, 6, 15)), fee=500)
    TouchpointFactory(client=gone, happened_at=datetime(2026, 5, 20, 9, tzinfo=UTC))
    entered_long_ago()


def entered_long_ago() -> None:
    for model in with_history():
        model.history.all().update(history_date=LONG_BEFORE)  # type: ignore[attr-defined]


def now() -> datetime:
    return timezone.now() + timedelta(minutes=10)


def test_what_is_kept_is_what_is_counted(history):
    assert keep(AGENCY, [*MONTHS, *MONTHS], now()) == 6
    found = kept(AGENCY, MONTHS, kept_keys())
    assert list(found) == MONTHS
    for moment, measures in found.items():
        assert measures == compute(AGENCY, moment.period, moment.as_of, kept_keys())


def test_every_scope_is_kept_and_nothing_twice():
    make_world()
    entered_long_ago()
    assert keep_snapshots() == len(kept_scopes()) * (36 + 26)
    assert Snapshot.objects.count() == len(kept_scopes()) * (36 + 26)
    assert keep_snapshots() == 0


def test_reading_them_asks_two_questions_whatever_their_number(history):
    keep(AGENCY, MONTHS, now())
    with CaptureQueriesContext(connection) as asked:
        series(AGENCY, "month", 6, TODAY, ["mrr", "clients_active"])
    assert len(asked) == 2


def test_a_fact_entered_later_silences_the_days_that_it_is_about(history):
    keep(AGENCY, MONTHS, now() - timedelta(minutes=30))
    heard = Engagement.objects.earliest("pk").client  # a new client would be news for every day
    TouchpointFactory(client=heard, happened_at=datetime(2026, 9, 10, 9, tzinfo=UTC))
    assert [m.as_of.month for m in kept(AGENCY, MONTHS, ["mrr"])] == [6, 7, 8, 9]
    assert keep(AGENCY, MONTHS, now()) == 2
    assert len(kept(AGENCY, MONTHS, ["mrr"])) == 6


def test_a_fact_that_was_moved_counts_where_it_was(history):
    keep(AGENCY, MONTHS, now() - timedelta(minutes=30))
    touch = Touchpoint.objects.get(happened_on=date(2026, 5, 20))
    touch.happened_at = datetime(2026, 11, 10, 9, tzinfo=UTC)
    touch.save()
    assert kept(AGENCY, MONTHS, ["days_since_contact_max"]) == {}


def test_a_corrected_loss_is_never_told_as_it_was_before(history):
    keep(AGENCY, MONTHS, now() - timedelta(minutes=30))
    gone = Engagement.objects.get(ended_on=date(2026, 6, 15))
    gone.ended_on = date(2026, 8, 20)
    gone.save()
    for point in series(AGENCY, "month", 6, TODAY, ["client_retention_rate", "mrr"]):
        fresh = compute(AGENCY, point.period, point.as_of, point.measures)
        assert point.measures == fresh


def test_a_deleted_fact_silences_them_too(history):
    keep(AGENCY, MONTHS, now() - timedelta(minutes=30))
    Engagement.objects.get(ended_on=date(2026, 6, 15)).delete()
    assert kept(AGENCY, MONTHS, ["mrr"]) == {}


def test_what_asana_tells_is_counted_anew_always(history):
    keep(AGENCY, MONTHS, now())
    assert kept(AGENCY, MONTHS, ["on_time_rate"]) == {}
    assert series(AGENCY, "month", 1, TODAY, ["on_time_rate"])[0].measures["on_time_rate"].reason


def test_another_period_of_the_same_day_is_another_snapshot(history):
    day = date(2026, 10, 1)
    month, year = (
        Moment(Period(start, day), day) for start in (date(2026, 9, 1), date(2025, 10, 1))
    )
    keep(AGENCY, [month, year], now())
    found = kept(AGENCY, [month, year], ["clients_lost"])
    assert [found[one]["clients_lost"].value for one in (month, year)] == [0, 1]


def test_every_model_that_may_silence_a_snapshot_exists():
    labels = {model._meta.label for model in with_history()}
    assert set(MATTERS_FROM) <= labels
    assert labels >= IN_NO_NUMBER


def test_another_setting_silences_what_was_counted_by_the_old_one(history, settings):
    keep(AGENCY, MONTHS, now())
    settings.CONTACT_STANDARD_DAYS = 200
    assert kept(AGENCY, MONTHS, ["mrr"]) == {}
    assert keep(AGENCY, MONTHS, now()) == 6
    assert len(kept(AGENCY, MONTHS, ["mrr"])) == 6


def test_an_answer_late_in_the_evening_matters_to_an_agency_west_of_greenwich(history, settings):
    settings.TIME_ZONE = "America/New_York"
    day = date(2026, 7, 1)
    asked = ObligationFactory(
        client=Engagement.objects.earliest("pk").client,
        asked_at=datetime(2026, 7, 2, 2, tzinfo=UTC),
        due_at=datetime(2026, 7, 2, 3, tzinfo=UTC),
    )
    moment = Moment(Period(date(2026, 6, 1), day), day)
    entered_long_ago()
    keep(AGENCY, [moment], now() - timedelta(minutes=30))
    assert kept(AGENCY, [moment], ["expectation_breach_rate"])
    asked.answered_at = asked.asked_at
    asked.save()
    assert kept(AGENCY, [moment], ["expectation_breach_rate"]) == {}
