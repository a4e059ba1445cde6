"""The meetings of the last weeks: growth reviews, the pods' own, and a screen on the wall.

What they decided are promises that the story has already: no goal is made here.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from clients.models import Assignment, Client, Pod, Staff
from godview.access import Role
from godview.periods import DAY, WEEK, monday_of
from metrics.dashboards.portfolio import PACE_STATES
from metrics.formulas.pace import BEHIND
from metrics.queries.pace import client_paces
from metrics.queries.scopes import AGENCY
from metrics.wall_links import create_link
from tasks.meetings.topics import DONE, MINUTES
from tasks.models import Decision, Meeting, MeetingTurn, WeeklyGoal, WeekNote

REVIEWS_WEEKS_AGO, POD_WEEKS = (4, 2), 3
SEVERITY = ("bad", "watch", "none", "good")
SKIPPED, TALKED_ABOUT, DECIDED_IN_REVIEW, DECIDED_IN_POD = 6, 5, 14, 2
Choice = Decision.Choice
CHOICES = (Choice.PIVOT, Choice.PIVOT, Choice.KEEP, Choice.PEOPLE, Choice.ESCALATE)
NOTES = (
    "The owner wants to see the new form before it goes live",
    "Waiting for photos, promised for Thursday",
    "Budget may move from display to search",
    "Their new marketing lead starts next week",
    "Ask about the second branch on Friday’s call",
)


class Meetings:
    def __init__(self, now: datetime, dice: random.Random) -> None:
        self.now, self.dice = now, dice
        self.this_week = monday_of(timezone.localdate(now))
        self.turns: list[MeetingTurn] = []
        self.decisions: list[Decision] = []
        self.ticks: list[Any] = []
        self.notes: list[WeekNote] = []

    def hold(self) -> int:
        """How many meetings there are now."""
        first = self.this_week - max(REVIEWS_WEEKS_AGO) * WEEK
        self.goals: dict[tuple[int, date], list[WeeklyGoal]] = defaultdict(list)
        rows = WeeklyGoal.objects.filter(week_starts_on__gte=first, unplanned=False)
        for goal in rows.select_related("manager").order_by("pk"):
            self.goals[goal.client_id, goal.week_starts_on].append(goal)
        self.standing: dict[date, list[tuple[int | None, int, str]]] = {}
        self.taken = set[int]()
        held = [self._review(weeks) for weeks in REVIEWS_WEEKS_AGO]
        for pod in Pod.objects.order_by("pk"):
            held += [meeting for meeting in self._of_pod(pod) if meeting]
        MeetingTurn.objects.bulk_create(self.turns)
        Decision.objects.bulk_create(self.decisions)
        Meeting.history.model.objects.bulk_create(self.ticks)
        WeekNote.objects.bulk_create(self.notes, ignore_conflicts=True)
        self._put_up_a_screen()
        return len(held)

    def _review(self, weeks_ago: int) -> Meeting:
        """Every client that was served, worst pace first; time ran out before the last ones."""
        monday = self.this_week - weeks_ago * WEEK
        leader = Staff.objects.filter(role=Role.LEADERSHIP).order_by("pk")[0]
        begun = _at(monday + 3 * DAY, 14)
        meeting = self._begun(Meeting.Kind.GROWTH, None, leader, begun)
        order = self._worst_first(meeting.held_on, None)
        moment, decided = begun, 0
        for place, (client, state) in enumerate(order, start=1):
            seen = place <= len(order) - SKIPPED
            seconds = self.dice.randint(120, 260) if state == "bad" else self.dice.randint(15, 70)
            moment += timedelta(seconds=seconds if seen else 0)
            self._turn(meeting, place, client, state, moment if seen else None, seconds)
            if state in ("bad", "watch") and decided < DECIDED_IN_REVIEW:
                decided += self._decide(meeting, client, monday, leader, moment)
        return self._ended(meeting, moment)

    def _of_pod(self, pod: Pod) -> Iterator[Meeting | None]:
        for weeks_ago in range(POD_WEEKS, 0, -1):
            yield self._pod_meeting(pod, self.this_week - weeks_ago * WEEK)

    def _pod_meeting(self, pod: Pod, monday: date) -> Meeting | None:
        """Tuesday mornings: the worst clients, two decisions, and what was said of two more."""
        day = monday + DAY
        members = pod.memberships.on(day).filter(staff__role=Role.ACCOUNT_MANAGER)
        first = members.select_related("staff").order_by("staff__name").first()
        order = self._worst_first(day, pod)[: TALKED_ABOUT + 1]
        if first is None or not order:
            return None
        begun = _at(day, 9, 30)
        meeting = self._begun(Meeting.Kind.POD, pod, first.staff, begun)
        moment = begun
        for topic, planned in MINUTES.items():
            moment += timedelta(minutes=max(2, planned + self.dice.randint(-2, 3)))
            self.ticks.append(_tick(meeting, topic, moment))
        decided = 0
        for place, (client, state) in enumerate(order, start=1):
            seen = begun + timedelta(minutes=10 + 3 * place) if place <= TALKED_ABOUT else None
            self._turn(meeting, place, client, state, seen, 0)
            if seen and decided < DECIDED_IN_POD:
                decided += self._decide(meeting, client, monday, first.staff, seen)
            elif seen and place % 2:
                self._note(client, monday, first.staff, seen)
        return self._ended(meeting, moment)

    # -- parts of a meeting ------------------------------------------

    def _begun(self, kind: str, pod: Pod | None, by: Staff, at: datetime) -> Meeting:
        return Meeting.objects.bulk_create(
            [Meeting(kind=kind, pod=pod, held_on=at.date(), started_by=by, started_at=at)]
        )[0]

    def _ended(self, meeting: Meeting, at: datetime) -> Meeting:
        Meeting.objects.filter(pk=meeting.pk).update(ended_at=at)
        return meeting

    def _worst_first(self, day: date, pod: Pod | None) -> list[tuple[int, str]]:
        """The clients served that day, of the agency or a pod, with their paces of then."""
        if day not in self.standing:
            paces = client_paces(AGENCY, day, BEHIND)
            served = Client.objects.served_on(day).values("pk")
            rows = Assignment.objects.on(day).filter(client__in=served).order_by("client")
            self.standing[day] = [
                (pod_id, pk, PACE_STATES[paces[pk].pace.state] if pk in paces else "none")
                for pod_id, pk in rows.values_list("pod", "client")
            ]
        found = [(pk, state) for of, pk, state in self.standing[day] if pod is None or of == pod.pk]
        return sorted(found, key=lambda one: SEVERITY.index(one[1]))

    def _turn(
        self,
        meeting: Meeting,
        place: int,
        client: int,
        state: str,
        seen: datetime | None,
        seconds: int,
    ) -> None:
        self.turns.append(
            MeetingTurn(
                meeting=meeting,
                client_id=client,
                place=place,
                state=state,
                reviewed_at=seen,
                seconds=seconds if seen else 0,
            )
        )

    def _decide(self, meeting: Meeting, client: int, monday: date, by: Staff, at: datetime) -> bool:
        """What was decided is what the manager promised next, once."""
        goals = self._next_goals(client, monday)
        goal = next((one for one in goals if one.pk not in self.taken), None)
        if goal is None:
            return False
        self.taken.add(goal.pk)
        self.decisions.append(
            Decision(
                meeting=meeting,
                client_id=client,
                choice=self.dice.choice(CHOICES),
                text=goal.text,
                owner=goal.manager,
                due_on=goal.due_on,
                weekly_goal=goal,
                decided_by=by,
                decided_at=at,
            )
        )
        return True

    def _next_goals(self, client: int, monday: date) -> Sequence[WeeklyGoal]:
        return self.goals.get((client, monday + WEEK), ())

    def _note(self, client: int, monday: date, by: Staff, at: datetime) -> None:
        text = self.dice.choice(NOTES)
        self.notes.append(
            WeekNote(client_id=client, week_starts_on=monday, text=text, staff=by, saved_at=at)
        )

    def _put_up_a_screen(self) -> None:
        """Its token is thrown away: whoever wants a screen makes a link of their own."""
        leader = Staff.objects.filter(role=Role.LEADERSHIP).order_by("pk")[0]
        told = {"title": "Second floor", "scope": "agency", "names": "none"}
        create_link(**told, rotates=False, by=leader, now=self.now)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())


def _tick(meeting: Meeting, topic: str, at: datetime) -> Any:
    """The line that a topic leaves in the history of its meeting once it is ticked off."""
    columns = {column.attname: getattr(meeting, column.attname) for column in meeting._meta.fields}
    kept = {"history_date": at, "history_type": "~", "history_change_reason": f"{DONE}: {topic}"}
    return Meeting.history.model(**columns, **kept)
