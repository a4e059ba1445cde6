"""My week as a page: whose clients, which week, which numbers, and who sees nothing."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client as Browser

from clients.models import Client
from tasks.models import TaskWrite, WeeklyGoal, WeekNote
from tests.factories.asana import ProjectFactory, TaskFactory
from tests.factories.cast import make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    EngagementFactory,
    FeeFactory,
    GoalReadingFactory,
    PauseFactory,
    TouchpointFactory,
)
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
LAST_WEEK, THIS_WEEK, NEXT_WEEK = date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Status = WeeklyGoal.Status


@pytest.fixture(autouse=True)
def _thursday_of_week_47():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def opened(user, address="/week/", status=200):
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    response = browser.get(address)
    assert response.status_code == status
    return response


def shown(user, address="/week/"):
    return opened(user, address).context["page"]


def served(cast, name, **assignment):
    client = ClientFactory(name=name, slug=name.lower())
    EngagementFactory(client=client)
    manager = cast.manager.staff
    AssignmentFactory(client=client, pod=cast.pod_a, account_manager=manager, **assignment)
    return client


def promised(cast, status=Status.OPEN, client=None, week=THIS_WEEK, **told):
    return WeeklyGoalFactory(
        client=client or cast.client_a,
        manager=cast.manager.staff,
        week_starts_on=week,
        status=status,
        **told,
    )


def test_a_row_shows_what_a_client_pays_its_pace_its_goals_its_silence_and_its_note(cast):
    FeeFactory(client=cast.client_a, amount=Decimal(6400))
    goal = ClientGoalFactory(
        client=cast.client_a, name="Cost per lead", starts_on=date(2026, 10, 10)
    )
    GoalReadingFactory(goal=goal, value=Decimal(110), read_on=date(2026, 11, 19))
    promised(cast, Status.MET, text="Rebuild call-only ad groups", client_goal=goal)
    promised(cast, text="Agree the new booking form")
    TouchpointFactory(client=cast.client_a, happened_at=THURSDAY - timedelta(days=12))
    WeekNote.objects.create(
        client=cast.client_a,
        week_starts_on=THIS_WEEK,
        text="Owner not answering",
        saved_at=THURSDAY,
    )
    response = opened(cast.manager)
    text = response.content.decode()
    for words in (
        "Acme",
        "€6,400 / mo",
        "Cost per lead",
        "Off pace",
        "day 40",
        "Rebuild call-only ad groups",
        "Agree the new booking form",
        "no 90-day goal",
        "12 days ago",
        "Owner not answering",
    ):
        assert words in text
    row = response.context["page"].rows[0]
    assert row.goals[0].pace.ratio == pytest.approx(0.1 / (40 / 90))


def test_the_heading_and_the_counts_say_what_is_missing(cast):
    for status in (Status.MET, Status.MET, Status.MISSED, Status.DELETED, Status.OPEN):
        promised(cast, status)
    promised(cast, Status.MET, unplanned=True)
    text = " ".join(opened(cast.manager).content.decode().split())
    assert "1 of 5 weekly goals not marked yet" in text
    assert "<b>2 of 5</b> weekly goals hit, 1 not marked; 1 unplanned, 1 of them done" in text
    assert "<b>6 of 6</b> serve no 90-day goal" in text
    assert "Week 47 closes on Mon 23 Nov, 12:00. Its goals were fixed on Mon 16 Nov, 12:00." in text


def test_a_new_goal_serves_what_matters_most_unless_somebody_says_otherwise(cast):
    for name, most in (("Calls", False), ("Sales", True), ("Visits", False)):
        ClientGoalFactory(
            client=cast.client_a, name=name, starts_on=date(2026, 10, 10), matters_most=most
        )
    text = opened(cast.manager, "/week/?week=2026-W48").content.decode()
    new = text.partition("data-new=")[2].partition("</select>")[0]
    assert re.findall(r"<option[^>]*>([^<]+)", new) == [
        "Sales",
        "Calls",
        "Visits",
        "No 90-day goal",
    ]
    assert "selected" not in new


def test_ten_days_without_contact_are_within_the_standard_and_eleven_are_over(cast):
    TouchpointFactory(client=cast.client_a, happened_at=THURSDAY - timedelta(days=10))
    assert shown(cast.manager).over_standard == 0
    late = served(cast, "Late")
    TouchpointFactory(client=late, happened_at=THURSDAY - timedelta(days=11))
    page = shown(cast.manager)
    assert (page.over_standard, page.row_of(late).days_since_contact) == (1, 11)


def test_a_client_never_contacted_is_counted_from_its_first_day_and_says_never(cast):
    cast.client_a.engagements.update(started_on=date(2026, 11, 1))
    response = opened(cast.manager)
    assert response.context["page"].rows[0].days_since_contact == 18
    assert "never, in 18 days" in response.content.decode()


def test_a_past_week_shows_the_numbers_of_its_sunday(cast):
    TouchpointFactory(client=cast.client_a, happened_at=datetime(2026, 11, 6, 9, tzinfo=UTC))
    TouchpointFactory(client=cast.client_a, happened_at=datetime(2026, 11, 17, 9, tzinfo=UTC))
    promised(cast, week=LAST_WEEK, text="Last week's")
    response = opened(cast.manager, "/week/?week=2026-W46")
    row = response.context["page"].rows[0]
    assert row.days_since_contact == 9
    assert [line.goal.text for line in row.lines] == ["Last week's"]
    assert "put right until Mon 16 Nov" not in response.content.decode(), "it is closed by now"
    assert "Week 46 is closed" in response.content.decode()


def test_last_week_may_be_put_right_until_monday_noon(cast):
    promised(cast, week=LAST_WEEK)
    with time_machine.travel(datetime(2026, 11, 16, 11, 59, tzinfo=UTC), tick=False):
        text = opened(cast.manager, "/week/?week=2026-W46").content.decode()
    assert "Marks may be put right until Mon 16 Nov, 12:00" in text


def test_next_week_is_planned_until_its_lock(cast):
    promised(cast, week=NEXT_WEEK, committed_at=None, text="Retarget no-shows")
    other = served(cast, "Other")
    response = opened(cast.manager, "/week/?week=2026-W48")
    text = response.content.decode()
    assert "1 client has no goal for week 48 yet" in text
    assert "<b>1</b> weekly goal planned" in text
    assert "are fixed on Mon 23 Nov, 12:00; until then they may change" in text
    assert "Promise week 48 now" in text
    assert "Missed</button>" not in text, "a week that has not begun is not marked"
    assert response.context["page"].row_of(other).lines == ()


def test_a_client_on_hold_is_left_out_unless_it_was_promised_something(cast):
    PauseFactory(client=cast.client_a, started_on=date(2026, 11, 1))
    assert shown(cast.manager).rows == []
    promised(cast)
    row = shown(cast.manager).rows[0]
    assert row.days_since_contact is None
    assert row.fees == ()


def test_a_client_who_left_during_the_week_stays_until_it_is_over(cast):
    cast.client_a.engagements.update(ended_on=date(2026, 11, 18))
    assert [row.client.id for row in shown(cast.manager).rows] == [cast.client_a.pk]
    assert shown(cast.manager, "/week/?week=2026-W48").rows == []


def test_a_client_who_starts_next_week_is_planned_for_then(cast):
    newcomer = ClientFactory(name="Newcomer")
    EngagementFactory(client=newcomer, started_on=NEXT_WEEK)
    AssignmentFactory(client=newcomer, pod=cast.pod_a, account_manager=cast.manager.staff)
    assert shown(cast.manager).row_of(newcomer) is None
    assert shown(cast.manager, "/week/?week=2026-W48").row_of(newcomer)


@pytest.mark.parametrize("week", ["2026-47", "2026-W54", "2026-W00", "1999-W01", "x", "2026-W47x"])
def test_what_is_no_week_is_not_found(cast, week):
    opened(cast.manager, f"/week/?week={week}", status=404)


def test_a_manager_sees_their_own_clients_first(cast):
    page = shown(cast.manager)
    assert page.manager == cast.manager.staff
    assert [row.client.id for row in page.rows] == [cast.client_a.pk]


@pytest.mark.parametrize("person", ["leader", "admin"])
def test_a_leader_may_pick_any_manager(cast, person):
    user = cast.person(person)
    assert {one.slug for one in shown(user).managers} == {"manager", "other"}
    page = shown(user, "/week/?manager=other")
    assert [row.client.id for row in page.rows] == [cast.client_b.pk]


@pytest.mark.parametrize("person", ["director", "manager", "designer"])
def test_a_foreign_manager_does_not_exist(cast, person):
    opened(cast.person(person), "/week/?manager=other", status=404)
    assert [one.slug for one in shown(cast.person(person)).managers] == ["manager"]


def test_only_those_clients_of_a_manager_appear_that_the_person_may_see(cast):
    """The manager of pod A also answers for a client of pod B, which A's designer does not see."""
    shared = ClientFactory(name="Shared")
    EngagementFactory(client=shared)
    AssignmentFactory(client=shared, pod=cast.pod_b, account_manager=cast.manager.staff)
    assert shown(cast.manager).row_of(shared)
    assert shown(cast.designer).row_of(shared) is None


