"""How the weeks of clients were marked. A week that nobody marked is in nothing: blank is blank."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple, cast

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from clients.models import Client, TrafficLight
from clients.models.traffic_light import SHORTEST_NOTE
from godview.periods import WEEK, Period, monday_of
from metrics.queries.scopes import Scope

WEEKS = 13
Color = TrafficLight.Color
State = Literal["good", "watch", "bad", "none"]
STATES: dict[Color, State] = {Color.GREEN: "good", Color.YELLOW: "watch", Color.RED: "bad"}
LIGHT_WORDS = cast(
    dict[str, str],  # said in the language of who reads
    {
        "good": pgettext_lazy("light", "green"),
        "watch": pgettext_lazy("light", "yellow"),
        "bad": pgettext_lazy("light", "red"),
        "none": pgettext_lazy("light", "not set"),
    },
)


class Mark(NamedTuple):
    """The last marking of a client's week."""

    id: int
    color: str
    note: str

    @property
    def state(self) -> State:
        return STATES[Color(self.color)]

    @property
    def lacks_note(self) -> bool:
        return self.color == Color.RED and len(self.note.strip()) < SHORTEST_NOTE


def lights_to(
    clients: Iterable[int], monday: date, weeks: int = WEEKS
) -> dict[int, dict[date, Mark]]:
    """By client and Monday, the week of `monday` and those before it."""
    first = monday - WEEK * (weeks - 1)
    rows = TrafficLight.objects.as_they_stand().filter(
        client__in=list(clients), week_starts_on__range=(first, monday)
    )
    found: dict[int, dict[date, Mark]] = {}
    columns = ("client_id", "week_starts_on", *Mark._fields)
    for client, week, *told in rows.order_by().values_list(*columns):
        found.setdefault(client, {})[week] = Mark(*told)
    return found


def states_to(marks: Mapping[date, Mark], monday: date, weeks: int = WEEKS) -> tuple[str, ...]:
    """Good, watch, bad or none for each of the weeks, the oldest first."""
    mondays = (monday - WEEK * back for back in range(weeks - 1, -1, -1))
    return tuple(marks[day].state if day in marks else "none" for day in mondays)


def newest_lights(day: date) -> dict[int, State]:
    """Of each client, the light of the week of `day`, or else of the week before it."""
    monday = monday_of(day)
    rows = TrafficLight.objects.as_they_stand().filter(week_starts_on__in=(monday - WEEK, monday))
    found = rows.order_by("week_starts_on").values_list("client_id", "color")
    return {client: STATES[Color(color)] for client, color in found}


class Marking(NamedTuple):
    """One marking of a client's week; `day` is the one on which the week was over."""

    client: int
    week: date
    color: str
    note: str
    marked_on: date

    @property
    def day(self) -> date:
        return self.week + WEEK


def markings_in(scope: Scope, period: Period) -> list[Marking]:
    """Of the weeks whose Sunday lies in the period; the last marking of a week comes last."""
    rows = TrafficLight.objects.filter(
        scope.clients_ever(),
        week_starts_on__gt=period.start - WEEK,
        week_starts_on__lte=period.end - WEEK,
    )
    columns = ("client_id", "week_starts_on", "color", "note", "marked_at")
    told = rows.order_by("marked_at", "pk").values_list(*columns)
    return [
        Marking(client, week, color, note, timezone.localdate(at))
        for client, week, color, note, at in told
    ]


class KeyClient(NamedTuple):
    """A client whose weeks get a light, and who recommended us to it."""

    client: int
    is_key: bool
    referred_by: int | None


def clients_by(scope: Scope, day: date) -> list[KeyClient]:
    """What is known of the clients apart from any day."""
    rows = Client.objects.filter(scope.clients_ever("pk")).order_by()
    # That who recommended it was deleted leaves no line in a client's own history.
    told = rows.values_list("pk", "is_key", "referred_by", "referred_by__name")
    return [KeyClient(pk, is_key, by if name else None) for pk, is_key, by, name in told]


def marks_of_weeks(first: date, last: date) -> list[tuple[int, date, Color]]:
    """The last marking of every client's weeks, from one Monday to another."""
    rows = TrafficLight.objects.as_they_stand().filter(week_starts_on__range=(first, last))
    told = rows.order_by().values_list("client_id", "week_starts_on", "color")
    return [(client, week, Color(color)) for client, week, color in told]
