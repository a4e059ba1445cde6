"""Everybody who works here on a line each, by last name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clients.models import Staff
from godview.folding import by_letters
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, all_lines
from metrics.dashboards.today.people import last_name_first
from metrics.queries.staff import Place, pods_by_person, staff_on
from metrics.queries.stamps import Stamps


@dataclass(frozen=True, slots=True)
class Link:
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """`url` is empty, and `clients` unknown, for those whose page is not the reader's to open."""

    name: str
    url: str
    role: str
    department: Link | None
    pods: list[Link]
    clients: int | None
    clients_url: str
    off_pace: int
    off_pace_url: str


def person_lines(user: Any, stamps: Stamps, day: date, onward: Onward) -> list[PersonLine]:
    places, lines = pods_by_person(day, user), all_lines(stamps, day)
    found = [_line(one, places.get(one.pk, []), lines, onward) for one in staff_on(day)]
    return sorted(found, key=lambda line: by_letters(line.name))


def _line(person: Staff, places: list[Place], lines: Sequence[Line], onward: Onward) -> PersonLine:
    url = onward.person(person.pk, person.slug)
    mine = Counter(line.pace_state for line in lines if line.who.manager_id == person.pk)
    department = person.department
    return PersonLine(
        name=last_name_first(person.name),
        url=url,
        role=person.get_role_display(),
        department=Link(department.name, onward.to("department", department.slug))
        if department
        else None,
        pods=[Link(place.name, onward.to("pod", place.slug)) for place in places],
        clients=mine.total() if url and mine else None,
        clients_url=onward.to("clients", manager=person.slug),
        off_pace=mine["bad"],
        off_pace_url=onward.to("clients", manager=person.slug, pace="off"),
    )