def test_a_designer_reads_and_has_no_buttons_for_goals(cast):
    promised(cast)
    text = opened(cast.designer).content.decode()
    assert "Not marked" in text
    assert "Missed</button>" not in text
    assert "Log contact" in text


@pytest.mark.parametrize("person", ["salesperson", "marketing", "stranger", "left"])
def test_who_answers_for_nobody_is_told_whom_to_ask(cast, person):
    response = opened(cast.person(person))
    assert response.context["page"].rows == []
    assert "Ask your director to assign clients to you" in response.content.decode()


def test_who_is_signed_out_is_sent_to_sign_in():
    response = Browser().get("/week/")
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_reading_changes_nothing(cast):
    promised(cast, committed_at=None)
    opened(cast.manager)
    assert WeeklyGoal.objects.get().committed_at is None


def test_more_clients_cost_no_more_queries(cast, django_assert_max_num_queries):
    def fill(names):
        for name in names:
            client = served(cast, name)
            FeeFactory(client=client)
            goal = ClientGoalFactory(client=client, starts_on=date(2026, 10, 10))
            GoalReadingFactory(goal=goal)
            promised(cast, client=client, client_goal=goal)
            promised(cast, client=client, week=NEXT_WEEK)

    browser = Browser()
    browser.force_login(cast.manager, backend=BACKEND)
    fill(f"Client-a{n}" for n in range(3))
    browser.get("/week/")
    with django_assert_max_num_queries(14):
        browser.get("/week/")
    fill(f"Client-b{n}" for n in range(20))
    browser.get("/week/")  # reads the new fees once for everybody
    with django_assert_max_num_queries(14):
        response = browser.get("/week/")
    assert len(response.context["page"].rows) == Client.objects.count() - 1


