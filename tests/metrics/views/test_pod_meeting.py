from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from clients.models import Client
from tasks.meetings import growth
from tasks.models import Decision, Meeting, MeetingTurn, Risk, WeeklyGoal, WeekNote
from tests.factories.cast import make_cast
from tests.factories.ledger import PostponementFactory, PromiseFactory
from tests.factories.tasks import WeeklyGoalFactory
from tests.metrics.views.test_pages import another, browser_of, queries, text

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
MONDAY, LAST_MONDAY = date(2026, 11, 16), date(2026, 11, 9)
PAGE = "/meetings/pod/amber/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(THURSDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def manager(cast):
    return browser_of(cast.manager)


@pytest.fixture
def meeting(cast, manager):
    """Begun. Nothing was ever promised to Acme, so it needs a decision."""
    manager.post(f"{PAGE}begin/")
    return Meeting.objects.get()


def place(meeting, rest=""):
    return f"{PAGE}{meeting.pk}/{rest}"


def goal(cast, monday, status, words):
    told = {"client": cast.client_a, "manager": cast.manager.staff, "text": words}
    return WeeklyGoalFactory(week_starts_on=monday, status=status, **told)


def test_last_weeks_goals_stand_there_by_person_and_those_not_hit_by_name(cast, manager):
    goal(cast, LAST_MONDAY, "met", "Landing page live")
    goal(cast, LAST_MONDAY, "missed", "Photos chosen")
    goal(cast, MONDAY, "open", "Call the owner")
    said = text(manager.get(PAGE))
    assert "Manager 1 of 2 hit" in said
    assert "Missed Acme: Photos chosen" in said
    assert "Landing page live" not in said
    assert "Still open this week 1 goal" in said


def test_next_weeks_plan_is_complete_once_every_client_has_a_goal(cast, manager):
    said = text(manager.get(PAGE))
    assert "0 of 1 clients have a goal" in said
    assert "Not complete" in said
    goal(cast, MONDAY + timedelta(days=7), "open", "Next")
    said = text(manager.get(PAGE))
    assert "1 of 1 clients have a goal" in said
    assert "Not complete" not in said


def test_late_tasks_and_days_asked_for_are_on_the_agenda(cast, manager):
    owner = cast.manager.staff
    PromiseFactory(client=cast.client_a, owner=owner, text="Price list", due_on=date(2026, 11, 17))
    wait = PromiseFactory(client=cast.client_a, owner=owner, text="Booking form")
    PostponementFactory(promise=wait, asked_by=owner, due_on=date(2026, 12, 4))
    said = text(manager.get(PAGE))
    assert "Acme: Price list Manager, 17 Nov" in said
    assert "Acme: Booking form 4 Dec in place of" in said


def test_decisions_of_the_last_meeting_come_back_with_what_became_of_them(
    cast, manager, meeting, clock
):
    told = {"choice": "pivot", "text": "New hero form", "version": 0}
    manager.post(place(meeting, "clients/acme/decide/"), told)
    manager.post(place(meeting, "end/"))
    WeeklyGoal.objects.update(status="met")
    clock.move_to(THURSDAY + timedelta(days=7))
    assert "Pivot: change the tactic: New hero form Manager, 22 Nov Hit" in text(manager.get(PAGE))


def test_a_client_is_ticked_noted_decided_and_read_in_the_record(cast, manager, meeting):
    manager.post(place(meeting, "clients/acme/note/"), {"text": "Owner is away", "version": 0})
    manager.post(place(meeting, "clients/acme/tick/"), {"done": "yes"})
    told = {"choice": "escalate", "text": "Phone the owner", "version": 0}
    manager.post(place(meeting, "clients/acme/decide/"), told)
    manager.post(place(meeting, "topics/clients/"), {"done": "yes"})
    manager.post(place(meeting, "risks/"), {"client": cast.client_a.pk, "text": "Site may move"})
    assert "1 of 6 topics done, 1 of 1 clients talked about" in text(manager.get(PAGE))
    manager.post(place(meeting, "end/"))
    said = text(browser_of(cast.designer).get(place(meeting)))
    for words in (
        "1 of 1 clients talked about",
        "Escalate to leadership: Phone the owner",
        "Note on Acme: Owner is away",
        "Risk, Acme: Site may move",
        "It took 0 of 45 planned minutes",
    ):
        assert words in said
    assert WeeklyGoal.objects.get().text == "Phone the owner"


