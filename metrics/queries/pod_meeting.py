"""What a pod talks about once a week: its clients' goals, promises, risks and last decisions."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Count

from clients.models import Pod
from godview.periods import Period
from tasks.models import Decision, Meeting, Postponement, Promise, Risk, Standing, WeeklyGoal

SINCE_NO_MEETING = timedelta(days=14)
OPEN = Standing.State.OPEN


def meetings_of(pod: Pod) -> list[Meeting]:
    """Those of a pod so far, the newest first."""
    rows = Meeting.objects.filter(kind=Meeting.Kind.POD, pod=pod)
    return list(rows.select_related("pod", "started_by")[:12])


def decided_since(
    clients: Collection[int], last: date | None, day: date, but: int | None
) -> list[Decision]:
    """What any meeting decided for these clients since the pod's last one, by client."""
    since = last or day - SINCE_NO_MEETING
    rows = Decision.objects.filter(client__in=clients, meeting__held_on__gte=since)
    rows = rows.filter(meeting__held_on__lte=day).exclude(meeting=but)
    about = ("client", "owner", "meeting", "weekly_goal")
    return list(rows.select_related(*about).order_by("client__name", "decided_at"))


def goals_of(clients: Collection[int], week: Period) -> list[WeeklyGoal]:
    """The weekly goals of the weeks from Monday to Monday, by manager and client."""
    rows = WeeklyGoal.objects.filter(
        client__in=clients, week_starts_on__gte=week.start, week_starts_on__lt=week.end
    )
    return list(rows.select_related("client", "manager").order_by("client__name", "pk"))


def open_tasks(clients: Collection[int], until: date) -> list[Promise]:
    """Tasks that are not done and whose agreed day is before `until`, the latest first."""
    rows = Promise.objects.counted().of_tasks().filter(client__in=clients)
    rows = rows.filter(standing__state=OPEN, standing__agreed_on__lt=until)
    about = ("client", "owner", "standing")
    return list(rows.select_related(*about).order_by("standing__agreed_on", "pk"))


def tasks_done(weeks: Period) -> Counter[int]:
    """By person: how many promised tasks they finished, for any client."""
    rows = Promise.objects.counted().of_tasks().filter(owner__isnull=False)
    rows = rows.filter(
        standing__completed_on__gte=weeks.start, standing__completed_on__lt=weeks.end
    )
    return Counter(dict(rows.order_by().values_list("owner").annotate(Count("pk"))))


def days_asked_for(clients: Collection[int]) -> list[Postponement]:
    """Other days that somebody waits for an answer to, the oldest first."""
    rows = Postponement.objects.open().filter(promise__client__in=clients)
    about = ("promise__client", "promise__standing", "asked_by", "obligation")
    return list(rows.select_related(*about).order_by("asked_at", "pk"))


def open_risks(clients: Collection[int]) -> list[Risk]:
    """What may go wrong, the one that is due first; those without a day come last."""
    rows = Risk.objects.open().filter(client__in=clients).select_related("client", "owner")
    return sorted(rows, key=lambda risk: (risk.due_on or date.max, risk.told_at))


def last_meetings(pods: Iterable[int], day: date) -> dict[int | None, Meeting]:
    """The newest meeting of each pod, of the last quarter."""
    rows = Meeting.objects.filter(kind=Meeting.Kind.POD, pod__in=list(pods))
    recent = rows.filter(held_on__gt=day - timedelta(days=91), held_on__lte=day)
    found = recent.select_related("pod").order_by("held_on", "pk")
    return {meeting.pod_id: meeting for meeting in found}
