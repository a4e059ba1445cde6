"""Every department on a line, by name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clients.models import Department, Pod
from metrics.dashboards.departments.on_time import OnTime, on_time
from metrics.dashboards.onward import Onward
from metrics.dashboards.trends import on_time_by_department
from metrics.queries.departments import departments, people_by_department
from metrics.queries.stamps import Stamps


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    name: str
    url: str
    director: str
    director_url: str
    on_time: OnTime
    people: int
    pods: int


def department_lines(
    pods: Iterable[Pod], stamps: Stamps, day: date, onward: Onward
) -> list[DepartmentLine]:
    """`pods` are those that the reader may see."""
    weeks = on_time_by_department(stamps, day).departments
    people = people_by_department(day)
    teams = Counter(pod.department_id for pod in pods)
    return [
        _line(row, on_time(weeks.get(row.pk, [])), people[row.pk], teams[row.pk], onward)
        for row in departments()
    ]


def _line(
    row: Department, on_time: OnTime, people: int, pods: int, onward: Onward
) -> DepartmentLine:
    director = row.director
    return DepartmentLine(
        name=row.name,
        url=onward.to("department", row.slug),
        director=director.name if director else "",
        director_url=onward.person(director.pk, director.slug) if director else "",
        on_time=on_time,
        people=people,
        pods=pods,
    )
