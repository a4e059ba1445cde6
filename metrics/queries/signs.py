"""What the rules of attention and early warning look at: each sign of all clients in one query."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Avg, Count, F, Max, Min, OuterRef, Q, Subquery

from clients.models import (
    Contact,
    Engagement,
    Invoice,
    NpsAnswer,
    Obligation,
    Touchpoint,
    TrafficLight,
)
from godview.periods import WEEK, monday_of
from metrics.attention import REPLY_DAYS
from metrics.formulas.traffic_light import Light

LIGHT_WEEKS = 13
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


class Answers(NamedTuple):
    mean: float
    newest_on: date


def nps(day: date) -> dict[int, Answers]:
    """By client: the last answer of each of its people, in the last year."""
    by_then = NpsAnswer.objects.filter(
        answered_on__lte=day, answered_on__gt=day - timedelta(days=NPS_DAYS)
    )
    same = by_then.filter(request__contact=OuterRef("request__contact"))
    last = Subquery(same.order_by("-answered_on", "-pk").values("pk")[:1])
    rows = by_then.filter(pk=last).order_by().values_list("request__contact__client_id")
    found = rows.annotate(Avg("score"), Max("answered_on"))
    return {client: Answers(mean, newest_on) for client, mean, newest_on in found}
