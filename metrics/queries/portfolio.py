"""Who every client is and who answers for it, and the counts that stand beside its name."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from clients.models import Client, Obligation, Touchpoint
from godview.folding import by_letters
from godview.periods import monday_of
from metrics.formulas.ratio import Ratio
from tasks.models import WeeklyGoal

WEEK = timedelta(days=7)
HOME = "department__"


class ClientRow(NamedTuple):
    """A client served on a day, who answers for it, and when it last heard from us."""

    id: int
    slug: str
    name: str
    industry: str
    pod_id: int | None
    pod: str | None
    pod_slug: str | None
    manager_id: int | None
    manager: str | None
    manager_slug: str | None
    last_touch: date | None
    department: str | None = None
    department_slug: str | None = None


def client_rows(day: date) -> list[ClientRow]:
    """Every client served on a day, by name: one query, one step into an index for each touch."""
    touches = Touchpoint.objects.qualifying().by(day).filter(client=OuterRef("pk"))
    in_force = Q(assignments__started_on=None) | Q(assignments__started_on__lte=day)
    not_over = Q(assignments__ended_on=None) | Q(assignments__ended_on__gt=day)
    rows = (
        Client.objects.served_on(day)
        .annotate(held=FilteredRelation("assignments", condition=in_force & not_over))
        .order_by()
        .values_list(
            "pk",
            "slug",
            "name",
            "industry",
            "held__pod_id",
            "held__pod__name",
            "held__pod__slug",
            "held__account_manager_id",
            "held__account_manager__name",
            "held__account_manager__slug",
            Subquery(touches.order_by("-happened_on").values("happened_on")[:1]),
            # As a scope has it: the pod's department, without one that of the manager.
            Coalesce(F(f"held__pod__{HOME}name"), F(f"held__account_manager__{HOME}name")),
            Coalesce(F(f"held__pod__{HOME}slug"), F(f"held__account_manager__{HOME}slug")),
        )
    )
    return sorted((ClientRow(*row) for row in rows), key=lambda row: by_letters(row.name))


class GoalCount(NamedTuple):
    """A client's weekly goals: of some full weeks, and set for the week that runs."""

    met: int
    committed: int
    this_week: int


def goal_counts(day: date, weeks: int) -> dict[int, GoalCount]:
    """By client: what had become by the day of the goals of the last `weeks` full weeks."""
    monday = monday_of(day)
    before = Q(week_starts_on__lt=monday)
    closed = Q(closed_at=None) | Q(closed_at__date__lte=day)
    rows = (
        WeeklyGoal.objects.committed()
        .filter(week_starts_on__gte=monday - WEEK * weeks, week_starts_on__lte=monday)
        .order_by()
        .values_list("client_id")
        .annotate(
            met=Count("pk", filter=before & closed & Q(status=WeeklyGoal.Status.MET)),
            committed=Count("pk", filter=before),
            this_week=Count("pk", filter=~before),
        )
    )
    return {client: GoalCount(*counts) for client, *counts in rows}


class ManagerWeeks(NamedTuple):
    """A manager's hit rate, week by week, oldest first."""

    id: int
    name: str
    slug: str
    weeks: list[Ratio]


def manager_weeks(monday: date, weeks: int) -> list[ManagerWeeks]:
    """The weekly goals that each manager set, in the last full weeks before `monday`."""
    rows = (
        WeeklyGoal.objects.committed()
        .filter(week_starts_on__gte=monday - WEEK * weeks, week_starts_on__lt=monday)
        .order_by()
        .values_list("manager_id", "manager__name", "manager__slug", "week_starts_on")
        .annotate(
            met=Count("pk", filter=Q(status=WeeklyGoal.Status.MET)),
            committed=Count("pk"),
        )
    )
    found: dict[int, ManagerWeeks] = {}
    for manager, name, slug, week, met, committed in rows:
        mine = found.setdefault(
            manager, ManagerWeeks(manager, name, slug, [Ratio(0, 0) for _ in range(weeks)])
        )
        mine.weeks[weeks - (monday - week).days // 7] = Ratio(met, committed)
    return list(found.values())


class OpenObligation(NamedTuple):
    client_id: int
    text: str
    due_at: datetime


def open_obligations(moment: datetime) -> dict[int, list[OpenObligation]]:
    """What clients owe us an answer to at a moment, the oldest first."""
    rows = (
        Obligation.objects.filter(asked_at__lte=moment)
        .filter(Q(answered_at=None) | Q(answered_at__gt=moment))
        .order_by("due_at")
        .values_list("client_id", "text", "due_at")
    )
    return grouped(OpenObligation(*row) for row in rows)


def grouped(rows: Iterable[OpenObligation]) -> dict[int, list[OpenObligation]]:
    found: defaultdict[int, list[OpenObligation]] = defaultdict(list)
    for row in rows:
        found[row.client_id].append(row)
    return dict(found)
