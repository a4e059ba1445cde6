"""Meetings over HTTP: read by who sees the pod or the client, decided in by who leads them."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from tasks.meetings import growth, pod
from tasks.models import Decision, Meeting, MeetingTurn, WeeklyGoal
from tests.api.asking import Asking
from tests.factories.cast import Cast, make_cast
from tests.tasks.api.test_ledger import deed, ids

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
NOUNS = ("meetings", "meeting-turns", "decisions")


@pytest.fixture(autouse=True)
def _thursday() -> Any:
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def review(cast: Cast) -> Meeting:
    """Of the whole agency: both clients have a turn."""
    order = [(cast.client_a.pk, "bad"), (cast.client_b.pk, "good")]
    return growth.begin(pod=None, by=cast.leader.staff, worst_first=order, now=THURSDAY)


@pytest.fixture
def weekly(cast: Cast) -> Meeting:
    order = [(cast.client_a.pk, "bad")]
    return pod.begin(pod=cast.pod_a, by=cast.manager.staff, worst_first=order, now=THURSDAY)


def decision(meeting: Meeting, client: Any, **more: Any) -> dict[str, Any]:
    told = {"meeting": meeting.pk, "client": client.pk, "choice": "pivot", "text": "Hero form"}
    return {**told, **more}


def test_each_sees_the_meetings_of_their_pods_and_the_turns_of_their_clients(
    cast: Cast, review: Meeting, weekly: Meeting
):
    for who, meetings, turns in (
        ("leader", {review.pk, weekly.pk}, 3),
        ("designer", {review.pk, weekly.pk}, 2),
        ("manager_b", {review.pk}, 1),
        ("salesperson", set(), 0),
    ):
        asking = Asking(getattr(cast, who))
        assert set(ids(asking.get("meetings"))) == meetings, who
        assert len(ids(asking.get("meeting-turns"))) == turns, who
    assert Asking(cast.manager_b).get("meetings", weekly.pk).status_code == 404


def test_lists_of_meetings_are_narrowed(cast: Cast, review: Meeting, weekly: Meeting):
    leader = Asking(cast.leader)
    assert ids(leader.get("meetings", kind="pod", pod=cast.pod_a.pk)) == [weekly.pk]
    growth.end(meeting=review, now=THURSDAY)
    assert ids(leader.get("meetings", running="false")) == [review.pk]
    assert ids(leader.get("meetings", held_before="2026-11-19")) == []
    assert len(ids(leader.get("meeting-turns", meeting=review.pk, reviewed="false"))) == 2


def test_a_decision_of_a_review_may_change_until_its_client_is_passed_on(
    cast: Cast, review: Meeting
):
    manager = Asking(cast.manager)
    made = manager.post("decisions", **decision(review, cast.client_a))
    assert made.status_code == 201, made.content
    assert made.json()["decided_by"] == cast.manager.staff.pk
    changed = manager.patch("decisions", made.json()["id"], text="New booking form")
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    turn = MeetingTurn.objects.get(client=cast.client_a)
    passed = deed(cast.manager, "meeting-turns", turn, "pass", seconds=95)
    assert (passed.status_code, passed.json()["seconds"]) == (200, 95)
    assert WeeklyGoal.objects.get().text == "New booking form"
    refused = manager.patch("decisions", made.json()["id"], text="Something else")
    assert (refused.status_code, Decision.objects.get().text) == (400, "New booking form")


def test_a_decision_of_a_pods_meeting_is_promised_at_once(cast: Cast, weekly: Meeting):
    made = Asking(cast.manager).post("decisions", **decision(weekly, cast.client_a))
    assert made.json()["weekly_goal"] == WeeklyGoal.objects.get().pk
    again = Asking(cast.manager).post("decisions", **decision(weekly, cast.client_a))
    assert "has a decision already" in again.content.decode()


def test_a_client_without_a_turn_or_out_of_sight_is_not_decided_on(
    cast: Cast, review: Meeting, weekly: Meeting
):
    told = decision(weekly, cast.client_b)
    assert "no turn" in Asking(cast.leader).post("decisions", **told).content.decode()
    told = decision(review, cast.client_b)
    assert Asking(cast.manager).post("decisions", **told).status_code == 400
    assert not Decision.objects.exists()


def test_a_meeting_is_ended_by_who_may_lead_it(cast: Cast, weekly: Meeting):
    assert deed(cast.designer, "meetings", weekly, "end").status_code == 403
    assert deed(cast.manager_b, "meetings", weekly, "end").status_code == 404
    assert deed(cast.manager, "meetings", weekly, "end").json()["ended_at"] is not None
    over = Asking(cast.manager).post("decisions", **decision(weekly, cast.client_a))
    assert "This meeting is over" in over.content.decode()


@pytest.mark.parametrize("noun", NOUNS)
def test_meetings_are_not_begun_rewritten_or_deleted_here(cast: Cast, review: Meeting, noun: str):
    asking = Asking(cast.admin)
    pk = review.pk if noun == "meetings" else 1
    assert asking.delete(noun, pk).status_code == 405
    if noun != "decisions":
        assert asking.post(noun, kind="pod").status_code == 405
        assert asking.patch(noun, pk, kind="pod").status_code == 405
