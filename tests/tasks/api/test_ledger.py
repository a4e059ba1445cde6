"""The ledger over HTTP: read by filters, asked and decided by deeds, never written past them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tasks.models import Postponement, Promise, PromiseEvent
from tests.api.asking import Asking
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import ObligationFactory
from tests.factories.ledger import (
    FindingFactory,
    PostponementFactory,
    PromiseEventFactory,
    PromiseFactory,
)

pytestmark = pytest.mark.django_db
NOUNS = ("promises", "promise-events", "findings")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def promise(cast: Cast) -> Promise:
    row: Promise = PromiseFactory(
        client=cast.client_a,
        owner=cast.manager.staff,
        text="Booking form",
        due_on=timezone.localdate() + timedelta(days=2),
    )
    return row


def deed(user: Any, noun: str, row: Any, name: str, **fields: Any) -> Any:
    url = f"/api/v1/{noun}/{row.pk}/{name}/"
    return Asking(user).browser.post(url, fields, content_type="application/json")


def wish(promise: Promise, **more: Any) -> dict[str, Any]:
    later = promise.due_on + timedelta(days=7)
    return {"promise": promise.pk, "due_on": later, "reason": "estimate", "text": "More", **more}


def ids(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def test_a_promise_is_told_with_how_it_stands(cast: Cast, promise: Promise):
    told = Asking(cast.manager).get("promises", promise.pk).json()
    assert (told["text"], told["state"], told["attempts"]) == ("Booking form", "open", 0)
    assert told["due_on"] == told["agreed_on"] == told["in_asana_on"] == str(promise.due_on)
    assert (told["completed_on"], told["continues"]) == (None, None)


def test_lists_are_narrowed_by_what_people_ask_for(cast: Cast, promise: Promise):
    done = PromiseFactory(client=cast.client_a, standing__state="done")
    copy = PromiseFactory(client=cast.client_a, standing__continues=promise)
    leader = Asking(cast.leader)
    assert ids(leader.get("promises", state="done")) == [done.pk]
    assert ids(leader.get("promises", continued="true")) == [copy.pk]
    assert ids(leader.get("promises", search="booking")) == [promise.pk]
    assert ids(leader.get("promises", owner=cast.manager.staff.pk)) == [promise.pk]
    assert ids(leader.get("promises", client=cast.client_b.pk)) == []
    late = PromiseEventFactory(promise=promise, happened_at=timezone.now())
    early = PromiseEventFactory(promise=done, kind="cleared", excuse="done")
    day = timezone.localdate()
    assert ids(leader.get("promise-events", happened_from=day)) == [late.pk]
    assert ids(leader.get("promise-events", happened_before=day)) == [early.pk]
    assert ids(leader.get("promise-events", kind="cleared")) == [early.pk]
    assert ids(leader.get("promise-events", ordering="-happened_at")) == [late.pk, early.pk]
    finding = FindingFactory(promise=promise, event=None)
    assert ids(leader.get("findings", state="open", client=cast.client_a.pk)) == [finding.pk]
    assert ids(leader.get("findings", state="confirmed")) == []


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_ledger_takes_no_writing(cast: Cast, promise: Promise, noun: str, method: str):
    event = PromiseEventFactory(promise=promise)
    rows = {
        "promises": promise,
        "promise-events": event,
        "findings": FindingFactory(promise=promise, event=event),
    }
    asking, fields = Asking(cast.leader), {"text": "Easier", "due_on": "2027-01-01"}
    pk = None if method == "post" else rows[noun].pk
    sent = (
        asking.delete(noun, pk)
        if method == "delete"
        else getattr(asking, method)(noun, pk, **fields)
    )
    assert sent.status_code in (403, 405)
    assert Asking(cast.admin).delete(noun, rows[noun].pk).status_code == 405
    promise.refresh_from_db()
    assert promise.text == "Booking form"


def test_another_day_is_asked_for_by_whoever_sends_it(cast: Cast, promise: Promise):
    made = Asking(cast.manager).post("postponements", **wish(promise))
    assert made.status_code == 201, made.content
    assert made.json()["asked_by"] == cast.manager.staff.pk
    assert made.json()["state"] == "asked"
    assert PromiseEvent.objects.get().kind == "asked"
    again = Asking(cast.designer).post("postponements", **wish(promise))
    assert "wait for the answer" in again.json()["non_field_errors"][0]


@pytest.mark.parametrize(
    ("field", "value"),
    [("state", "approved"), ("asked_by", 1), ("decided_by", 1), ("note", "Mine")],
)
def test_nobody_sends_the_answer_with_the_question(
    cast: Cast, promise: Promise, field: str, value: Any
):
    refused = Asking(cast.manager).post("postponements", **wish(promise), **{field: value})
    assert refused.status_code == 400
    assert "leave it away" in refused.json()[field][0]


def test_the_same_rules_hold_as_on_the_page(cast: Cast, promise: Promise):
    asking = Asking(cast.manager)
    early = asking.post("postponements", **wish(promise, due_on=promise.due_on))
    assert "Choose a day after" in early.json()["due_on"][0]
    blocked = asking.post("postponements", **wish(promise, reason="client"))
    assert "Say what the client owes us" in blocked.json()["non_field_errors"][0]
    owed = ObligationFactory(client=cast.client_a)
    made = asking.post("postponements", **wish(promise, reason="client", obligation=owed.pk))
    assert made.status_code == 201
    foreign = ObligationFactory(client=cast.client_b)
    other = PromiseFactory(client=cast.client_a, due_on=promise.due_on)
    mixed = {**wish(other, reason="client"), "obligation": foreign.pk}
    assert (
        "Another client"
        in Asking(cast.leader).post("postponements", **mixed).json()["obligation"][0]
    )


def test_directors_and_leaders_answer_and_nobody_else(cast: Cast, promise: Promise):
    asked = PostponementFactory(promise=promise)
    for person in (cast.manager, cast.designer, cast.accounting):
        assert deed(person, "postponements", asked, "approve").status_code == 403
    done = deed(cast.director, "postponements", asked, "approve", note="Fine")
    assert (done.status_code, done.json()["state"], done.json()["note"]) == (
        200,
        "approved",
        "Fine",
    )
    assert Promise.objects.get().standing.agreed_on == asked.due_on
    late = deed(cast.leader, "postponements", asked, "refuse")
    assert "Somebody was quicker" in late.json()["non_field_errors"][0]


def test_who_asks_does_not_approve(cast: Cast, promise: Promise):
    asked = PostponementFactory(promise=promise, asked_by=cast.director.staff)
    refused = deed(cast.director, "postponements", asked, "approve")
    assert "Who asks cannot agree" in refused.json()["non_field_errors"][0]


def test_a_finding_is_confirmed_or_dismissed_with_a_reason(cast: Cast, promise: Promise):
    one, two = (FindingFactory(promise=promise, event=None) for _ in range(2))
    assert deed(cast.manager, "findings", one, "confirm").status_code == 403
    assert deed(cast.director, "findings", one, "confirm").json()["state"] == "confirmed"
    assert "note" in deed(cast.director, "findings", two, "dismiss").json()
    assert "note" in deed(cast.director, "findings", two, "dismiss", note=" ").json()
    told = deed(cast.director, "findings", two, "dismiss", note="Agreed by phone").json()
    assert (told["state"], told["decided_by"]) == ("dismissed", cast.director.staff.pk)


def test_an_account_of_nobody_cannot_act_in_the_ledger(cast: Cast, promise: Promise):
    asked = PostponementFactory(promise=promise)
    other = PromiseFactory(client=cast.client_a, due_on=promise.due_on)
    refused = deed(cast.admin, "postponements", asked, "approve")
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "Your account belongs to no member of staff.",
    )
    assert Asking(cast.admin).post("postponements", **wish(other)).status_code == 403
    assert Postponement.objects.get().state == "asked"
