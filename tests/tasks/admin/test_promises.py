"""The admin keeps to the rules of My week: what was promised is neither reworded nor deleted."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from tasks import weekly_goals
from tasks.models import WeeklyGoal
from tasks.versions import ChangedMeanwhileError
from tasks.week_notes import write_note
from tests.factories.asana import TaskFactory
from tests.factories.cast import make_cast
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
THIS_WEEK, NEXT_WEEK = date(2026, 11, 16), date(2026, 11, 23)
LIST = "admin:tasks_weeklygoal_changelist"


@pytest.fixture(autouse=True)
def _thursday_of_week_47():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def browser(cast):
    browser = Browser()
    browser.force_login(cast.admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


@pytest.fixture(params=[None, THURSDAY], ids=["no job ran", "the job ran"])
def promised(request, cast):
    return WeeklyGoalFactory(
        client=cast.client_a, week_starts_on=THIS_WEEK, text="Cut 40", committed_at=request.param
    )


def fields(goal, **changes):
    return {
        "client": goal.client_id,
        "manager": goal.manager_id,
        "week_starts_on": goal.week_starts_on.isoformat(),
        "text": goal.text,
        "status": goal.status,
        "note": "",
        **changes,
    }


def test_the_words_of_a_promised_goal_cannot_be_changed(browser, promised):
    address = reverse("admin:tasks_weeklygoal_change", args=[promised.pk])
    changes = {"text": "Cut 4", "week_starts_on": "2026-11-23", "unplanned": "on", "status": "met"}
    assert browser.post(address, fields(promised, **changes)).status_code == 302
    promised.refresh_from_db()
    assert (promised.text, promised.week_starts_on) == ("Cut 40", THIS_WEEK)
    assert (promised.unplanned, promised.status) == (False, "met")


def test_a_promised_goal_is_not_deleted_alone_nor_with_others(browser, promised):
    one = reverse("admin:tasks_weeklygoal_delete", args=[promised.pk])
    assert browser.post(one, {"post": "yes"}).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [promised.pk], "post": "yes"}
    browser.post(reverse(LIST), many)
    assert WeeklyGoal.objects.get() == promised


def test_a_planned_goal_is_changed_and_deleted(browser, cast):
    goal = WeeklyGoalFactory(client=cast.client_a, week_starts_on=NEXT_WEEK, committed_at=None)
    address = reverse("admin:tasks_weeklygoal_change", args=[goal.pk])
    assert browser.post(address, fields(goal, text="Better words")).status_code == 302
    goal.refresh_from_db()
    assert goal.text == "Better words"
    browser.post(reverse("admin:tasks_weeklygoal_delete", args=[goal.pk]), {"post": "yes"})
    assert not WeeklyGoal.objects.exists()


def test_its_task_is_not_chosen_here_among_all_tasks(browser, cast):
    goal = WeeklyGoalFactory(client=cast.client_a, week_starts_on=NEXT_WEEK, committed_at=None)
    task = TaskFactory(name="Another client's")
    address = reverse("admin:tasks_weeklygoal_change", args=[goal.pk])
    assert task.name not in browser.get(address).content.decode()
    browser.post(address, fields(goal, task=task.pk))
    goal.refresh_from_db()
    assert goal.task is None


def test_who_types_on_my_week_is_told_of_what_was_saved_here(browser, cast):
    goal = WeeklyGoalFactory(client=cast.client_a, week_starts_on=NEXT_WEEK, committed_at=None)
    browser.post(
        reverse("admin:tasks_weeklygoal_change", args=[goal.pk]), fields(goal, text="Better")
    )
    told = {"text": "Mine", "client_goal": None, "now": THURSDAY}
    with pytest.raises(ChangedMeanwhileError):
        weekly_goals.edit(goal=goal, version=goal.version, **told)
    said = {"client": cast.client_a, "week_starts_on": NEXT_WEEK, "staff": None, "now": THURSDAY}
    note = write_note(text="Quiet", version=0, **said)
    saved = {"saved_at_0": "2026-11-19", "saved_at_1": "14:32", "text": "Loud"}
    address = reverse("admin:tasks_weeknote_change", args=[note.pk])
    change = {"client": note.client_id, "week_starts_on": NEXT_WEEK.isoformat(), **saved}
    assert browser.post(address, change).status_code == 302
    with pytest.raises(ChangedMeanwhileError):
        write_note(text="Mine", version=note.version, **said)


def test_a_goal_added_after_the_lock_is_unplanned_here_too(browser, cast):
    told = WeeklyGoalFactory.build(
        client=cast.client_a, manager=cast.manager.staff, week_starts_on=THIS_WEEK, status="met"
    )
    response = browser.post(reverse("admin:tasks_weeklygoal_add"), fields(told))
    assert response.status_code == 302
    goal = WeeklyGoal.objects.get()
    assert (goal.unplanned, goal.committed_at) == (True, THURSDAY)
