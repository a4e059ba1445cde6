"""The signs of all clients on a day, each counted once until a row behind it changes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

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
from godview.periods import start_of_day
from metrics.dashboards.portfolio import BOOK, read_once
from metrics.formulas.activity import ActivityChange, ActivityWeek, activity_change, activity_index
from metrics.formulas.traffic_light import Light, LightRecord
from metrics.memory import remembered
from metrics.queries import activity, slips
from metrics.queries import signs as queries
from metrics.queries.signs import Answers, Payment, Replies
from metrics.queries.stamps import Stamp, Stamps
from tasks.models import Project, PromiseEvent, Task


@dataclass(frozen=True, slots=True)
class Signs:
    """By client. Who is not in it has no such sign."""

    lights: dict[int, list[Light | None]]
    heard: dict[int, date]
    activity: dict[int, ActivityChange]
    payments: dict[int, Payment]
    notices: dict[int, date]
    sponsors: dict[int, date]
    replies: dict[int, Replies]
    nps: dict[int, Answers]
    moved: dict[int, int]
    late: dict[int, list[date]]

    def light_record(self, client: int) -> LightRecord:
        return LightRecord(self.lights.get(client, []))


def signs_on(stamps: Stamps, day: date) -> Signs:
    """As they were at the end of the day, whoever asks."""
    return Signs(
        lights=_lights(stamps.of(TrafficLight), day),
        heard=_heard(stamps.of(Touchpoint), day),
        activity=_activity(
            stamps.of(Touchpoint),
            stamps.of(Task, Project),
            stamps.of(Fee, Service),
            stamps.of(*BOOK),
            day,
        ),
        payments=_payments(stamps.of(Invoice), day),
        notices=_notices(stamps.of(Engagement), day),
        sponsors=_sponsors(stamps.of(Contact), day),
        replies=_replies(stamps.of(Obligation), day),
        nps=_nps(stamps.of(NpsAnswer, Contact), day),
        moved=_moved(stamps.of(PromiseEvent, Task), day),
        late=_late(stamps.of(PromiseEvent, Task), day),
    )


def end_of(day: date) -> datetime:
    next_day = day + timedelta(days=1)
    return start_of_day(next_day, timezone.get_default_timezone()) - timedelta(seconds=1)


@remembered(4)
def _lights(stamp: Stamp, day: date) -> dict[int, list[Light | None]]:
    return queries.lights(day)


@remembered(4)
def _heard(stamp: Stamp, day: date) -> dict[int, date]:
    return queries.last_heard(day)


@remembered(4)
def _activity(
    touches: Stamp, tasks: Stamp, services: Stamp, money: Stamp, day: date
) -> dict[int, ActivityChange]:
    """Of the clients served on the day, from their first full week on."""
    met, done = _touches(touches, day), _tasks(tasks, day)
    offered, used = _services(services, day)
    tenures, mondays = read_once(money, day).tenures, activity.activity_mondays(day)
    found = {}
    for client in met.keys() | done.keys():
        tenure = tenures.get(client)
        since = tenure.start_of_spell(day) if tenure else None
        if since is None:
            continue
        weeks = zip(
            met.get(client, [(0, 0)] * len(offered)),
            done.get(client, [0] * len(offered)),
            used.get(client, [0] * len(offered)),
            offered,
            strict=True,
        )
        *before, now = [
            activity_index(ActivityWeek(ours, theirs, tasks_done, used_then, on_offer))
            for (ours, theirs), tasks_done, used_then, on_offer in weeks
        ]
        with_us = [index for index, monday in zip(before, mondays, strict=False) if monday >= since]
        found[client] = activity_change(with_us, now)
    return found


@remembered(4)
def _touches(stamp: Stamp, day: date) -> dict[int, list[tuple[int, int]]]:
    return activity.touches_by_week(day)


@remembered(4)
def _tasks(stamp: Stamp, day: date) -> activity.Weekly:
    return activity.tasks_done_by_week(day)


@remembered(4)
def _services(stamp: Stamp, day: date) -> tuple[list[int], activity.Weekly]:
    return activity.services_by_week(day)


@remembered(4)
def _payments(stamp: Stamp, day: date) -> dict[int, Payment]:
    return queries.payments(day)


@remembered(4)
def _notices(stamp: Stamp, day: date) -> dict[int, date]:
    return queries.notices(day)


@remembered(4)
def _sponsors(stamp: Stamp, day: date) -> dict[int, date]:
    return queries.sponsors_left(day)


@remembered(4)
def _replies(stamp: Stamp, day: date) -> dict[int, Replies]:
    return queries.replies(end_of(day))


@remembered(4)
def _nps(stamp: Stamp, day: date) -> dict[int, Answers]:
    return queries.nps(day)


@remembered(4)
def _moved(stamp: Stamp, day: date) -> dict[int, int]:
    return slips.moved(day)


@remembered(4)
def _late(stamp: Stamp, day: date) -> dict[int, list[date]]:
    return slips.late(day)
