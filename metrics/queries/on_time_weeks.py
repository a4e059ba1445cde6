"""The last weeks of what was due, of the agency and of each department at once."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Q

from godview.periods import DAY, WEEK, Period
from metrics.formulas.ratio import Ratio
from metrics.queries.deadlines import DONE_IN_TIME, KEPT, own_tasks, promised, truth
from metrics.queries.promises import WHOSE_TEAM
from metrics.queries.scopes import AGENCY


class OnTimeWeeks(NamedTuple):
    """Tasks done by the day they were promised for over tasks due, by week, oldest first."""

    agency: list[Ratio]
    departments: dict[int, list[Ratio]]


def on_time_weeks(monday: date, weeks: int) -> OnTimeWeeks:
    """The last full weeks before `monday`: two queries.

    A department's tasks are those of its people and those in its own projects.
    """
    period = Period(monday - WEEK * weeks, monday)
    ours = promised(AGENCY, period).annotate(team=WHOSE_TEAM, in_time=truth(KEPT))
    own = own_tasks(AGENCY, period).annotate(
        team=F("assignee__staff__department"), in_time=truth(DONE_IN_TIME)
    )
    found = _Weeks(monday, weeks)
    found.add(
        _counted(ours, "team", "due_on").union(_counted(own, "team", "first_due_on"), all=True),
        of_agency=True,
    )
    placed = "task__memberships__project__department", "memberships__project__department"
    found.add(
        _counted(_elsewhere(ours, placed[0]), placed[0], "due_on").union(
            _counted(_elsewhere(own, placed[1]), placed[1], "first_due_on"), all=True
        ),
        of_agency=False,
    )
    return found.told()


def _elsewhere(rows: Any, place: str) -> Any:
    """Those in a department's project that are nobody's of that department."""
    return rows.filter(~Q(team=F(place)) | Q(team=None), **{f"{place}__isnull": False})


def _counted(rows: Any, department: str, day: str) -> Any:
    done = Count("pk", filter=Q(in_time=True), distinct=True)
    each = rows.order_by().values_list(department, day)
    return each.annotate(done=done, n=Count("pk", distinct=True))


def _count(counts: list[int], done: int, due: int) -> None:
    counts[0] += done
    counts[1] += due


class _Weeks:
    def __init__(self, monday: date, weeks: int) -> None:
        self.monday, self.weeks = monday, weeks
        self.agency = self._none()
        self.departments: dict[int, list[list[int]]] = {}

    def add(self, rows: Iterable[Any], *, of_agency: bool) -> None:
        for department, day, done, due in rows:
            week = self.weeks - 1 - (self.monday - day - DAY).days // 7
            if of_agency:
                _count(self.agency[week], done, due)
            if department is not None:
                mine = self.departments.setdefault(department, self._none())
                _count(mine[week], done, due)

    def told(self) -> OnTimeWeeks:
        return OnTimeWeeks(
            [Ratio(*counts) for counts in self.agency],
            {key: [Ratio(*counts) for counts in mine] for key, mine in self.departments.items()},
        )

    def _none(self) -> list[list[int]]:
        return [[0, 0] for _ in range(self.weeks)]
