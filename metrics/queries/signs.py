"""What the rules of attention and early warning look at: each sign of all clients in one query."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Avg, Count, F, Max, Min, OuterRef, Q, Subquery

from clients.models import (
    Contact,
    Engagement,
    Fee,
    Invoice,
    NpsAnswer,
    Obligation,
    Service,
    Touchpoint,
    TrafficLight,
)
from godview.periods import WEEK, monday_of
from metrics.formulas.activity import BASELINE_WEEKS
from metrics.formulas.traffic_light import Light
from tasks.models import Membership

LIGHT_WEEKS = 13
REPLY_DAYS = 90
NPS_DAYS = 365
COLOURS = {"green": Light.GREEN, "yellow": Light.YELLOW, "red": Light.RED}


def lights(day: date) -> dict[int, list[Light | None]]:
    """By client: the last thirteen weeks, oldest first, as they had been marked by `day`."""
    first = monday_of(day) - WEEK * (LIGHT_WEEKS - 1)
    rows = (
        TrafficLight.objects.filter(week_starts_on__gte=first, week_starts_on__lte=day)
        .filter(marked_at__date__lte=day)
        .order_by("marked_at", "pk")
        .values_list("client_id", "week_starts_on", "color")
    )
    found: defaultdict[int, list[Light | None]] = defaultdict(lambda: [None] * LIGHT_WEEKS)
    for client, monday, color in rows:
        found[client][(monday - first).days // 7] = COLOURS[color]
    return dict(found)


def last_heard(day: date) -> dict[int, date]:
    """When each client last spoke with us or wrote to us, as a person."""
    theirs = Q(channel__in=Touchpoint.SPOKEN) | Q(
        channel__in=Touchpoint.WRITTEN, direction=Touchpoint.Direction.INBOUND
    )
    rows = Touchpoint.objects.by(day).filter(theirs, automatic=False).order_by()
    return dict(rows.values_list("client_id").annotate(Max("happened_on")))


Weekly = dict[int, list[int]]  # by client: one count a week, oldest first


def activity_mondays(day: date) -> list[date]:
    """The last nine full weeks, oldest first."""
    first = monday_of(day) - WEEK * (BASELINE_WEEKS + 1)
    return [first + WEEK * week for week in range(BASELINE_WEEKS + 1)]


def touches_by_week(day: date) -> dict[int, list[tuple[int, int]]]:
    """Touches of people: ours and theirs."""
    mondays, inbound = activity_mondays(day), Q(direction=Touchpoint.Direction.INBOUND)
    weeks: dict[str, Count] = {}
    for place, monday in enumerate(mondays):
        here = Q(happened_on__gte=monday, happened_on__lt=monday + WEEK)
        weeks[f"ours{place}"] = Count("pk", filter=here & ~inbound)
        weeks[f"theirs{place}"] = Count("pk", filter=here & inbound)
    rows = (
        Touchpoint.objects.filter(
            happened_on__gte=mondays[0],
            happened_on__lt=mondays[-1] + WEEK,
            automatic=False,
            channel__in=(*Touchpoint.SPOKEN, *Touchpoint.WRITTEN),
        )
        .order_by()
        .values_list("client_id")
        .annotate(**weeks)
    )
    return {row[0]: list(zip(row[1::2], row[2::2], strict=True)) for row in rows}


def tasks_done_by_week(day: date) -> Weekly:
    """Tasks and subtasks of the client's projects, each once."""
    mondays = activity_mondays(day)
    weeks = {
        f"week{place}": Count(
            "task_id",
            distinct=True,
            filter=Q(task__completed_on__gte=monday, task__completed_on__lt=monday + WEEK),
        )
        for place, monday in enumerate(mondays)
    }
    rows = (
        Membership.objects.filter(
            task__completed_on__gte=mondays[0],
            task__completed_on__lt=mondays[-1] + WEEK,
            project__client__isnull=False,
        )
        .order_by()
        .values_list("project__client_id")
        .annotate(**weeks)
    )
    return {row[0]: list(row[1:]) for row in rows}


