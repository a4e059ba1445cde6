"""Forms about a client: whoever may, does; a foreign client is absent; mistakes are explained."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client as Browser

from clients.models import ClientGoal, GoalReading, Obligation, Touchpoint
from tests.factories.cast import make_cast
from tests.factories.clients import ClientGoalFactory, ContactFactory, ObligationFactory

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def browser_of(user):
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    return browser


FORMS = ["contact/", "ask/", "goals/"]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_a_page_of_its_own(cast, form):
    page = browser_of(cast.director).get(f"/clients/acme/{form}")
    assert page.status_code == 200
    assert b"csrfmiddlewaretoken" in page.content


@pytest.mark.parametrize("form", FORMS)
def test_a_foreign_client_is_absent(cast, form):
    browser = browser_of(cast.manager)
    foreign, absent = browser.get(f"/clients/boreal/{form}"), browser.get(f"/clients/zzz/{form}")
    assert foreign.status_code == absent.status_code == 404
    assert browser.post(f"/clients/boreal/{form}", {"channel": "call"}).status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_a_stranger_is_sent_to_the_door(cast, form):
    assert Browser().get(f"/clients/acme/{form}").url.startswith("/accounts/login/")


def test_a_goal_from_a_day_beyond_the_calendar_is_refused(cast):
    told = {"name": "Leads", "baseline": "1", "target": "2", "starts_on": "9999-12-20"}
    page = browser_of(cast.director).post("/clients/acme/goals/", told)
    assert "Give a year from 1900 to 2199." in page.content.decode()
    assert not ClientGoal.objects.exists()


def test_a_designer_may_not_agree_on_goals(cast):
    assert browser_of(cast.designer).get("/clients/acme/goals/").status_code == 403


def test_two_clicks_log_a_contact_of_now_by_the_person_who_did(cast):
    response = browser_of(cast.manager).post("/clients/acme/contact/", {"channel": "call"})
    assert response.url == "/clients/acme/"
    touch = Touchpoint.objects.get()
    assert (touch.happened_at, touch.staff, touch.qualifies) == (THURSDAY, cast.manager.staff, True)


def test_a_contact_may_be_dated_back_a_week_and_no_further(cast):
    browser = browser_of(cast.manager)
    told = {"channel": "meeting", "happened_on": "2026-11-12"}
    browser.post("/clients/acme/contact/", told)
    assert Touchpoint.objects.get().happened_on == date(2026, 11, 12)
    refused = browser.post("/clients/acme/contact/", {**told, "happened_on": "2026-11-11"})
    assert b"up to 7 days later" in refused.content
    assert Touchpoint.objects.count() == 1


def test_a_contact_of_tomorrow_is_refused_in_words(cast):
    told = {"channel": "call", "happened_on": "2026-11-20"}
    refused = browser_of(cast.manager).post("/clients/acme/contact/", told)
    assert b"give a moment not ahead" in refused.content
    assert not Touchpoint.objects.exists()


def test_a_mail_from_them_is_logged_and_does_not_count(cast):
    told = {"channel": "email", "from_the_client": "on"}
    browser_of(cast.manager).post("/clients/acme/contact/", told)
    assert Touchpoint.objects.get().qualifies is False


def test_only_people_of_this_client_can_be_chosen(cast):
    ours, theirs = ContactFactory(client=cast.client_a), ContactFactory(client=cast.client_b)
    browser = browser_of(cast.manager)
    told = {"channel": "call", "contact": theirs.pk}
    assert browser.post("/clients/acme/contact/", told).status_code == 200
    browser.post("/clients/acme/contact/", {**told, "contact": ours.pk})
    assert Touchpoint.objects.get().contact == ours


def test_a_form_leads_back_to_the_page_it_came_from(cast):
    told = {"channel": "call", "next": "/week/"}
    assert browser_of(cast.manager).post("/clients/acme/contact/", told).url == "/week/"


def test_asking_starts_the_clients_clock(cast):
    told = {"kind": "reply", "text": "Approve the form", "asked_at": "2026-11-19T11:00"}
    browser_of(cast.manager).post("/clients/acme/ask/", told)
    asked = Obligation.objects.get()
    assert asked.due_at == datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert asked.asked_by == cast.manager.staff


def test_a_meeting_to_attend_needs_its_hour(cast):
    told = {"kind": "attend", "text": "Growth review", "asked_at": "2026-11-19T11:00"}
    browser = browser_of(cast.manager)
    assert b"When does the meeting start?" in browser.post("/clients/acme/ask/", told).content
    browser.post("/clients/acme/ask/", {**told, "meets_at": "2026-11-19T16:00"})
    assert Obligation.objects.get().due_at == datetime(2026, 11, 19, 16, tzinfo=UTC)


def test_an_answer_stops_the_clock_once(cast):
    asked = ObligationFactory(client=cast.client_a)
    browser = browser_of(cast.manager)
    address = f"/clients/acme/answers/{asked.pk}/"
    assert b"Approve the new booking form." in browser.get(address).content
    browser.post(address, {"answer": "Yes"})
    asked.refresh_from_db()
    assert (asked.answered_at, asked.answer) == (THURSDAY, "Yes")
    assert b"answered on" in browser.post(address, {"answer": "No"}).content


def test_a_question_of_another_client_is_absent_under_ours(cast):
    foreign = ObligationFactory(client=cast.client_b)
    assert browser_of(cast.manager).get(f"/clients/acme/answers/{foreign.pk}/").status_code == 404


def test_a_director_agrees_on_a_goal_of_ninety_days(cast):
    told = {"name": "Cost per lead", "unit": "€", "baseline": "68", "target": "42"}
    told |= {"starts_on": "2026-11-19", "matters_most": "on"}
    response = browser_of(cast.director).post("/clients/acme/goals/", told)
    assert response.status_code == 302
    goal = ClientGoal.objects.get()
    assert (goal.ends_on - goal.starts_on).days == 90
    assert goal.matters_most
    assert goal.agreed_by == cast.director.staff


def test_a_goal_that_does_not_move_is_refused_beside_its_field(cast):
    told = {"name": "Leads", "baseline": "5", "target": "5", "starts_on": "2026-11-19"}
    page = browser_of(cast.director).post("/clients/acme/goals/", told)
    assert "target" in page.context["form"].errors
    assert b'aria-invalid="true"' in page.content


def test_a_reading_is_of_today_unless_told_otherwise(cast):
    goal = ClientGoalFactory(client=cast.client_a, starts_on=date(2026, 10, 1))
    address = f"/clients/acme/goals/{goal.pk}/readings/"
    browser = browser_of(cast.designer)
    browser.post(address, {"value": "57.3"})
    reading = GoalReading.objects.get()
    assert (reading.value, reading.read_on) == (Decimal("57.3"), date(2026, 11, 19))
    again = browser.post(address, {"value": "58"})
    assert b"change that one" in again.content
    late = browser.post(address, {"value": "58", "read_on": "2026-09-30"})
    assert b"This goal runs from" in late.content


def test_a_goal_of_another_client_is_absent_under_ours(cast):
    foreign = ClientGoalFactory(client=cast.client_b)
    browser = browser_of(cast.manager)
    assert (
        browser.post(f"/clients/acme/goals/{foreign.pk}/readings/", {"value": "1"}).status_code
        == 404
    )
    assert not GoalReading.objects.exists()


def test_looking_at_forms_changes_nothing(cast):
    asked = ObligationFactory(client=cast.client_a)
    browser = browser_of(cast.director)
    for address in ("contact/", "ask/", "goals/", f"answers/{asked.pk}/"):
        browser.get(f"/clients/acme/{address}", {"channel": "call", "answer": "Yes"})
    asked.refresh_from_db()
    assert asked.answered_at is None
    assert not Touchpoint.objects.exists()
    assert Obligation.objects.filter(asked_at__gte=THURSDAY - timedelta(hours=1)).count() == 0


def test_at_zero_we_go_ahead_and_the_client_is_told(cast):
    asked = ObligationFactory(
        client=cast.client_a, text="Approve the form.", asked_at=THURSDAY - timedelta(days=3)
    )
    address = f"/clients/acme/answers/{asked.pk}/go-ahead/"
    browser = browser_of(cast.manager)
    assert address in browser.get("/clients/acme/").content.decode()
    page = browser.get(address).content.decode()
    assert "On 16 Nov we asked you: “Approve the form.”" in page
    told = {"notice": "We go ahead.", "channel": "email"}
    assert browser.post(address, told).url == "/clients/acme/"
    asked.refresh_from_db()
    assert asked.answered_at == THURSDAY
    assert asked.due_at < asked.answered_at
    contact = Touchpoint.objects.get()
    assert (contact.note, contact.staff, contact.qualifies) == (
        "We go ahead.", cast.manager.staff, True,
    )  # fmt: skip
    assert address not in browser.get("/clients/acme/").content.decode()


def test_before_zero_nobody_goes_ahead(cast):
    asked = ObligationFactory(client=cast.client_a, asked_at=THURSDAY - timedelta(hours=1))
    address = f"/clients/acme/answers/{asked.pk}/go-ahead/"
    browser = browser_of(cast.manager)
    assert address not in browser.get("/clients/acme/").content.decode()
    page = browser.post(address, {"notice": "We go ahead.", "channel": "email"})
    assert "still has time to answer" in page.content.decode()
    assert not Touchpoint.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("", "On 16 Nov we asked you"), ("en", "On 16")])
def test_the_notice_is_drafted_in_the_clients_language(cast, language, words):
    cast.client_a.language = language
    cast.client_a.save()
    asked = ObligationFactory(client=cast.client_a, asked_at=THURSDAY - timedelta(days=3))
    page = browser_of(cast.manager).get(f"/clients/acme/answers/{asked.pk}/go-ahead/")
    assert words in page.content.decode()
