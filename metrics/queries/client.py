"""The rows of one client's page, each bounded however long the client has been with us."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.utils import timezone

from clients.models import (
    Assignment,
    Client,
    ClientGoal,
    Contact,
    Fee,
    GoalReading,
    NpsAnswer,
    Obligation,
    PodMembership,
    Touchpoint,
)
from godview.access import Role
from godview.periods import Period, monday_of, start_of_day
from tasks.models import Membership, PromiseEvent, Risk, Tactic, Task, WeeklyGoal

SHOWN_CONTACTS = 5
SHOWN_TASKS = 8
SHOWN_OBLIGATIONS = 10
SHOWN_RISKS = 10


def goals_with_readings(client: Client, start: date, day: date) -> list[ClientGoal]:
    """The goals that ran on a day or since `start`, with what was read by then, oldest first."""
    readings = GoalReading.objects.filter(read_on__lte=day).order_by("read_on")
    goals = client.goals.filter(starts_on__lte=day, ends_on__gt=start)
    return list(
        goals.order_by("-matters_most", "name")
        .select_related("promise")
        .prefetch_related(Prefetch("readings", readings))
    )


def changed_terms(client: Client) -> dict[int, list[PromiseEvent]]:
    """By 90-day goal: how what was agreed has been changed, the newest first."""
    found: dict[int, list[PromiseEvent]] = {}
    rows = PromiseEvent.objects.filter(
        kind=PromiseEvent.Kind.CHANGED, promise__client_goal__client=client
    )
    for row in rows.select_related("promise").order_by("-pk"):
        found.setdefault(row.promise.client_goal_id or 0, []).append(row)
    return found


def touchpoints(client: Client, day: date) -> list[Touchpoint]:
    """The newest contacts by a day, of every kind."""
    rows = client.touchpoints.by(day).select_related("staff", "contact")
    return list(rows.order_by("-happened_at")[:SHOWN_CONTACTS])


def contacts_in(client: Client, period: Period | None, day: date) -> QuerySet[Touchpoint]:
    """Every contact by a day, or those of a period; the newest first."""
    rows = client.touchpoints.by(day).select_related("staff", "contact").order_by("-happened_at")
    if period is not None:
        rows = rows.filter(happened_on__gte=period.start, happened_on__lt=period.end)
    return rows


def contacts_by_day(client: Client, period: Period) -> list[date]:
    """The day of each contact in which the client heard from us."""
    rows = client.touchpoints.qualifying().filter(
        happened_on__gte=period.start, happened_on__lt=period.end
    )
    days = rows.order_by().values_list("happened_on", flat=True)
    return [day for day in days if day is not None]


def weekly_goals(client: Client, first_monday: date, last_monday: date) -> list[WeeklyGoal]:
    rows = client.weekly_goals.filter(
        week_starts_on__gte=first_monday, week_starts_on__lte=last_monday
    )
    return list(rows.select_related("client_goal").order_by("week_starts_on", "pk"))


def obligations(client: Client, moment: datetime) -> list[Obligation]:
    """What the client owes us at a moment, the oldest first."""
    known = client.obligations.filter(asked_at__lt=moment)
    waiting = known.filter(Q(answered_at=None) | Q(answered_at__gte=moment)).order_by("due_at")
    return list(waiting[:SHOWN_OBLIGATIONS])


def tactics(client: Client, period: Period) -> list[Tactic]:
    """Those that ran at some time in a period, by name, then by start."""
    rows = client.tactics.filter(started_on__lt=period.end).filter(
        Q(ended_on=None) | Q(ended_on__gte=period.start)
    )
    return list(rows.order_by("name", "started_on", "pk"))


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """The client's tasks that are not done, the most overdue first, and how many there are."""

    shown: list[Task]
    count: int
    overdue: int


def _tasks_of(client: Client) -> QuerySet[Task]:
    mine = Membership.objects.filter(task=OuterRef("pk"), project__client=client)
    return Task.objects.filter(Exists(mine))


def open_tasks(client: Client, day: date) -> OpenTasks:
    waiting = tasks_not_done(client)
    dates = list(waiting.values_list("due_on", flat=True))
    overdue = sum(due_on is not None and due_on < day for due_on in dates)
    return OpenTasks(list(waiting[:SHOWN_TASKS]), len(dates), overdue)


def tasks_not_done(client: Client) -> Any:
    """Every open task, the most overdue first, those without a date last."""
    waiting = _tasks_of(client).in_asana().filter(completed_at=None)  # type: ignore[attr-defined]
    return waiting.select_related("assignee").order_by(F("due_on").asc(nulls_last=True), "name")


def deadlines_moved(client: Client, period: Period) -> dict[date, int]:
    """By Monday: how many changes of a promised day nobody had agreed to."""
    zone = timezone.get_default_timezone()
    start, end = start_of_day(period.start, zone), start_of_day(period.end, zone)
    rows = PromiseEvent.objects.unagreed().filter(
        promise__client=client, happened_at__gte=start, happened_at__lt=end
    )
    moments = rows.order_by().values_list("happened_at", flat=True)
    return dict(Counter(monday_of(timezone.localdate(moment)) for moment in moments))


def newest_answer(client: Client, day: date) -> NpsAnswer | None:
    """What one of its people said last when we asked whether they would recommend us."""
    answers = NpsAnswer.objects.filter(request__contact__client=client, answered_on__lte=day)
    return answers.select_related("request__contact").order_by("-answered_on", "-pk").first()


def open_risks(client: Client, now: datetime) -> list[Risk]:
    """What may go wrong, as told by a moment; what is due first comes first."""
    told = client.risks.filter(told_at__lte=now).filter(Q(closed_at=None) | Q(closed_at__gt=now))
    rows = told.select_related("owner", "told_by")
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "told_at")[:SHOWN_RISKS])


def fees(client: Client, day: date) -> list[Fee]:
    return list(client.fees.on(day).order_by("service"))


def people(client: Client) -> list[Contact]:
    return list(client.contacts.filter(left_on=None).order_by("-decides", "name"))


def designers(client: Client, day: date) -> list[str]:
    """Who designs for the client on a day: the designers of its pod."""
    pods = Assignment.objects.on(day).filter(client=client).values("pod")
    members = PodMembership.objects.on(day).filter(pod__in=pods, staff__role=Role.DESIGNER)
    return list(members.order_by("staff__name").values_list("staff__name", flat=True))
