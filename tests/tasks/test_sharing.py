"""Links for clients: made once, never shown again, and what they prove."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError

from godview.periods import WEEK
from tasks import sharing
from tasks.models import SharedWeek, ShareLink
from tests.factories.clients import ClientFactory, StaffFactory
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
THIS_WEEK = date(2026, 11, 16)


@pytest.fixture
def client():
    client = ClientFactory()
    for monday in (THIS_WEEK, THIS_WEEK + WEEK):
        WeeklyGoalFactory(client=client, week_starts_on=monday)
    return client


def link_for(client, now=THURSDAY):
    return sharing.create_link(client=client, by=StaffFactory(), now=now)


def test_only_the_hash_of_a_long_token_is_kept(client):
    link, token = link_for(client)
    assert len(token) >= 43
    assert link.token_hash == sha256(token.encode()).hexdigest()
    assert token not in str(ShareLink.objects.values().get())
    assert sharing.link_of(token, THURSDAY) == link


def test_a_link_runs_out_after_ninety_days(client):
    _, token = link_for(client)
    assert sharing.link_of(token, THURSDAY + timedelta(days=90, seconds=-1))
    assert sharing.link_of(token, THURSDAY + timedelta(days=90)) is None


def test_a_revoked_link_opens_nothing_and_keeps_its_proof(client):
    link, token = link_for(client)
    sharing.revoke(link=link, now=THURSDAY)
    again = sharing.revoke(link=link, now=THURSDAY + WEEK)
    assert again.revoked_at == THURSDAY
    assert sharing.link_of(token, THURSDAY) is None
    assert link.weeks.count() == 1


def test_a_new_link_shares_the_promised_week_and_the_next_one_at_its_lock(client):
    link, _ = link_for(client)
    assert list(link.weeks.values_list("week_starts_on", "shared_at")) == [(THIS_WEEK, THURSDAY)]
    assert sharing.share_locked_week(MONDAY_NOON - timedelta(seconds=1)) == 0
    assert sharing.share_locked_week(MONDAY_NOON) == 1
    assert sharing.share_locked_week(MONDAY_NOON) == 0
    assert link.weeks.first().shared_at == MONDAY_NOON


def test_a_week_without_goals_is_not_said_to_be_shared():
    link, _ = link_for(ClientFactory())
    assert not link.weeks.exists()


def test_a_revoked_or_expired_link_shares_no_more_weeks(client):
    revoked, _ = link_for(client)
    sharing.revoke(link=revoked, now=THURSDAY)
    link_for(client, now=THURSDAY - timedelta(days=88))
    SharedWeek.objects.all().delete()
    assert sharing.share_locked_week(MONDAY_NOON) == 0


def test_the_first_opening_is_written_once(client):
    link, _ = link_for(client)
    sharing.opened(link, link.weeks.all(), THURSDAY)
    sharing.opened(link, link.weeks.all(), MONDAY_NOON)
    assert link.weeks.get().first_opened_at == THURSDAY


def test_a_client_has_ten_links_at_most(client):
    for _ in range(sharing.OPEN_LINKS):
        link_for(client)
    with pytest.raises(ValidationError, match="revoke one"):
        link_for(client)


def test_who_is_nobody_of_the_staff_makes_no_link(client):
    with pytest.raises(ValidationError, match="no member of staff"):
        sharing.create_link(client=client, by=None, now=THURSDAY)
