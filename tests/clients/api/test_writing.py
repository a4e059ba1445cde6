"""Clients, people, money and promises written over HTTP, by the same rules as on the pages."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from clients.models import Assignment, Client, Contact, Fee, Obligation, Staff, Touchpoint
from tests.api.asking import Asking
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import (
    ClientGoalFactory,
    ContactFactory,
    ExpectationTermsFactory,
    FeeFactory,
    GoalReadingFactory,
    ObligationFactory,
    PodMembershipFactory,
    SignedAgreementFactory,
    TermsRuleFactory,
    TouchpointFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def leader(cast: Cast) -> Asking:
    return Asking(cast.leader)


@pytest.fixture
def manager(cast: Cast) -> Asking:
    return Asking(cast.manager)


def sentence(answer: Any, field: str = "non_field_errors") -> str:
    assert answer.status_code == 400, answer.content
    return str(answer.json()[field][0])


def test_a_client_gets_its_address_from_its_name(leader: Asking):
    answer = leader.post("clients", external_id="C-9", name="Zoë & Söhne", country="DE")
    assert answer.status_code == 201
    assert answer.json()["slug"] == "zoe-sohne"
    again = leader.post("clients", external_id="C-10", name="Zoë & Söhne")
    assert again.json()["slug"] not in ("", "zoe-sohne")


def test_an_unknown_field_is_refused_by_its_name(leader: Asking, cast: Cast):
    answer = leader.post("clients", external_id="C-9", name="Nine", pod=1, is_staff=True)
    assert answer.json() == {
        "pod": ["There is no such field."],
        "is_staff": ["There is no such field."],
    }
    assert not Client.objects.filter(external_id="C-9").exists()
    assert sentence(leader.patch("clients", cast.client_a.pk, created="x"), "created")


def test_what_is_worked_out_is_not_taken(leader: Asking, manager: Asking, cast: Cast):
    said = {"external_id": "C-9", "name": "Nine"}
    assert "worked out" in sentence(leader.post("clients", slug="mine", **said), "slug")
    assert "worked out" in sentence(leader.patch("clients", cast.client_a.pk, id=7), "id")
    asked = {"client": cast.client_a.pk, "text": "Approve", "asked_at": timezone.now()}
    due = timezone.now() + timedelta(days=30)
    assert "worked out" in sentence(manager.post("obligations", due_at=due, **asked), "due_at")


def test_what_was_got_can_be_put_again(leader: Asking, cast: Cast):
    row = leader.get("clients", cast.client_a.pk).json()
    answer = leader.put("clients", cast.client_a.pk, **{**row, "industry": "Law"})
    assert answer.status_code == 200
    assert answer.json() == {**row, "industry": "Law"}


def test_the_rules_of_the_rows_are_told_and_not_a_500(leader: Asking, cast: Cast):
    client = cast.client_a.pk
    twice = leader.post("clients", external_id=cast.client_a.external_id, name="Twin")
    assert "already exists" in sentence(twice, "external_id")
    overlap = leader.post("engagements", client=client, started_on="2026-01-01")
    assert "overlaps another one" in sentence(overlap) or "open engagement" in sentence(overlap)
    backwards = leader.post("pauses", client=client, started_on="2026-02-01", ended_on="2026-01-01")
    assert "The end must be after the start" in sentence(backwards)
    fee = {"client": client, "service": "SEO", "starts_on": "2026-01-01", "currency": "EUR"}
    assert "greater than or equal to 0" in sentence(leader.post("fees", amount=-1, **fee), "amount")
    assert "three letters" in sentence(
        leader.post("fees", **{**fee, "amount": 1, "currency": "euro"}), "currency"
    )
    assert "not a time zone" in sentence(
        leader.patch("clients", client, time_zone="Mars/Olympus"), "time_zone"
    )
    margin = leader.post("gross-margins", starts_on="2026-01-01", share="1.2")
    assert "A margin is a share" in sentence(margin)


def test_a_fee_is_added_changed_and_taken_out_by_accounting(cast: Cast):
    accounting = Asking(cast.accounting)
    fee = {"client": cast.client_b.pk, "service": "SEO", "starts_on": "2026-01-01"}
    made = accounting.post("fees", amount="1200.50", currency="EUR", per="month", **fee)
    assert made.status_code == 201
    pk = made.json()["id"]
    assert accounting.patch("fees", pk, ends_on="2026-06-01").json()["ends_on"] == "2026-06-01"
    assert [h.amount for h in Fee.history.filter(id=pk)] == [1200.50, 1200.50]
    assert accounting.delete("fees", pk).status_code == 204
    assert Fee.history.filter(id=pk).latest().history_user == cast.accounting


def test_a_manager_cannot_touch_the_money(manager: Asking, cast: Cast):
    fee = FeeFactory(client=cast.client_a)
    assert manager.get("fees", fee.pk).status_code == 200
    assert manager.patch("fees", fee.pk, amount=1).status_code == 403
    assert manager.delete("fees", fee.pk).status_code == 403


def test_a_director_hands_a_client_over_within_the_department(cast: Cast):
    director = Asking(cast.director)
    row = Assignment.objects.get(client=cast.client_a)
    ended = director.patch("assignments", row.pk, ended_on="2026-01-01")
    assert ended.status_code == 200
    assert director.get("clients", cast.client_a.pk).status_code == 404  # nobody answers for it
    leader = Asking(cast.leader)
    fields = {"client": cast.client_a.pk, "pod": cast.pod_a.pk, "started_on": "2026-01-01"}
    assert leader.post("assignments", **fields).status_code == 201
    assert director.get("clients", cast.client_a.pk).status_code == 200


# -- Contact ----------------------------------------------------------------------------------


def test_a_touchpoint_is_by_whoever_sends_it(manager: Asking, cast: Cast):
    now = timezone.now().replace(microsecond=0)
    answer = manager.post("touchpoints", client=cast.client_a.pk, happened_at=now, channel="call")
    assert answer.status_code == 201
    row = Touchpoint.objects.get()
    assert (row.staff, row.happened_at, row.qualifies) == (cast.manager.staff, now, True)
    assert answer.json()["qualifies"] is True


def test_only_leaders_log_what_is_older_than_a_week(manager: Asking, leader: Asking, cast: Cast):
    long_ago = {"client": cast.client_a.pk, "happened_at": "2026-01-05T10:00:00Z"}
    assert "up to 7 days later" in sentence(manager.post("touchpoints", channel="call", **long_ago))
    assert leader.post("touchpoints", channel="call", **long_ago).status_code == 201


def test_no_contact_lies_ahead_or_is_with_somebody_elses_people(leader: Asking, cast: Cast):
    ahead = timezone.now() + timedelta(hours=1)
    said = {"client": cast.client_a.pk, "channel": "call"}
    assert "after it took place" in sentence(
        leader.post("touchpoints", happened_at=ahead, **said), "happened_at"
    )
    stranger = ContactFactory(client=cast.client_b)
    answer = leader.post("touchpoints", happened_at=timezone.now(), contact=stranger.pk, **said)
    assert "not with this client" in sentence(answer, "contact")
    row = TouchpointFactory(client=cast.client_a)
    assert sentence(leader.patch("touchpoints", row.pk, contact=stranger.pk), "contact")
    assert sentence(leader.patch("touchpoints", row.pk, client=cast.client_b.pk), "client")


# -- Agreements and obligations ---------------------------------------------------------------


def test_signing_keeps_the_words_as_they_stand(manager: Asking, leader: Asking, cast: Cast):
    terms = ExpectationTermsFactory()
    rule = TermsRuleFactory(terms=terms, text="You answer in two days.", business_days=2)
    said = {"client": cast.client_a.pk, "terms": terms.pk, "signed_on": "2026-01-05"}
    made = manager.post("agreements", signer="The owner", **said)
    assert made.status_code == 201
    assert "You answer in two days." in made.json()["signed_text"]
    assert made.json()["reply_business_days"] == 2
    leader.patch("terms-rules", rule.pk, text="You answer at once.")
    kept = manager.get("agreements", made.json()["id"]).json()
    assert "You answer in two days." in kept["signed_text"]


def test_a_signed_copy_is_changed_by_nobody(leader: Asking, cast: Cast):
    signed = SignedAgreementFactory(client=cast.client_a)
    admin = Asking(cast.admin)
    assert leader.patch("agreements", signed.pk, signer="Somebody else").status_code == 403
    assert admin.patch("agreements", signed.pk, signer="Somebody else").status_code == 405
    assert admin.put("agreements", signed.pk, signer="Somebody else").status_code == 405
    assert admin.delete("agreements", signed.pk).status_code == 405


def test_terms_without_a_rule_are_not_signed(manager: Asking, cast: Cast):
    terms = ExpectationTermsFactory()
    said = {"client": cast.client_a.pk, "terms": terms.pk, "signed_on": "2026-01-05"}
    assert "no rules yet" in sentence(manager.post("agreements", signer="The owner", **said))


def test_an_obligation_is_due_in_the_clients_business_time(manager: Asking, cast: Cast):
    Client.objects.filter(pk=cast.client_a.pk).update(country="PL", time_zone="Europe/Warsaw")
    friday = "2026-11-13T16:00:00+01:00"
    said = {"client": cast.client_a.pk, "text": "Approve the ads", "asked_at": friday}
    made = manager.post("obligations", **said)
    assert made.status_code == 201
    due = datetime.fromisoformat(made.json()["due_at"])
    assert due == Client.objects.get(pk=cast.client_a.pk).calendar().due(
        datetime.fromisoformat(friday), 1
    )
    assert due.weekday() == 0
    assert made.json()["asked_by"] == cast.manager.staff.pk


def test_the_clients_answer_stops_the_clock_once(manager: Asking, cast: Cast):
    row = ObligationFactory(client=cast.client_a)
    said = {"answered_at": row.asked_at + timedelta(hours=3), "answer": "Yes"}
    answered = manager.browser.post(
        f"/api/v1/obligations/{row.pk}/answer/",
        {"answered_at": said["answered_at"].isoformat(), "answer": "Yes"},
        content_type="application/json",
    )
    assert answered.status_code == 200
    assert answered.json()["answer"] == "Yes"
    again = manager.browser.post(
        f"/api/v1/obligations/{row.pk}/answer/",
        {"answered_at": said["answered_at"].isoformat()},
        content_type="application/json",
    )
    assert "already" in sentence(again)
    assert "added, and stays" in sentence(
        manager.patch("obligations", row.pk, asked_at="2026-11-01T10:00:00Z"), "asked_at"
    )
    assert Obligation.objects.get().asked_at == row.asked_at


# -- Goals ------------------------------------------------------------------------------------


def test_a_goal_runs_for_90_days(manager: Asking, cast: Cast):
    said = {"client": cast.client_a.pk, "name": "Leads", "baseline": 10, "target": 20}
    start = timezone.localdate() - timedelta(days=3)
    made = manager.post("client-goals", starts_on=start, **said)
    assert made.status_code == 201
    assert made.json()["ends_on"] == str(start + timedelta(days=90))
    twin = manager.post("client-goals", starts_on=start + timedelta(days=2), **said)
    assert "has the goal" in sentence(twin)


def test_no_goal_is_agreed_on_for_a_past_that_is_known(manager: Asking, cast: Cast):
    said = {"client": cast.client_a.pk, "name": "Ancient", "baseline": 0, "target": 1}
    past = timezone.localdate() - timedelta(days=15)
    refused = manager.post("client-goals", starts_on=past, **said)
    assert "not for the past" in sentence(refused, "starts_on")


def test_numbers_that_no_database_could_give_back_are_refused(manager: Asking, cast: Cast):
    goal = ClientGoalFactory(
        client=cast.client_a, starts_on=timezone.localdate() - timedelta(days=10)
    )
    today = timezone.localdate()
    said = {"goal": goal.pk, "read_on": today, "value": "-999999999999.9999"}
    assert manager.post("goal-readings", **said).status_code == 400
    said["value"] = "-99999999999.9999"
    assert manager.post("goal-readings", **said).status_code == 201
    assert manager.get("goal-readings").status_code == 200
    assert manager.browser.get("/").status_code == 200


def test_a_reading_is_of_a_day_within_the_goal_and_not_ahead(manager: Asking, cast: Cast):
    start = timezone.localdate() - timedelta(days=10)
    goal = ClientGoalFactory(client=cast.client_a, starts_on=start)
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)
    assert manager.post("goal-readings", goal=goal.pk, read_on=today, value=5).status_code == 201
    for day in (tomorrow, start - timedelta(days=1)):
        assert sentence(manager.post("goal-readings", goal=goal.pk, read_on=day, value=5))
    twice = manager.post("goal-readings", goal=goal.pk, read_on=today, value=6)
    assert "has a reading for that day" in sentence(twice)


def test_a_mistyped_reading_is_put_right(manager: Asking, cast: Cast):
    reading = GoalReadingFactory(goal__client=cast.client_a)
    assert manager.patch("goal-readings", reading.pk, value="99.5").status_code == 200
    moved = manager.patch("goal-readings", reading.pk, read_on=date(2026, 11, 2))
    assert "stays so" in sentence(moved, "read_on")


# -- People -----------------------------------------------------------------------------------


def test_who_leaves_cannot_sign_in_any_more(leader: Asking, cast: Cast):
    today = timezone.localdate()
    staff = cast.designer.staff
    assert leader.patch("staff", staff.pk, ended_on=today).status_code == 200
    cast.designer.refresh_from_db()
    assert not cast.designer.is_active
    assert Asking(cast.designer).get("clients").status_code == 401


def test_nobody_makes_themselves_a_leader(manager: Asking, cast: Cast):
    staff = cast.manager.staff
    assert manager.patch("staff", staff.pk, role="leadership").status_code == 403
    director = Asking(cast.director)
    assert director.patch("staff", cast.director.staff.pk, role="leadership").status_code == 403
    assert Staff.objects.get(pk=staff.pk).role == "account_manager"


def test_what_others_hang_on_is_not_deleted(cast: Cast):
    admin = Asking(cast.admin)
    PodMembershipFactory(pod=cast.pod_a, staff=cast.salesperson.staff)
    answer = admin.delete("staff", cast.salesperson.staff.pk)
    assert answer.status_code == 409
    assert answer.json()["detail"] == "This cannot be deleted: pod memberships hang on it."


def test_contacts_come_and_go(manager: Asking, cast: Cast):
    made = manager.post("contacts", client=cast.client_a.pk, name="Ann", email="ann@acme.example")
    pk = made.json()["id"]
    assert manager.patch("contacts", pk, decides=True).json()["decides"] is True
    assert "valid email" in sentence(manager.patch("contacts", pk, email="nowhere"), "email")
    assert manager.delete("contacts", pk).status_code == 403
    assert Asking(cast.director).delete("contacts", pk).status_code == 204
    assert Contact.history.filter(id=pk).latest().history_user == cast.director
