"""Pods: who is in them, whose clients were whose, and what became of their goals."""

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Subquery

from clients.models import Assignment, Pod, PodMembership
from godview.access import Role, covers
from godview.folding import by_letters
from godview.periods import Period
from metrics.formulas.retention import Spell
from metrics.formulas.weekly_goals import WeeklyGoals
from metrics.queries.scopes import Roster
from metrics.queries.weekly_goals import GoalKind, goals_from_counts
from tasks.models import WeeklyGoal

ROLE_ORDER = (Role.ACCOUNT_MANAGER, Role.DESIGNER)


class Member(NamedTuple):
    """Somebody in a pod on a day."""

    pod_id: int
    id: int
    name: str
    slug: str
    role: str

    @property
    def role_word(self) -> str:
        return str(Role(self.role).label)


def pods_seen_by(user: Any) -> list[Pod]:
    """The pods a person may see, by name, each with its department."""
    pods = Pod.objects.visible_to(user).select_related("department").order_by()
    return sorted(pods, key=lambda pod: by_letters(pod.name))


def members_by_pod(day: date, pods: Iterable[int]) -> dict[int, list[Member]]:
    """Who is in each pod on a day: managers, then designers, then others, by name."""
    rows = PodMembership.objects.on(day).filter(pod__in=list(pods)).order_by("staff__name")
    found: dict[int, list[Member]] = {}
    for row in rows.values_list("pod_id", "staff_id", "staff__name", "staff__slug", "staff__role"):
        found.setdefault(row[0], []).append(Member(*row))
    for members in found.values():
        members.sort(key=lambda member: _place(member.role))
    return found


def _place(role: str) -> int:
    return ROLE_ORDER.index(Role(role)) if role in ROLE_ORDER else len(ROLE_ORDER)


def rosters() -> dict[int, Roster]:
    """Every pod's clients, and from when until when they were its clients."""
    found: dict[int, dict[Hashable, list[Spell]]] = {}
    rows = Assignment.objects.filter(pod__isnull=False).order_by()
    for pod, client, start, end in rows.values_list(
        "pod_id", "client_id", "started_on", "ended_on"
    ):
        spells = found.setdefault(pod, {}).setdefault(client, [])
        spells.append(Spell(start or date.min, end))
    return {pod: Roster(spells) for pod, spells in found.items()}


def goals_by_pod(weeks: Period) -> dict[int, WeeklyGoals]:
    """What became of the weekly goals of each pod's clients, in the weeks from Monday to Monday.

    A goal belongs to the pod that had the client in that week.
    """
    had_it = Assignment.objects.filter(
        covers(OuterRef("week_starts_on")), client=OuterRef("client_id")
    )
    rows = (
        WeeklyGoal.objects.filter(week_starts_on__gte=weeks.start, week_starts_on__lt=weeks.end)
        .annotate(pod=Subquery(had_it.values("pod")[:1]))
        .order_by()
        .values_list("pod", "status", "unplanned")
        .annotate(count=Count("pk"))
    )
    counts: dict[int, dict[GoalKind, int]] = {}
    for pod, status, unplanned, count in rows:
        counts.setdefault(pod, {})[GoalKind(status, unplanned)] = count
    return {pod: goals_from_counts(mine) for pod, mine in counts.items()}
