"""One promise: its frozen words and events, asking for another day, and deciding."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client as Browser

from tasks.ledger import postponing
from tasks.models import Finding, Postponement, PromiseEvent
from tests.factories.asana import TaskFactory
from tests.factories.cast import make_cast
from tests.factories.clients import ObligationFactory
from tests.factories.ledger import (
    FindingFactory,
    PostponementFactory,
    PromiseEventFactory,
    PromiseFactory,
    StandingFactory,
    moved,
)
from tests.metrics.views.browsing import browser_of, links, opened, queries, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
ASKED = {"due_on": "2026-11-25", "reason": "estimate", "text": "Three more pages than we knew."}


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def promise(cast):
    return PromiseFactory(client=cast.client_a, owner=cast.manager.staff, text="Booking form")


def address(promise, deed=""):
    return f"/deadlines/{promise.pk}/{deed}"


def post(user, url, **fields):
    return browser_of(user).post(url, fields)


def standing(promise):
    return type(promise).objects.get(pk=promise.pk).standing


# -- Looking ----------------------------------------------------------------------------------


def test_the_page_shows_the_words_the_days_and_the_task_in_asana(cast, promise):
    page = opened(cast.manager, address(promise))
    text = words(page)
    assert "Promised to Acme by Manager, for 20 Nov." in text
    assert "These words and that day are fixed." in text
    assert promise.task.asana_url in links(page)
    assert "Promised 20 Nov Manager Mon 2 Nov, 09:00 Seen when Asana was read" in text


def test_events_are_told_in_order_with_who_when_and_how_we_know(cast, promise):
    PromiseEventFactory(promise=promise, kind="cleared", now="", happened_at=THURSDAY)
    PromiseEventFactory(promise=promise)
    text = words(opened(cast.manager, address(promise)))
    assert "Due date moved 20 Nov → 27 Nov Someone in Asana Mon 9 Nov" in text
    assert "Due date taken away 20 Nov → no date" in text
    assert text.index("Due date moved") < text.index("Due date taken away")
    assert "Asana’s own record of the task" in text


def test_an_hour_a_machine_and_another_task_are_told_apart(cast, promise):
    PromiseEventFactory(promise=promise, now="2026-11-27T09:30:00+00:00", excuse="rollup")
    twin = TaskFactory(gid="777", name="Booking form again")
    PromiseEventFactory(promise=promise, kind="recreated", was="5", now="777", twin=twin)
    page = opened(cast.manager, address(promise))

    assert "Fri 27 Nov, 09:30 Asana moved it to cover its subtasks" in words(page)
    assert "Made anew as another task task 5 → task 777" in words(page)
    assert twin.asana_url in links(page)


def test_a_promise_that_carries_on_another_leads_to_it(cast, promise):
    copy = PromiseFactory(client=cast.client_a, text="Booking form 2", standing__continues=promise)
    page = opened(cast.manager, address(copy))
    assert "only carries on an older promise" in words(page)
    assert address(promise) in links(page)


@pytest.mark.parametrize("deed", ["", "postpone/"], ids=["the page", "asking for another day"])
def test_a_foreign_promise_is_absent(cast, promise, deed):
    foreign = PromiseFactory(client=cast.client_b)
    browser, method = browser_of(cast.manager), "post" if deed else "get"
    for url in (address(foreign, deed), f"/deadlines/999999/{deed}"):
        assert getattr(browser, method)(url, ASKED).status_code == 404
    assert not Postponement.objects.exists()


@pytest.mark.parametrize("person", ["leader", "director", "manager"])
def test_a_long_story_costs_no_more_queries(cast, promise, person):
    FindingFactory(promise=promise)
    few = queries(cast.person(person), address(promise))
    for number in range(6):
        FindingFactory(promise=promise, twin=TaskFactory(gid=f"9{number}"))
        PostponementFactory(
            promise=promise, state="refused", decided_by=cast.leader.staff, decided_at=THURSDAY
        )
    assert queries(cast.person(person), address(promise)) <= few <= 12


# -- Asking for another day -------------------------------------------------------------------


def test_another_day_is_asked_for_and_the_agreed_one_counts_until_then(cast, promise):
    response = post(cast.manager, address(promise, "postpone/"), **ASKED)
    assert (response.status_code, response.url) == (302, address(promise))
    row = Postponement.objects.get()
    assert (row.due_on, row.asked_by, row.state) == (
        date(2026, 11, 25),
        cast.manager.staff,
        "asked",
    )
    assert standing(promise).agreed_on == date(2026, 11, 20)
    text = words(opened(cast.director, address(promise)))
    assert "25 Nov in place of 20 Nov, asked by Manager" in text
    assert "More work than we thought: Three more pages" in text
    assert 'id="postpone"' not in opened(cast.manager, address(promise)).content.decode()


@pytest.mark.parametrize("person", ["leader", "director", "manager", "designer"])
def test_everybody_who_works_on_the_client_may_ask(cast, promise, person):
    assert post(getattr(cast, person), address(promise, "postpone/"), **ASKED).status_code == 302
    assert Postponement.objects.get().asked_by == getattr(cast, person).staff


def test_accounting_reads_the_ledger_and_asks_for_nothing(cast, promise):
    page = opened(cast.accounting, address(promise)).content.decode()
    assert 'id="postpone"' not in page
    assert post(cast.accounting, address(promise, "postpone/"), **ASKED).status_code == 403


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"due_on": "2026-11-20"}, "Choose a day after 20 Nov 2026, which is agreed now."),
        ({"due_on": ""}, "This field is required."),
        ({"due_on": "soon"}, "Enter a valid date."),
        ({"reason": ""}, "This field is required."),
        ({"reason": "weather"}, "not one of the available choices"),
        ({"reason": "client"}, "Choose what the client owes us."),
        ({"text": " "}, "This field is required."),
        ({"text": "x" * 501}, "at most 500 characters"),
    ],
)
def test_a_mistake_is_explained_in_place_and_nothing_typed_is_lost(cast, promise, told, sentence):
    response = post(cast.manager, address(promise, "postpone/"), **{**ASKED, **told})
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    for name, value in {**ASKED, **told}.items():
        if value.strip() and name != "reason":
            assert value in page
    assert not Postponement.objects.exists()


def test_who_is_blocked_by_the_client_names_what_the_client_owes(cast, promise):
    ours = ObligationFactory(client=cast.client_a, text="Send the price list")
    answered = ObligationFactory(client=cast.client_a, answered_at=THURSDAY, text="Old matter")
    foreign = ObligationFactory(client=cast.client_b, text="Foreign matter")
    page = words(opened(cast.manager, address(promise)))
    assert "Send the price list" in page
    assert "Old matter" not in page
    assert "Foreign matter" not in page
    blocked = {**ASKED, "reason": "client"}
    for wrong in (answered, foreign):
        post(cast.manager, address(promise, "postpone/"), **blocked, obligation=wrong.pk)
    assert not Postponement.objects.exists()
    post(cast.manager, address(promise, "postpone/"), **blocked, obligation=ours.pk)
    assert Postponement.objects.get().obligation == ours


def test_a_second_request_waits_for_the_first_answer(cast, promise):
    post(cast.manager, address(promise, "postpone/"), **ASKED)
    again = post(cast.designer, address(promise, "postpone/"), **ASKED)
    assert "wait for the answer" in again.content.decode()
    assert Postponement.objects.count() == 1


def test_what_is_done_is_not_postponed(cast):
    done = PromiseFactory(client=cast.client_a, standing__state="done")
    assert 'id="postpone"' not in opened(cast.manager, address(done)).content.decode()
    refused = post(cast.manager, address(done, "postpone/"), **ASKED)
    assert "nothing to postpone" in refused.content.decode()


def test_who_is_no_member_of_staff_can_only_look(cast, promise):
    asked = PostponementFactory(promise=promise)
    refused = post(cast.admin, address(promise, "postpone/"), **ASKED)
    assert "belongs to no member of staff" in refused.content.decode()
    refused = post(cast.admin, f"/deadlines/requests/{asked.pk}/approve/")
    assert "belongs to no member of staff" in refused.content.decode()
    asked.refresh_from_db()
    assert asked.state == "asked"


# -- Deciding ---------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["leader", "director"])
@pytest.mark.parametrize(
    ("deed", "state", "agreed"),
    [("approve", "approved", date(2026, 11, 27)), ("refuse", "refused", date(2026, 11, 20))],
)
def test_one_click_of_a_director_or_leader_answers(cast, promise, person, deed, state, agreed):
    asked = PostponementFactory(promise=promise)
    response = post(getattr(cast, person), f"/deadlines/requests/{asked.pk}/{deed}/")
    assert response.url == address(promise)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (state, getattr(cast, person).staff)
    assert standing(promise).agreed_on == agreed
    assert state.capitalize() in words(opened(cast.manager, address(promise)))


def test_the_answer_leads_back_to_where_it_was_given(cast, promise):
    asked = PostponementFactory(promise=promise)
    url = f"/deadlines/requests/{asked.pk}/approve/"
    assert post(cast.director, url, next="/pods/amber/").url == "/pods/amber/"
    asked = PostponementFactory(promise=promise, due_on=date(2026, 12, 24))
    url = f"/deadlines/requests/{asked.pk}/approve/"
    assert post(cast.director, url, next="https://elsewhere.example/").url == address(promise)


def test_who_asks_does_not_answer(cast, promise):
    asked = PostponementFactory(promise=promise, asked_by=cast.director.staff)
    page = words(opened(cast.director, address(promise)))
    assert "You asked: another director or leader answers." in page
    refused = post(cast.director, f"/deadlines/requests/{asked.pk}/approve/", note="My own")
    assert "Who asks cannot agree" in refused.content.decode()
    assert standing(promise).agreed_on == date(2026, 11, 20)


def test_the_second_of_two_who_answer_hears_it_and_keeps_the_note(cast, promise):
    asked = PostponementFactory(promise=promise)
    postponing.refuse(postponement=asked, by=cast.leader.staff, now=THURSDAY)
    late = post(cast.director, f"/deadlines/requests/{asked.pk}/approve/", note="Fine with me")
    assert "Somebody was quicker: it is refused already." in late.content.decode()
    assert standing(promise).agreed_on == date(2026, 11, 20)


def test_a_finding_is_confirmed_with_one_click(cast):
    finding = moved(cast.client_a, cast.manager.staff)
    page = opened(cast.director, address(finding.promise))
    assert "Due date moved" in words(page)
    assert "certain" in words(page)
    post(cast.director, f"/deadlines/findings/{finding.pk}/confirm/")
    finding.refresh_from_db()
    assert (finding.state, finding.decided_by) == ("confirmed", cast.director.staff)
    assert "Confirmed by Director" in words(opened(cast.manager, address(finding.promise)))


def test_a_finding_is_dismissed_with_a_note_only(cast):
    finding = moved(cast.client_a, cast.manager.staff)
    url = f"/deadlines/findings/{finding.pk}/dismiss/"
    refused = post(cast.director, url, note=" ")
    assert "Say in a few words why it is in order." in refused.content.decode()
    too_long = post(cast.director, url, note="Agreed on the phone " * 30)
    assert "at most 500 characters" in too_long.content.decode()
    assert "Agreed on the phone" in too_long.content.decode()
    assert Finding.objects.get().state == "open"
    post(cast.director, url, note="Agreed on the phone")
    assert standing(finding.promise).attempts == 0
    page = words(opened(cast.manager, address(finding.promise)))
    assert "Dismissed by Director" in page
    assert "“Agreed on the phone”" in page


def test_a_twin_that_is_confirmed_is_joined_to_the_first_promise(cast, promise):
    twin = TaskFactory(gid="888", name="Booking form v2", due_on=date(2026, 12, 4))
    finding = FindingFactory(promise=promise, kind="recreated", event=None, twin=twin, score=0.83)
    copy = PromiseFactory(client=cast.client_a, task=twin, text="Booking form v2", standing=None)
    StandingFactory(promise=copy)
    page = opened(cast.director, address(promise))
    assert "83% sure" in words(page)
    assert twin.asana_url in links(page)
    post(cast.director, f"/deadlines/findings/{finding.pk}/confirm/")
    assert standing(promise).carrier == twin
    assert standing(copy).continues == promise


@pytest.mark.parametrize("person", ["manager", "designer", "accounting"])
def test_others_only_read_findings_and_requests(cast, promise, person):
    finding, asked = FindingFactory(promise=promise), PostponementFactory(promise=promise)
    user = getattr(cast, person)
    page = words(opened(user, address(promise)))
    assert "A director or leader answers." in page
    assert "A director or leader confirms or dismisses it." in page
    for url in (
        f"/deadlines/requests/{asked.pk}/approve/",
        f"/deadlines/requests/{asked.pk}/refuse/",
        f"/deadlines/findings/{finding.pk}/confirm/",
        f"/deadlines/findings/{finding.pk}/dismiss/",
    ):
        assert post(user, url, note="x").status_code == 403
    assert set(PromiseEvent.objects.values_list("kind", flat=True)) == {"moved"}


def test_foreign_findings_and_requests_are_absent(cast):
    foreign = PromiseFactory(client=cast.client_b)
    finding, asked = FindingFactory(promise=foreign), PostponementFactory(promise=foreign)
    for kind, pk, deeds in (
        ("requests", asked.pk, ("approve", "refuse")),
        ("findings", finding.pk, ("confirm", "dismiss")),
    ):
        for deed in deeds:
            for number in (pk, 999_999):
                url = f"/deadlines/{kind}/{number}/{deed}/"
                assert post(cast.director, url, note="x").status_code == 404
    assert Finding.objects.get().state == "open"


def test_deeds_are_posted_and_signed_in(cast, promise):
    asked = PostponementFactory(promise=promise)
    for url in (address(promise, "postpone/"), f"/deadlines/requests/{asked.pk}/approve/"):
        assert browser_of(cast.leader).get(url).status_code == 405
        assert Browser().post(url).url.startswith("/accounts/login/")


def test_late_days_are_counted_from_the_agreed_day(cast):
    late = PromiseFactory(client=cast.client_a, standing__agreed_on=THURSDAY.date() - timedelta(3))
    assert "3 days late." in words(opened(cast.manager, address(late)))
