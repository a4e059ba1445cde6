"""What My week answers when a field is saved as one types."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client as Browser

from tasks.models import WeeklyGoal, WeekNote
from tests.factories.cast import make_cast
from tests.factories.clients import ClientGoalFactory
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
THIS_WEEK, NEXT_WEEK = date(2026, 11, 16), date(2026, 11, 23)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOTE = "clients/acme/note/"
GOALS = "clients/acme/goals/"


@pytest.fixture(autouse=True)
def _thursday_of_week_47():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def goal_of(cast, week, **told):
    return WeeklyGoalFactory(
        client=cast.client_a, manager=cast.manager.staff, week_starts_on=week, **told
    )


def saved(user, address, fields, expect=200, week="2026-W47"):
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    query = f"?week={week}&manager=manager"
    headers = {"Accept": "application/json"}
    response = browser.post(f"/week/{address}{query}", fields, headers=headers)
    assert response.status_code == expect, response.content.decode()[:800]
    return response.json()


def note(text, version=0):
    return {"text": text, "week_starts_on": "2026-11-16", "version": version}


def test_a_note_comes_back_with_its_version_its_time_and_the_counts(cast):
    told = saved(cast.manager, NOTE, note("Owner away"))
    assert (told["version"], told["text"], told["at"]) == (1, "Owner away", "14:32")
    assert 'id="week-counts"' in told["counts"]
    assert "<h1>" in told["heading"]


def test_a_note_whose_answer_was_lost_is_saved_once(cast):
    for _ in range(2):
        told = saved(cast.manager, NOTE, note("Owner away"))
    assert told["version"] == 1
    assert WeekNote.objects.get().history.count() == 1


def test_a_note_changed_meanwhile_shows_both_texts_and_saves_neither_over_the_other(cast):
    saved(cast.leader, NOTE, note("Theirs"))
    told = saved(cast.manager, NOTE, note("Mine"), expect=409)
    assert told["reasons"] == ["Saved meanwhile: “Theirs”. Yours: “Mine”."]
    assert (told["version"], told["text"]) == (1, "Theirs")
    assert WeekNote.objects.get().text == "Theirs"


def test_a_goal_sent_twice_is_set_once(cast):
    serves = ClientGoalFactory(client=cast.client_a)
    fields = {"text": "Retarget", "client_goal": serves.pk, "week_starts_on": "2026-11-23"}
    first, again = (saved(cast.manager, GOALS, fields, week="2026-W48") for _ in range(2))
    assert first["id"] == again["id"] == WeeklyGoal.objects.get().pk
    assert "Every client has a goal for week 48" in again["heading"]


def test_a_goal_that_was_marked_is_not_taken_for_one_that_is_set_anew(cast):
    goal_of(cast, THIS_WEEK, text="Cut 40", status="met")
    fields = {"text": "Cut 40", "week_starts_on": "2026-11-16"}
    told = saved(cast.manager, GOALS, fields, expect=422)
    assert told["reasons"] == ["This client has this goal for this week already."]


def test_planned_words_change_and_keep_their_note(cast):
    goal = goal_of(cast, NEXT_WEEK, committed_at=None, note="From the pod meeting")
    fields = {"text": "Retarget all", "client_goal": "", "version": 1}
    for _ in range(2):
        told = saved(cast.manager, f"goals/{goal.pk}/plan/", fields, week="2026-W48")
    goal.refresh_from_db()
    assert (goal.text, goal.note, told["version"]) == (
        "Retarget all",
        "From the pod meeting",
        2,
    )


def test_a_planned_goal_that_is_taken_out_is_gone_and_a_promised_one_comes_back_as_withdrawn(cast):
    planned, promised = goal_of(cast, NEXT_WEEK, committed_at=None), goal_of(cast, THIS_WEEK)
    told = saved(cast.manager, f"goals/{planned.pk}/withdraw/", {"version": 1}, week="2026-W48")
    assert "no goal for week 48 yet" in told["heading"]
    assert not {"id", "version"} & told.keys()
    assert list(WeeklyGoal.objects.all()) == [promised]
    told = saved(cast.manager, f"goals/{promised.pk}/withdraw/", {"version": 1})
    assert (told["id"], told["status"], told["version"]) == (promised.pk, "deleted", 2)


def test_promised_words_are_refused(cast):
    goal = goal_of(cast, THIS_WEEK, text="Cut 40")
    fields = {"text": "Cut 4", "client_goal": "", "version": 1}
    told = saved(cast.manager, f"goals/{goal.pk}/plan/", fields, expect=422)
    assert "their words are fixed" in told["reasons"][0]
    goal.refresh_from_db()
    assert goal.text == "Cut 40"


def test_a_reason_leaves_the_words_and_what_they_serve_alone(cast):
    serves = ClientGoalFactory(client=cast.client_a)
    goal = goal_of(cast, THIS_WEEK, text="Cut 40", client_goal=serves, status="missed")
    fields = {"note": "Photos came late", "version": 1}
    saved(cast.manager, f"goals/{goal.pk}/reason/", fields)
    goal.refresh_from_db()
    assert (goal.note, goal.text, goal.client_goal) == ("Photos came late", "Cut 40", serves)
    fields = {"note": "No", "version": 1}
    told = saved(cast.manager, f"goals/{goal.pk}/reason/", fields, expect=409)
    assert told["reasons"] == ["Saved meanwhile: “Photos came late”. Yours: “No”."]


def test_a_mark_sent_twice_is_made_once_and_another_one_is_asked_about(cast):
    goal = goal_of(cast, THIS_WEEK)
    for _ in range(2):
        told = saved(cast.manager, f"goals/{goal.pk}/1/mark/", {"status": "met"})
        assert (told["status"], told["version"]) == ("met", 2)
    saved(cast.manager, f"goals/{goal.pk}/1/mark/", {"status": "missed"}, expect=409)
    goal.refresh_from_db()
    assert goal.status == "met"


@pytest.mark.parametrize("deed", ["plan", "reason"])
def test_foreign_fields_do_not_exist(cast, deed):
    foreign = WeeklyGoalFactory(client=cast.client_b, week_starts_on=NEXT_WEEK, committed_at=None)
    browser = Browser()
    browser.force_login(cast.manager, backend=BACKEND)
    fields = {"text": "Mine", "note": "Mine", "version": 1}
    response = browser.post(f"/week/goals/{foreign.pk}/{deed}/", fields)
    assert response.status_code == 404
    foreign.refresh_from_db()
    assert "Mine" not in (foreign.text, foreign.note)


def test_without_javascript_a_refused_plan_still_shows_what_was_typed(cast):
    goal = goal_of(cast, NEXT_WEEK, committed_at=None)
    saved(cast.leader, f"goals/{goal.pk}/plan/", {"text": "Theirs", "version": 1}, week="2026-W48")
    browser = Browser()
    browser.force_login(cast.manager, backend=BACKEND)
    fields = {"text": "Mine <b>", "version": 1}
    response = browser.post(f"/week/goals/{goal.pk}/plan/?week=2026-W48", fields)
    assert response.status_code == 422
    assert "You typed: “Mine &lt;b&gt;”" in response.content.decode()