def test_a_goal_s_task_is_pending_in_its_row_until_asana_has_it(cast):
    client = served(cast, "Acorn")
    goal = WeeklyGoalFactory(
        client=client, manager=cast.manager.staff, week_starts_on=THIS_WEEK, text="Launch ads"
    )
    address = f'href="/weekly-goals/{goal.pk}/task/"'
    assert address in opened(cast.manager).content.decode()
    assert address not in opened(cast.designer).content.decode()
    write = TaskWrite.objects.create(
        goal=goal, project=ProjectFactory(client=client), action="create", asked_at=THURSDAY
    )
    page = opened(cast.manager).content.decode()
    assert "Task pending" in page.split(address)[1][:400]
    write.state, goal.task = "confirmed", TaskFactory(completed_at=THURSDAY)
    write.save()
    goal.save()
    assert "Task done" in opened(cast.manager).content.decode().split(address)[1][:400]


def test_the_quick_filters_leave_the_clients_that_still_need_something(cast):
    Client.objects.filter(pk=cast.client_a.pk).update(is_key=False)
    promised(cast, Status.MET)
    quiet = served(cast, "Borealis")
    promised(cast, client=quiet)
    TouchpointFactory(client=cast.client_a, happened_at=THURSDAY)
    page = opened(cast.manager, "/week/?show=open").content.decode()
    assert ('id="row-borealis"' in page, 'id="row-acme"' in page) == (True, False)
    assert re.search(r"<b>1</b> client left to do", page)
    assert "1 of 2 clients is shown." in page
    silent = opened(cast.manager, "/week/?show=contact").content.decode()
    assert ('id="row-borealis"' in silent, 'id="row-acme"' in silent) == (True, False)


def test_a_client_gets_the_week_in_words_and_in_its_own_language(cast):
    Client.objects.filter(pk=cast.client_a.pk).update(language="es")
    promised(cast, Status.MET, text="Launch the feed")
    promised(cast, Status.MISSED, text="Agree the form", note="the owner is away")
    promised(cast, week=NEXT_WEEK, text="Call the owner")
    named = served(cast, "Borealis")
    promised(cast, client=named, text="Write the brief")
    summaries = opened(cast.manager, "/week/summary/").context["summaries"]
    spanish, english = (one.text for one in summaries)
    assert "Launch the feed" in spanish
    assert "Agree the form (the owner is away)" in spanish
    assert "Call the owner" in spanish
    assert "16 nov" in spanish
    assert english == (
        "Borealis, week 47 (16 Nov to 22 Nov)\n\nWe are working on:\n- Write the brief"
    )


def test_the_week_in_words_is_of_the_clients_one_may_see(cast):
    promised(cast, Status.MET, text="Launch the feed")
    other = opened(cast.manager_b, "/week/summary/")
    assert "Launch the feed" not in other.content.decode()
