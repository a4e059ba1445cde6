from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from clients.contacting import log_touchpoint, take_back
from clients.models import Touchpoint
from tests.factories.clients import ClientFactory, ContactFactory, StaffFactory

NOW = datetime(2026, 11, 19, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
Channel, Direction = Touchpoint.Channel, Touchpoint.Direction


def logged(**told):
    client = told.pop("client", None) or ClientFactory()
    return log_touchpoint(
        **{"client": client, "channel": Channel.CALL, "happened_at": NOW, "now": NOW, **told}
    )


def test_a_call_is_logged_with_who_had_it_and_with_whom():
    contact, staff = ContactFactory(), StaffFactory()
    touchpoint = logged(client=contact.client, contact=contact, staff=staff, note=" All well. ")
    touchpoint.refresh_from_db()
    assert (touchpoint.contact, touchpoint.staff) == (contact, staff)
    assert touchpoint.note == "All well."
    assert touchpoint.happened_on == date(2026, 11, 19)
    assert touchpoint.qualifies


@pytest.mark.parametrize(
    ("channel", "direction", "automatic", "counts"),
    [
        (Channel.CALL, Direction.OUTBOUND, False, True),
        (Channel.CALL, Direction.INBOUND, False, True),
        (Channel.MEETING, Direction.INBOUND, False, True),
        (Channel.EMAIL, Direction.OUTBOUND, False, True),
        (Channel.EMAIL, Direction.OUTBOUND, True, False),
        (Channel.EMAIL, Direction.INBOUND, False, False),
        (Channel.SMS, Direction.OUTBOUND, False, True),
        (Channel.CHAT, Direction.OUTBOUND, False, True),
        (Channel.MISSED_CALL, Direction.OUTBOUND, False, False),
        (Channel.REPORT, Direction.OUTBOUND, False, False),
        (Channel.NEWSLETTER, Direction.OUTBOUND, False, False),
        (Channel.NOTE, Direction.OUTBOUND, False, False),
    ],
)
def test_only_hearing_from_us_as_a_person_counts(channel, direction, automatic, counts):
    touchpoint = logged(channel=channel, direction=direction, automatic=automatic)
    assert Touchpoint.objects.qualifying().filter(pk=touchpoint.pk).exists() is counts


def test_a_contact_may_be_back_dated_by_seven_days_and_not_by_eight():
    logged(happened_at=NOW - timedelta(days=7))
    with pytest.raises(ValidationError, match="from 12 Nov on"):
        logged(happened_at=NOW - timedelta(days=8))


def test_the_seventh_day_back_counts_from_its_first_minute():
    logged(happened_at=datetime(2026, 11, 12, 0, 0, tzinfo=UTC))


def test_a_contact_is_never_in_the_future():
    with pytest.raises(ValidationError, match="not ahead"):
        logged(happened_at=NOW + timedelta(minutes=1))


def test_a_person_of_another_client_is_refused():
    stranger = ContactFactory()
    with pytest.raises(ValidationError, match="choose one of their people"):
        logged(contact=stranger)
    assert not Touchpoint.objects.exists()


def test_the_day_of_a_contact_is_the_agencys(settings):
    """00:30 in Warsaw is still the day before in UTC."""
    settings.TIME_ZONE = "Europe/Warsaw"
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)
    assert logged(happened_at=late).happened_on == date(2026, 11, 19)


def test_a_contact_is_taken_back_by_the_one_who_logged_it_and_its_history_stays():
    me, now = StaffFactory(), timezone.now()
    touchpoint = logged(staff=me, happened_at=now, now=now)
    lines = Touchpoint.history.filter(id=touchpoint.pk)
    late = now + timedelta(hours=2)
    for staff, moment in ((StaffFactory(), now), (None, now), (me, late)):
        with pytest.raises(ValidationError, match="within an hour"):
            take_back(touchpoint=touchpoint, staff=staff, now=moment)
    take_back(touchpoint=touchpoint, staff=me, now=now)
    assert not Touchpoint.objects.exists()
    assert [line.history_type for line in lines.order_by("history_id")] == ["+", "-"]
