"""Help asked for with a client's goals, and what was decided because one was off its way."""

from datetime import date, datetime

from django.db.models import F

from clients.models import Client, Pivot
from tasks.models import HelpRequest

SHOWN = 5


def help_requests(client: Client, now: datetime) -> list[HelpRequest]:
    """Those that nobody has answered first, then the newest."""
    rows = client.help_requests.filter(asked_at__lte=now)
    about = rows.select_related("asked_by", "given_by", "weekly_goal", "client_goal")
    return list(about.order_by(F("given_at").desc(nulls_first=True), "-asked_at", "-pk")[:SHOWN])


def pivots(client: Client, day: date) -> list[Pivot]:
    rows = Pivot.objects.filter(goal__client=client, decided_on__lte=day)
    return list(rows.select_related("goal", "decided_by").order_by("-decided_on", "-pk")[:SHOWN])
