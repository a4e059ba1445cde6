from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from clients.models import Obligation
from clients.obligations import answer, ask
from tests.factories.clients import ClientFactory, SignedAgreementFactory, StaffFactory

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
FRIDAY_16 = datetime(2026, 11, 13, 16, tzinfo=WARSAW)
NOW = datetime(2026, 11, 19, 12, tzinfo=UTC)


@pytest.fixture
def polish_client():
    return ClientFactory(country="PL", time_zone="Europe/Warsaw")


def asked(client, **told):
    return ask(
        **{"client": client, "text": "Approve it.", "asked_at": FRIDAY_16, "now": NOW, **told}
    )


def test_asked_on_friday_at_16_the_client_owes_an_answer_on_monday_at_16(polish_client):
    manager = StaffFactory()
    obligation = asked(polish_client, asked_by=manager)
    assert obligation.due_at == datetime(2026, 11, 16, 16, tzinfo=WARSAW)
    assert obligation.asked_by == manager
    assert obligation.agreement is None


def test_the_signed_agreement_says_how_many_business_days(polish_client):
    copy = SignedAgreementFactory(client=polish_client, reply_business_days=3)
    obligation = asked(polish_client)
    assert obligation.due_at == datetime(2026, 11, 18, 16, tzinfo=WARSAW)
    assert obligation.agreement == copy


def test_an_agreement_signed_after_the_question_does_not_rule_it(polish_client):
    SignedAgreementFactory(
        client=polish_client, signed_on=date(2026, 11, 14), reply_business_days=3
    )
    assert asked(polish_client).due_at == datetime(2026, 11, 16, 16, tzinfo=WARSAW)


def test_a_holiday_at_the_clients_gives_them_a_day_more(polish_client):
    asked_at = datetime(2026, 11, 10, 12, tzinfo=WARSAW)
    assert asked(polish_client, asked_at=asked_at).due_at == asked_at + timedelta(days=2)


def test_showing_up_is_due_when_the_meeting_starts(polish_client):
    meets_at = datetime(2026, 11, 25, 10, tzinfo=WARSAW)
    obligation = asked(polish_client, kind=Obligation.Kind.ATTEND, meets_at=meets_at)
    assert obligation.due_at == meets_at


def test_a_meeting_before_its_invitation_is_refused(polish_client):
    with pytest.raises(ValidationError, match="before the invitation"):
        asked(polish_client, meets_at=FRIDAY_16 - timedelta(hours=1))


def test_a_clock_cannot_be_started_in_the_future(polish_client):
    with pytest.raises(ValidationError, match="not ahead"):
        asked(polish_client, asked_at=NOW + timedelta(minutes=1))


def test_a_question_says_something(polish_client):
    with pytest.raises(ValidationError):
        asked(polish_client, text="  ")


def test_overdue_begins_at_the_moment_it_is_due_and_an_answer_ends_it(polish_client):
    obligation = asked(polish_client)
    due = obligation.due_at
    late = Obligation.objects.overdue_at
    assert not late(due - timedelta(seconds=1)).exists()
    assert late(due).get() == obligation
    assert obligation.is_overdue_at(due)
    answered = answer(
        obligation=obligation, answered_at=due + timedelta(hours=1), now=NOW, answer=" Yes. "
    )
    assert answered.answer == "Yes."
    assert not late(NOW).exists()
    assert late(due).get() == obligation, "an answer given later does not undo that it was late"


def test_an_answer_is_given_once(polish_client):
    obligation = asked(polish_client)
    answer(obligation=obligation, answered_at=FRIDAY_16 + timedelta(hours=2), now=NOW)
    with pytest.raises(ValidationError, match=r"answered on 13 Nov 2026 at 17:00 already"):
        answer(obligation=obligation, answered_at=NOW, now=NOW)


@pytest.mark.parametrize(
    "answered_at", [FRIDAY_16 - timedelta(minutes=1), NOW + timedelta(minutes=1)]
)
def test_an_answer_comes_after_the_question_and_not_in_the_future(polish_client, answered_at):
    obligation = asked(polish_client)
    with pytest.raises(ValidationError):
        answer(obligation=obligation, answered_at=answered_at, now=NOW)
    obligation.refresh_from_db()
    assert obligation.answered_at is None
