"""The ledger of a client, a pod or a person in short: what waits, and what happened last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from clients.models import Client, Pod, Staff
from godview.access import staff_of
from tasks.deadlines.reading import clients_of_pod
from tasks.deadlines.words import EventLine, event_line
from tasks.models import Finding, Postponement, PromiseEvent

SHOWN, SHORT = 5, 3
MOST_OPEN = 100


@dataclass(frozen=True, slots=True)
class Line:
    """What happened, and to which promise."""

    event: PromiseEvent
    told: EventLine


@dataclass(frozen=True, slots=True)
class Suspect:
    """A finding that nobody has decided on, and what it is about."""

    finding: Finding
    told: EventLine | None


@dataclass(frozen=True, slots=True)
class Panel:
    """`waiting` counts what waits, shown or not; `asked` is what the whole ledger is asked for."""

    requests: list[Postponement]
    suspects: list[Suspect]
    events: list[Line]
    waiting: int
    asked: str
    reader: Staff | None

    @property
    def more(self) -> int:
        return self.waiting - len(self.requests) - len(self.suspects)


def client_panel(client: Client, user: Any, now: datetime) -> Panel:
    return _panel(Q(promise__client=client), user, now, f"client={client.slug}", SHOWN)


def pod_panel(pod: Pod, user: Any, now: datetime) -> Panel:
    mine = Q(promise__client__in=clients_of_pod(pod, timezone.localdate(now)))
    return _panel(mine, user, now, f"pod={pod.slug}", SHORT)


def person_panel(person: Staff, user: Any, now: datetime) -> Panel:
    return _panel(Q(promise__owner=person), user, now, f"manager={person.slug}", SHORT)


def _panel(whose: Q, user: Any, now: datetime, asked: str, shown: int) -> Panel:
    """The oldest that waits first; what happened last first, without what waits above it."""
    asking = Postponement.objects.visible_to(user).open().filter(whose, asked_at__lte=now)
    found = Finding.objects.visible_to(user).open().filter(whose, found_at__lte=now)
    events = PromiseEvent.objects.visible_to(user).filter(whose, happened_at__lte=now)
    about = ("promise__client", "promise__standing", "asked_by", "obligation")
    requests = list(asking.select_related(*about).order_by("asked_at", "pk")[:MOST_OPEN])
    why = ("promise__client", "event__actor", "event__twin")
    findings = list(found.select_related(*why).order_by("found_at", "pk")[:MOST_OPEN])
    newest = events.exclude(finding__state=Finding.State.OPEN).order_by("-happened_at", "-pk")
    last = newest.select_related("promise__client", "actor", "twin", "finding")[:shown]
    today = timezone.localdate(now)
    return Panel(
        requests=requests[:shown],
        suspects=[
            Suspect(one, event_line(one.event, today) if one.event else None)
            for one in findings[:shown]
        ],
        events=[Line(event, event_line(event, today)) for event in last],
        waiting=len(requests) + len(findings),
        asked=asked,
        reader=staff_of(user),
    )
