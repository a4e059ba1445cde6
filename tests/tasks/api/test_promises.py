"""Weekly goals, notes and tactics over HTTP: set, promised, marked, and never quietly changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from godview.periods import WEEK, monday_of
from tasks.api.viewsets import WeeklyGoalViewSet
from tasks.models import Tactic, WeeklyGoal, WeekNote
from tests.api.asking import Asking
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import ClientGoalFactory
from tests.factories.tasks import TacticFactory, WeeklyGoalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def manager(cast: Cast) -> Asking:
    return Asking(cast.manager)


def this_monday() -> date:
    return monday_of(timezone.localdate())


def sentence(answer: Any, field: str = "non_field_errors") -> str:
    assert answer.status_code == 400, answer.content
    return str(answer.json()[field][0])


def goal_for(cast: Cast, **more: Any) -> WeeklyGoal:
    """Promised: its week is this one, so its words are fixed and it can be marked."""
    goal: WeeklyGoal = WeeklyGoalFactory(
        client=cast.client_a,
        manager=cast.manager.staff,
        week_starts_on=this_monday(),
        committed_at=timezone.now() - timedelta(minutes=1),
        **more,
    )
    return goal


def test_a_goal_is_set_for_a_coming_week(manager: Asking, cast: Cast):
    said = {"client": cast.client_a.pk, "manager": cast.manager.staff.pk, "text": "Launch ads"}
    made = manager.post("weekly-goals", week_starts_on=this_monday() + WEEK, **said)
    assert made.status_code == 201
    assert made.json()["status"] == "open"
    assert made.json()["unplanned"] is False
    assert made.json()["due_on"] == str(this_monday() + timedelta(days=13))
    twice = manager.post("weekly-goals", week_starts_on=this_monday() + WEEK, **said)
    assert "has this goal for this week already" in sentence(twice)


def test_a_week_starts_on_a_monday_and_is_not_over(manager: Asking, cast: Cast):
    said = {"client": cast.client_a.pk, "manager": cast.manager.staff.pk, "text": "Launch ads"}
    tuesday = manager.post("weekly-goals", week_starts_on=this_monday() + timedelta(days=8), **said)
    assert "starts on a Monday" in sentence(tuesday, "week_starts_on")
    past = manager.post("weekly-goals", week_starts_on=this_monday() - WEEK, **said)
    assert "is over" in sentence(past)


@pytest.mark.parametrize("field", ["client", "week_starts_on", "text"])
def test_a_promised_goal_keeps_its_words_week_and_client(manager: Asking, cast: Cast, field: str):
    goal = goal_for(cast)
    other = {"client": cast.client_b.pk, "week_starts_on": this_monday() + WEEK, "text": "Easier"}
    leader = Asking(cast.leader)
    assert leader.patch("weekly-goals", goal.pk, **{field: other[field]}).status_code == 400
    goal.refresh_from_db()
    assert (goal.client, goal.week_starts_on) == (cast.client_a, this_monday())
    assert goal.text != "Easier"


def test_a_promised_goal_is_marked_and_put_right(manager: Asking, cast: Cast):
    goal = goal_for(cast)
    assert manager.patch("weekly-goals", goal.pk, status="met").json()["status"] == "met"
    marked = manager.patch("weekly-goals", goal.pk, status="missed", note="Too late").json()
    assert (marked["status"], marked["note"]) == ("missed", "Too late")
    assert goal.history.latest().history_user == cast.manager  # type: ignore[attr-defined]
    assert "delete it" in sentence(
        manager.patch("weekly-goals", goal.pk, status="deleted"), "status"
    )
    assert "worked out" in sentence(
        manager.patch("weekly-goals", goal.pk, unplanned=True), "unplanned"
    )


def test_a_promised_goal_that_is_deleted_stays_as_withdrawn(manager: Asking, cast: Cast):
    goal = goal_for(cast)
    assert manager.delete("weekly-goals", goal.pk).status_code == 204
    assert WeeklyGoal.objects.get(pk=goal.pk).status == "deleted"


def test_a_goal_that_is_not_promised_yet_is_edited_and_taken_out(manager: Asking, cast: Cast):
    goal = WeeklyGoalFactory(
        client=cast.client_a,
        manager=cast.manager.staff,
        week_starts_on=this_monday() + WEEK,
        committed_at=None,
    )
    serves = ClientGoalFactory(client=cast.client_a)
    edited = manager.patch("weekly-goals", goal.pk, text="Better", client_goal=serves.pk)
    assert (edited.json()["text"], edited.json()["client_goal"]) == ("Better", serves.pk)
    assert manager.delete("weekly-goals", goal.pk).status_code == 204
    assert not WeeklyGoal.objects.filter(pk=goal.pk).exists()


def test_what_is_left_away_stays_as_somebody_has_just_typed_it(
    manager: Asking, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    goal = WeeklyGoalFactory(
        client=cast.client_a, week_starts_on=this_monday() + WEEK, committed_at=None, text="Ads"
    )
    found = WeeklyGoalViewSet.get_object

    def found_and_then_typed(view: WeeklyGoalViewSet) -> WeeklyGoal:
        row = found(view)
        WeeklyGoal.objects.filter(pk=row.pk).update(text=f"{row.text}, and more")
        return row

    monkeypatch.setattr(WeeklyGoalViewSet, "get_object", found_and_then_typed)
    assert manager.patch("weekly-goals", goal.pk, note="As agreed").status_code == 200
    goal.refresh_from_db()
    assert (goal.text, goal.note) == ("Ads, and more, and more", "As agreed")


def test_a_goal_serves_a_goal_of_its_own_client(cast: Cast):
    goal = goal_for(cast)
    foreign = ClientGoalFactory(client=cast.client_b)
    answer = Asking(cast.leader).patch("weekly-goals", goal.pk, client_goal=foreign.pk)
    assert "another client" in sentence(answer, "client_goal")


def test_a_note_is_written_and_replaced(manager: Asking, cast: Cast):
    said = {"client": cast.client_a.pk, "week_starts_on": this_monday()}
    made = manager.post("week-notes", text="Owner on holiday", **said)
    assert made.status_code == 201
    pk = made.json()["id"]
    assert manager.patch("week-notes", pk, text="Owner is back").json()["text"] == "Owner is back"
    note = WeekNote.objects.get()
    assert (note.staff, note.version) == (cast.manager.staff, 2)
    moved = manager.patch("week-notes", pk, week_starts_on=this_monday() + WEEK)
    assert "stays so" in sentence(moved, "week_starts_on")


def test_a_tactic_has_its_rule_before_it_begins(manager: Asking, cast: Cast):
    today = timezone.localdate()
    said = {"client": cast.client_a.pk, "name": "Call-only ads", "started_on": today}
    assert sentence(manager.post("tactics", **said), "metric") == "This field is required."
    rule = {"metric": "Cost per lead", "threshold": "-10 %", "window_days": 30}
    made = manager.post("tactics", **said, **rule)
    assert made.status_code == 201
    assert made.json()["manager"] == cast.manager.staff.pk
    late = manager.post("tactics", **{**said, "started_on": today - timedelta(days=1)}, **rule)
    assert "before the tactic begins" in sentence(late)
    changed = manager.patch("tactics", made.json()["id"], threshold="-1 %")
    assert "stays so" in sentence(changed, "threshold")
    assert "worked out" in sentence(
        manager.patch("tactics", made.json()["id"], outcome="win"), "outcome"
    )


def test_a_tactic_is_judged_once_after_its_window(manager: Asking, cast: Cast):
    def judge(tactic: Tactic, **fields: Any) -> Any:
        url = f"/api/v1/tactics/{tactic.pk}/judge/"
        return manager.browser.post(url, fields, content_type="application/json")

    today = timezone.localdate()
    young: Any = TacticFactory(client=cast.client_a, started_on=today - timedelta(days=5))
    assert "runs until" in sentence(judge(young, outcome="win", ended_on=str(today)))
    old: Any = TacticFactory(client=cast.client_a, started_on=today - timedelta(days=40))
    judged = judge(old, outcome="win", ended_on=str(today), note="12 % cheaper")
    assert (judged.status_code, judged.json()["outcome"]) == (200, "win")
    assert "that is final" in sentence(judge(old, outcome="loss", ended_on=str(today)))
    assert sentence(judge(young, outcome="running", ended_on=str(today)), "outcome")
