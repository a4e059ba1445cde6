"""The small forms in the rows of My week, with and without JavaScript, and who may send them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client as Browser

from clients.models import Touchpoint
from tasks.models import WeeklyGoal, WeekNote
from tests.factories.cast import make_cast
from tests.factories.clients import ClientGoalFactory, TouchpointFactory
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
THIS_WEEK, NEXT_WEEK = date(2026, 11, 16), date(2026, 11, 23)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
QUERY = "?week=2026-W47&manager=manager"
Status = WeeklyGoal.Status


@pytest.fixture(autouse=True)
def _thursday_of_week_47():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def goal(cast):
    return WeeklyGoalFactory(
        client=cast.client_a, manager=cast.manager.staff, week_starts_on=THIS_WEEK, text="Cut 40"
    )


@pytest.fixture
def planned(cast):
    """A goal for next week, whose words may still change."""
    return WeeklyGoalFactory(
        client=cast.client_a,
        manager=cast.manager.staff,
        week_starts_on=NEXT_WEEK,
        committed_at=None,
        text="Retarget no-shows",
    )


def sent(user, address, fields, expect=302, query=QUERY, **headers):
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    response = browser.post(f"/week/{address}{query}", fields, headers=headers)
    assert response.status_code == expect, response.content.decode()[:800]
    return response


def swapped(user, address, fields, query=QUERY):
    """What htmx gets: one row and the counts."""
    response = sent(user, address, fields, expect=200, query=query, HX_Request="true")
    return " ".join(response.content.decode().split())


def test_a_goal_is_marked_and_the_browser_goes_back_to_its_row(cast, goal):
    fields = {"status": "met"}
    response = sent(cast.manager, f"goals/{goal.pk}/1/mark/", fields)
    assert response.url == f"/week/{QUERY}#row-acme"
    goal.refresh_from_db()
    assert (goal.status, goal.closed_at) == (Status.MET, THURSDAY)


def test_the_history_names_who_marked_it(cast, goal):
    sent(cast.manager, f"goals/{goal.pk}/1/mark/", {"status": "missed"})
    assert goal.history.first().history_user == cast.manager


def test_with_htmx_only_the_row_the_heading_and_the_counts_come_back(cast, goal):
    fields = {"status": "met"}
    html = swapped(cast.manager, f"goals/{goal.pk}/1/mark/", fields)
    assert html.startswith('<tr id="row-acme"')
    assert html.count("<tr") == 1
    assert "<html" not in html
    assert "<b>1 of 1</b> weekly goals hit" in html
    assert html.count('hx-swap-oob="true"') == 2


def test_a_slip_is_put_right(cast, goal):
    sent(cast.manager, f"goals/{goal.pk}/1/mark/", {"status": "met"})
    sent(cast.manager, f"goals/{goal.pk}/2/mark/", {"status": "open"})
    goal.refresh_from_db()
    assert (goal.status, goal.closed_at) == (Status.OPEN, None)


def test_a_goal_is_added_to_next_week_for_the_clients_own_manager(cast):
    serves = ClientGoalFactory(client=cast.client_a)
    fields = {"text": "Retarget", "client_goal": serves.pk, "week_starts_on": "2026-11-23"}
    sent(cast.leader, "clients/acme/goals/", fields)
    goal = WeeklyGoal.objects.get()
    assert (goal.text, goal.client_goal, goal.manager) == ("Retarget", serves, cast.manager.staff)
    assert (goal.week_starts_on, goal.unplanned) == (NEXT_WEEK, False)


def test_a_goal_added_after_the_lock_says_that_it_is_unplanned(cast):
    fields = {"text": "An extra", "week_starts_on": "2026-11-16"}
    html = swapped(cast.manager, "clients/acme/goals/", fields)
    assert "unplanned" in html
    assert WeeklyGoal.objects.get().unplanned


def test_what_is_refused_says_why_and_keeps_what_was_typed(cast, goal):
    fields = {"text": "Cut 40", "week_starts_on": "2026-11-16"}
    response = sent(cast.manager, "clients/acme/goals/", fields, expect=422)
    text = response.content.decode()
    assert "This client has this goal for this week already." in text
    assert 'value="Cut 40"' in text
    assert 'role="alert"' in text


def test_a_90_day_goal_of_another_client_is_refused(cast):
    foreign = ClientGoalFactory(client=cast.client_b)
    fields = {"text": "Retarget", "client_goal": foreign.pk, "week_starts_on": "2026-11-23"}
    response = sent(cast.manager, "clients/acme/goals/", fields, expect=422)
    assert "90-day goal: Select a valid choice" in response.content.decode()
    assert not WeeklyGoal.objects.exists()


def test_a_planned_goal_is_edited_and_a_promised_one_is_not(cast, planned, goal):
    fields = {"text": "Retarget all", "note": "", "version": 1}
    sent(cast.manager, f"goals/{planned.pk}/", fields)
    planned.refresh_from_db()
    assert planned.text == "Retarget all"
    response = sent(cast.manager, f"goals/{goal.pk}/", {**fields, "text": "Easier"}, expect=422)
    assert "their words are fixed" in response.content.decode()
    goal.refresh_from_db()
    assert goal.text == "Cut 40"


def test_a_promised_goal_takes_a_reason_without_its_words_being_sent(cast, goal):
    sent(cast.manager, f"goals/{goal.pk}/", {"note": "Photos came late", "version": 1})
    goal.refresh_from_db()
    assert (goal.text, goal.note) == ("Cut 40", "Photos came late")


def test_taking_out_a_planned_goal_removes_it_and_a_promised_one_stays_withdrawn(
    cast, planned, goal
):
    sent(cast.manager, f"goals/{planned.pk}/withdraw/", {"version": 1})
    assert not WeeklyGoal.objects.filter(pk=planned.pk).exists()
    html = swapped(cast.manager, f"goals/{goal.pk}/withdraw/", {"version": 1})
    assert "Withdrawn" in html
    assert "<b>0 of 1</b> weekly goals hit" in html, "it still counts"


def test_two_people_on_one_goal_see_both_values(cast, planned):
    sent(cast.leader, f"goals/{planned.pk}/", {"text": "Theirs", "version": 1})
    fields = {"text": "Mine", "version": 1}
    html = swapped(cast.manager, f"goals/{planned.pk}/", fields, query="?week=2026-W48")
    assert "Saved meanwhile: “Theirs”. Yours: “Mine”." in html
    assert 'value="Mine"' in html, "what was typed is kept"
    assert 'name="version" value="2"' in html, "saving again replaces theirs, knowingly"
    planned.refresh_from_db()
    assert planned.text == "Theirs"
    sent(cast.manager, f"goals/{planned.pk}/", {"text": "Mine", "version": 2})
    planned.refresh_from_db()
    assert planned.text == "Mine"


def test_two_people_on_one_mark_see_both(cast, goal):
    sent(cast.leader, f"goals/{goal.pk}/1/mark/", {"status": "missed"})
    fields = {"status": "met"}
    html = swapped(cast.manager, f"goals/{goal.pk}/1/mark/", fields)
    assert "“Cut 40” is Missed. Yours: Hit." in html


def test_a_note_is_saved_and_a_second_writer_is_asked(cast):
    fields = {"text": "Owner away", "week_starts_on": "2026-11-16", "version": 0}
    html = swapped(cast.manager, "clients/acme/note/", fields)
    assert "saved Thu 19 Nov, 14:32" in html
    html = swapped(cast.leader, "clients/acme/note/", {**fields, "text": "Owner is back"})
    assert "Saved meanwhile: “Owner away”. Yours: “Owner is back”." in html
    assert WeekNote.objects.get().text == "Owner away"


def test_a_contact_changes_the_counts_in_the_same_answer(cast):
    TouchpointFactory(client=cast.client_a, happened_at=THURSDAY - timedelta(days=12))
    html = swapped(cast.manager, "clients/acme/contact/", {"channel": "call"})
    assert "<b>0</b> clients over 10 days" in html
    call = Touchpoint.objects.order_by("pk").last()
    assert (call.happened_at, call.staff, call.channel) == (THURSDAY, cast.manager.staff, "call")


def test_a_contact_from_last_month_is_refused(cast):
    fields = {"channel": "call", "happened_on": "2026-10-19", "note": "Long talk"}
    response = sent(cast.manager, "clients/acme/contact/", fields, expect=422)
    text = response.content.decode()
    assert "up to 7 days later" in text
    assert "Long talk" in text


def test_a_manager_promises_the_week_before_its_lock(cast, planned):
    response = sent(cast.manager, "promise/", {}, query="?week=2026-W48&manager=manager")
    assert response.url == "/week/?week=2026-W48&manager=manager"
    planned.refresh_from_db()
    assert planned.committed_at == THURSDAY


ADDRESSES = [
    "goals/{goal}/",
    "goals/{goal}/1/mark/",
    "goals/{goal}/withdraw/",
    "clients/boreal/goals/",
    "clients/boreal/note/",
    "clients/boreal/contact/",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("person", ["manager", "director"])
def test_a_foreign_client_or_goal_does_not_exist(cast, person, address):
    foreign = WeeklyGoalFactory(client=cast.client_b, week_starts_on=THIS_WEEK)
    fields = {
        "status": "met",
        "version": 1,
        "text": "Mine now",
        "week_starts_on": "2026-11-16",
        "channel": "call",
    }
    sent(cast.person(person), address.format(goal=foreign.pk), fields, expect=404, query="")
    foreign.refresh_from_db()
    assert (foreign.status, WeekNote.objects.count()) == (Status.OPEN, 0)
    assert not Touchpoint.objects.exists()


@pytest.mark.parametrize("address", [*ADDRESSES[:3], "clients/acme/goals/", "clients/acme/note/"])
@pytest.mark.parametrize("person", ["designer", "accounting", "stranger"])
def test_who_sets_no_goals_is_refused(cast, goal, person, address):
    sent(cast.person(person), address.format(goal=goal.pk), {}, expect=403, query="")


def test_a_designer_logs_a_contact(cast):
    sent(cast.designer, "clients/acme/contact/", {"channel": "chat"})
    assert Touchpoint.objects.get().staff == cast.designer.staff


@pytest.mark.parametrize(
    "address", ["goals/{goal}/1/mark/", "goals/{goal}/withdraw/", "clients/acme/note/", "promise/"]
)
def test_what_only_takes_answers_cannot_be_read(cast, goal, address):
    assert got(cast.manager, address.format(goal=goal.pk)).status_code == 405


def got(user, address, **headers):
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    return browser.get(f"/week/{address}{QUERY}", headers=headers)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("goals/{goal}/", "“Cut 40” was promised: its words are fixed."),
        ("clients/acme/goals/", "What will be done by Sunday"),
        ("clients/acme/contact/", "Log contact"),
    ],
)
def test_a_form_is_a_page_by_itself_and_a_piece_for_htmx(cast, goal, address, words):
    address = address.format(goal=goal.pk)
    page = got(cast.manager, address).content.decode()
    assert words in page
    assert "</html>" in page
    piece = got(cast.manager, address, HX_Request="true").content.decode()
    assert words in piece
    assert piece.lstrip().startswith("<form")


@pytest.mark.parametrize("address", ["goals/{goal}/", "clients/boreal/goals/"])
def test_the_form_of_a_foreign_client_does_not_exist(cast, address):
    foreign = WeeklyGoalFactory(client=cast.client_b, week_starts_on=THIS_WEEK)
    assert got(cast.manager, address.format(goal=foreign.pk)).status_code == 404


def test_the_form_of_a_goal_of_another_week_is_not_in_this_one(cast, planned):
    assert got(cast.manager, f"goals/{planned.pk}/").status_code == 404


def test_who_is_signed_out_changes_nothing(goal):
    response = Browser().post(f"/week/goals/{goal.pk}/1/mark/", {"status": "met"})
    assert response.url.startswith("/accounts/login/")
    goal.refresh_from_db()
    assert goal.status == Status.OPEN


def test_a_form_without_its_token_is_refused(cast, goal):
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(cast.manager, backend=BACKEND)
    response = browser.post(f"/week/goals/{goal.pk}/1/mark/", {"status": "met"})
    assert response.status_code == 403
