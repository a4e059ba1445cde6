"""Which pod and which manager every client had on a day, for many days at once: one query."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from clients.models import Assignment


class Held(NamedTuple):
    pod: int | None
    manager: int | None
    start: date | None
    end: date | None

    def covers(self, day: date) -> bool:
        begun = self.start is None or self.start <= day
        return begun and (self.end is None or day < self.end)


class Memberships:
    def __init__(self, held: dict[int, list[Held]]) -> None:
        self._held = held

    def on(self, client: int, day: date) -> Held | None:
        return next((one for one in self._held.get(client, ()) if one.covers(day)), None)


def read_memberships() -> Memberships:
    found: defaultdict[int, list[Held]] = defaultdict(list)
    rows = Assignment.objects.order_by().values_list(
        "client_id", "pod_id", "account_manager_id", "started_on", "ended_on"
    )
    for client, pod, manager, start, end in rows:
        found[client].append(Held(pod, manager, start, end))
    return Memberships(dict(found))
