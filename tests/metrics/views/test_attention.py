"""The attention page and the limits: whole without JavaScript, only for those who may."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client as Browser

from metrics import attending
from metrics.models import AttentionCase, Limit
from tests.factories.cast import make_cast
from tests.factories.clients import TouchpointFactory
from tests.metrics.views.test_pages import BACKEND, text

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast():
    cast = make_cast()
    for client in (cast.client_a, cast.client_b):
        TouchpointFactory(client=client, happened_at=NOW - timedelta(days=12))
    return cast


@pytest.fixture
def browse(cast):
    def signed_in(name="leader"):
        browser = Browser()
        browser.force_login(getattr(cast, name), backend=BACKEND)
        return browser

    return signed_in


def test_the_list_tells_all_reasons_of_a_client_in_one_row(browse):
    page = text(browse().get("/attention/"))
    assert "2 clients need a decision" in page
    assert page.count("12 days without contact (limit 10), No weekly goals for week 47") == 2


def test_the_filters_are_in_the_address(browse):
    assert "Acme" not in text(browse().get("/attention/?pod=basalt&rule=contact"))
    assert "Nothing passes these filters" in text(browse().get("/attention/?state=snoozed"))
    assert "2 clients need" in text(browse().get("/attention/?state=nonsense&pod="))


def test_a_decision_is_a_plain_form_and_leads_back_to_the_filtered_list(browse, cast):
    browser = browse()
    form = browser.get("/attention/acme/assign/?next=/attention/?pod=amber")
    assert 'value="/attention/?pod=amber"' in form.content.decode()
    said = {
        "owner": cast.manager.staff.pk,
        "next_action": "Call the owner",
        "due_on": "2026-11-20",
        "version": "0",
        "next": "/attention/?pod=amber",
    }
    answer = browser.post("/attention/acme/assign/", said)
    assert (answer.status_code, answer["Location"]) == (302, "/attention/?pod=amber")
    page = text(browser.get("/attention/?state=assigned"))
    assert "Manager: Call the owner, until 20 Nov" in page


def test_a_conflict_is_told_in_words_and_nothing_is_overwritten(browse, cast):
    said = {
        "owner": cast.manager.staff.pk,
        "next_action": "Call",
        "due_on": "2026-11-20",
        "version": "0",
    }
    browse().post("/attention/acme/assign/", said)
    answer = browse("director").post(
        "/attention/acme/assign/", {**said, "next_action": "Write", "version": "1"}
    )
    assert "Somebody changed this meanwhile: Manager sees to it, Call until" in text(answer)
    assert AttentionCase.objects.get(client=cast.client_a).next_action == "Call"


def test_what_is_closed_or_put_off_leaves_today_too_and_can_be_taken_back(browse):
    browser = browse()
    browser.post("/attention/acme/close/", {"reason": "They asked for it", "version": "0"})
    until = {"until": "2026-11-25", "reason": "On holiday", "version": "0"}
    answer = browser.post("/attention/boreal/snooze/", until, follow=True)
    assert "Boreal put off." in text(answer)
    assert "Undo" in text(answer)
    assert "No client needs a decision today" in text(browser.get("/"))
    assert "Put off until 25 Nov: On holiday" in text(browser.get("/attention/?state=snoozed"))
    browser.post("/attention/boreal/reopen/")
    assert "1 client needs a decision today" in text(browser.get("/"))
    assert "needed a decision that day" in text(browser.get("/?as_of=2026-11-01"))


def test_each_decision_is_told_with_its_undo_and_a_foreign_one_is_not_undone(browse, cast):
    browser = browse()
    owner = cast.manager.staff
    said = {"owner": owner.pk, "next_action": "Call", "due_on": "2026-11-20", "version": "0"}
    answer = browser.post("/attention/acme/assign/", said, follow=True)
    assert 'action="/attention/acme/undo/"' in answer.content.decode()
    assert 'name="version" value="2"' in answer.content.decode()
    assert browse("manager_b").post("/attention/acme/undo/", {"version": "2"}).status_code == 404
    assert browse("accounting").post("/attention/acme/undo/", {"version": "2"}).status_code == 403
    nonsense = browser.post("/attention/acme/undo/", {"version": "x"}, follow=True)
    assert "not undone" in text(nonsense)
    undone = browser.post("/attention/acme/undo/", {"version": "2"}, follow=True)
    assert "Undone: Acme is as before." in text(undone)
    assert AttentionCase.objects.get(client=cast.client_a).owner is None


def test_a_foreign_client_is_not_there_and_accounting_decides_nothing(browse):
    for deed in ("assign", "snooze", "close"):
        assert browse("manager").get(f"/attention/boreal/{deed}/").status_code == 404
        assert browse("accounting").get(f"/attention/acme/{deed}/").status_code == 403
    assert browse("manager").post("/attention/boreal/reopen/").status_code == 404
    assert browse("accounting").post("/attention/acme/reopen/").status_code == 403
    assert "Boreal" not in text(browse("manager").get("/attention/"))


def test_a_limit_is_tried_out_before_it_is_saved(browse):
    browser = browse()
    page = text(browser.get("/settings/limits/?contact=20"))
    assert "would flag 0 clients now (2 today)" in page
    assert "Nothing is saved yet" in page
    assert not Limit.objects.exists()
    browser.post("/settings/limits/", {"contact": "20"})
    limit = Limit.objects.get()
    assert (limit.key, limit.value, limit.set_by.name) == ("contact", 20, "Leader")
    assert "without contact" not in text(browser.get("/attention/"))
    assert "12 days" not in text(browser.get("/attention/?as_of=2026-11-18"))


def test_yesterday_is_judged_by_the_limit_of_yesterday(browse):
    browser = browse()
    browser.post("/settings/limits/", {"contact": "20"})
    assert "11 days without contact" in text(browser.get("/attention/?as_of=2026-11-18"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("-1", "A whole number from 0 to 365."),
        ("2.5", "A whole number"),
        ("nan", "A whole number"),
        ("soon", "Type a number."),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused_beside_its_field(browse, typed, told):
    answer = browse().post("/settings/limits/", {"contact": typed})
    assert answer.status_code == 400
    assert told in text(answer)
    assert not Limit.objects.exists()


def test_limits_are_for_leaders(browse):
    assert browse("director").get("/settings/limits/").status_code == 404
    assert browse("admin").get("/settings/limits/").status_code == 200


def menu_count(page):
    """What stands beside the list in the menu; None: nothing does."""
    found = re.search(r"Needs a decision</span><span class=.count.>(\d+)", page.content.decode())
    return int(found[1]) if found else None


def test_the_menu_counts_what_waits_for_the_reader_and_not_what_sleeps(browse, cast):
    attending.refresh(NOW)
    assert menu_count(browse().get("/tactics/")) == 2
    manager = browse("manager")
    assert menu_count(manager.get("/tactics/")) == 1
    until = {"until": "2026-11-25", "reason": "On holiday", "version": "1"}
    manager.post("/attention/acme/snooze/", until)
    assert menu_count(manager.get("/tactics/")) is None
    manager.post("/attention/acme/reopen/")
    assert menu_count(manager.get("/attention/")) == 1


def test_the_csv_holds_the_rows_of_the_filters_and_nobody_elses(browse, cast):
    browse().post(
        "/attention/acme/snooze/",
        {"until": "2026-11-25", "reason": "=On holiday", "version": "0"},
    )
    rows = list(csv.DictReader(io.StringIO(export(browse(), "state=snoozed"))))
    assert [(row["client"], row["state"], row["days_open"]) for row in rows] == [
        ("Acme", "snoozed", "2")
    ]
    assert rows[0]["rules"] == "contact no_goals"
    assert rows[0]["put_off_because"].startswith("'=")
    assert "Boreal" in export(browse(), "")
    assert "Boreal" not in export(browse("manager"), "")


def export(browser, asked):
    return browser.get(f"/attention/?format=csv&{asked}").content.decode("utf-8-sig")


def test_each_reason_leads_to_its_rows(browse):
    page = browse().get("/attention/").content.decode()
    assert 'href="/clients/acme/#contacts"><b>12 days without contact</b>' in page
    assert 'href="/clients/acme/#weeks"><b>No weekly goals</b>' in page


def test_a_clients_page_tells_every_reason_that_the_list_does(browse, cast):
    cast.client_a.engagements.update(notice_on=NOW.date())
    page = text(browse().get("/clients/acme/"))
    assert "3 rules broken: days since contact 12 days, notice given, no weekly goals." in page


def test_the_score_is_a_column_that_sorts_and_leads_to_its_parts(browse, cast):
    TouchpointFactory(client=cast.client_a, happened_at=NOW - timedelta(days=1))
    cast.client_b.pauses.create(started_on=NOW.date())  # on hold: there is no score
    page = browse().get("/clients/?sort=warning").content.decode()
    assert 'href="/clients/acme/#warning" title="Warning">0<' in page
    assert page.index(">Acme<") < page.index(">Boreal<")
    assert 'class="num warning-cell"></td>' in page
    rows = csv.DictReader(
        io.StringIO(browse().get("/clients/?format=csv").content.decode("utf-8-sig"))
    )
    assert [row["warning_score"] for row in rows] == ["0.0", ""]


def test_a_long_list_is_shown_in_pages_and_every_count_is_of_the_whole(browse, cast, monkeypatch):
    monkeypatch.setattr("metrics.views.attention.ROWS_A_PAGE", 1)
    first, second = (browse().get(f"/attention/?page={number}") for number in (1, 2))
    shown = [re.findall(r'id="case-(\w+)"', page.content.decode()) for page in (first, second)]
    assert sorted(shown[0] + shown[1]) == ["acme", "boreal"]
    for page in (first, second):
        assert "2 clients need a decision" in text(page)
        assert "Page " in text(page)
    back = re.search(r'href="(/attention/\w+/assign/[^"]+)"', second.content.decode())
    assert back
    assert back[1].endswith("?next=%2Fattention%2F%3Fpage%3D2")
    assert len(export(browse(), "page=2").splitlines()) == 3


def test_a_page_that_is_gone_shows_the_last_one_that_is_left(browse):
    assert "12 days without contact" in text(browse().get("/attention/?page=7"))