def services_by_week(day: date) -> tuple[list[int], Weekly]:
    """How many were offered in each week; how many of these each client used (pays a fee for)."""
    return _services(activity_mondays(day))


def _services(mondays: list[date]) -> tuple[list[int], dict[int, list[int]]]:
    """Offered in each week, and of these used by each client: it pays a fee by that name."""
    known = list(Service.objects.order_by().values_list("name", "offered_from", "offered_until"))
    on_offer = [{name for name, *span in known if _covers(span, monday)} for monday in mondays]
    used: dict[int, list[int]] = {}
    if not known:
        return [0] * len(mondays), used
    fees = Fee.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=mondays[0]), starts_on__lte=mondays[-1]
    )
    paid: defaultdict[int, list[set[str]]] = defaultdict(lambda: [set() for _ in mondays])
    for client, name, *span in fees.order_by().values_list(
        "client_id", "service", "starts_on", "ends_on"
    ):
        for place, monday in enumerate(mondays):
            if name in on_offer[place] and _covers(span, monday):
                paid[client][place].add(name)
    used = {client: [len(names) for names in weeks] for client, weeks in paid.items()}
    return [len(names) for names in on_offer], used


def _covers(span: list[date | None], day: date) -> bool:
    start, end = span
    return (start is None or start <= day) and (end is None or day < end)


class Payment(NamedTuple):
    """Of a client that was asked to pay: since when the oldest unpaid invoice is due."""

    late_since: date | None


def payments(day: date) -> dict[int, Payment]:
    """By client with an invoice in the last year, or a late one."""
    late = Q(due_on__lt=day) & (Q(paid_on=None) | Q(paid_on__gt=day))
    rows = (
        Invoice.objects.filter(issued_on__lte=day)
        .filter(late | Q(issued_on__gt=day - timedelta(days=NPS_DAYS)))
        .order_by()
        .values_list("client_id")
        .annotate(since=Min("due_on", filter=late))
    )
    return {client: Payment(since) for client, since in rows}


def notices(day: date) -> dict[int, date]:
    """Who has said by the day that it leaves, and is still served."""
    rows = Engagement.objects.on(day).filter(notice_on__lte=day).order_by()
    return {client: on for client, on in rows.values_list("client_id", "notice_on") if on}


def sponsors_left(day: date) -> dict[int, date]:
    """When the last of those with the last word on a contract left."""
    rows = Contact.objects.filter(decides=True, left_on__lte=day).order_by()
    return dict(rows.values_list("client_id").annotate(Max("left_on")))


class Replies(NamedTuple):
    late: int
    due: int


def replies(now: datetime) -> dict[int, Replies]:
    """By client: what it owed us an answer to in the last 90 days, and how often that was late."""
    late = Q(answered_at=None) | Q(answered_at__gt=F("due_at"))
    rows = (
        Obligation.objects.filter(
            asked_at__lte=now, due_at__lte=now, due_at__gt=now - timedelta(days=REPLY_DAYS)
        )
        .order_by()
        .values_list("client_id")
        .annotate(late=Count("pk", filter=late), due=Count("pk"))
    )
    return {client: Replies(late, due) for client, late, due in rows}


def nps(day: date) -> dict[int, float]:
    """By client: the mean of the last answer of each of its people, in the last year."""
    by_then = NpsAnswer.objects.filter(
        answered_on__lte=day, answered_on__gt=day - timedelta(days=NPS_DAYS)
    )
    same = by_then.filter(request__contact=OuterRef("request__contact"))
    last = Subquery(same.order_by("-answered_on", "-pk").values("pk")[:1])
    rows = by_then.filter(pk=last).order_by().values_list("request__contact__client_id")
    return dict(rows.annotate(Avg("score")))