def test_a_decision_that_is_refused_keeps_what_was_typed(manager, meeting):
    told = {"choice": "", "text": "Phone the owner", "version": 0}
    answer = manager.post(place(meeting, "clients/acme/decide/"), told)
    assert "Phone the owner" in text(answer)
    assert "This field is required" in text(answer)
    assert not Decision.objects.exists()


def test_who_notes_second_sees_both_texts_and_may_keep_theirs(cast, manager, meeting):
    address = place(meeting, "clients/acme/note/")
    browser_of(cast.leader).post(address, {"text": "Theirs", "version": 0})
    answer = manager.post(address, {"text": "Mine", "version": 0})
    assert "Saved meanwhile: “Theirs”. Yours: “Mine”." in text(answer)
    assert WeekNote.objects.get().text == "Theirs"
    manager.post(address, {"text": "Mine", "version": 1})
    assert WeekNote.objects.get().text == "Mine"


def test_who_decides_second_sees_what_was_promised(cast, manager, meeting):
    address = place(meeting, "clients/acme/decide/")
    told = {"choice": "pivot", "text": "Theirs", "version": 0}
    browser_of(cast.leader).post(address, told)
    answer = manager.post(address, {**told, "text": "Mine"})
    assert "Leader saved meanwhile: “Pivot: change the tactic: Theirs”. Yours: “Mine”." in text(
        answer
    )
    assert "so it is fixed" in text(answer)
    assert WeeklyGoal.objects.get().text == "Theirs"


def test_another_client_of_the_pod_is_taken_up_and_no_foreign_one(cast, manager, meeting):
    another(cast, 1)
    another(cast, 2)
    fine = Client.objects.get(slug="client-0002")
    MeetingTurn.objects.all().delete()
    address = place(meeting, "clients/")
    assert manager.post(address, {"client": fine.slug}).status_code == 302
    assert manager.post(address, {"client": "boreal"}).status_code == 404
    assert MeetingTurn.objects.get().client == fine


@pytest.mark.parametrize("who", ["manager_b", "stranger", "salesperson"])
def test_a_foreign_pods_meeting_is_absent(cast, meeting, who):
    browser = browser_of(getattr(cast, who))
    for address in (PAGE, place(meeting)):
        assert browser.get(address).status_code == 404
    for deed in ("end/", "topics/week/", "clients/acme/tick/", "risks/"):
        assert browser.post(place(meeting, deed), {"done": "yes"}).status_code == 404
    assert "Amber" not in text(browser.get("/meetings/"))


def test_a_designer_looks_on_and_tells_risks(cast, meeting):
    browser = browser_of(cast.designer)
    assert "End the meeting" not in text(browser.get(PAGE))
    for deed in ("end/", "topics/week/", "clients/acme/tick/"):
        assert browser.post(place(meeting, deed), {"done": "yes"}).status_code == 403
    told = {"client": cast.client_a.pk, "text": "Site may move", "answer": "Ask their agency"}
    browser.post(place(meeting, "risks/"), told)
    assert Risk.objects.get().told_by == cast.designer.staff
    assert "Site may move Ask their agency" in text(browser.get(PAGE))


def test_a_meeting_that_is_over_says_so_and_may_go_on_the_same_day(manager, meeting):
    growth.end(meeting=meeting, now=THURSDAY)
    answer = manager.post(place(meeting, "topics/week/"), {"done": "yes"}, follow=True)
    assert "This meeting is over" in text(answer)
    manager.post(place(meeting, "go-on/"))
    assert "End the meeting" in text(manager.get(place(meeting), follow=True))


def test_the_pods_page_the_list_and_on_its_day_today_lead_to_the_meeting(
    cast, manager, meeting, clock
):
    assert "Pod meeting, Amber: running" in text(manager.get("/"))
    manager.post(place(meeting, "end/"))
    assert "Pod meeting, Amber" not in text(manager.get("/"))
    clock.move_to(THURSDAY + timedelta(days=7))
    assert "Pod meeting, Amber: due" in text(manager.get("/"))
    assert "Amber Due last on Thu 19 Nov" in text(manager.get("/meetings/"))
    for page in ("/pods/amber/", "/search/?q=amber"):
        assert PAGE in manager.get(page).content.decode()


def test_the_queries_do_not_grow_with_the_clients(cast, meeting):
    browser = browser_of(cast.manager)
    few = queries(browser, PAGE)
    for number in range(8):
        another(cast, number)
    assert queries(browser, PAGE) <= few + 2
    browser.post(place(meeting, "end/"))
    assert queries(browser, place(meeting)) <= few
