"""One person: what they promised and did in 26 weeks, their clients, and what they must learn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from clients.models import PodMembership, Staff
from godview.access import Role
from godview.periods import WEEK, Period, full_weeks_before, monday_of
from godview.templatetags.display import in_a_row
from metrics.dashboards.client_lines import ClientLine, client_lines, in_a_sentence
from metrics.dashboards.figures import Figure
from metrics.dashboards.grid import (
    WEEKS,
    Grid,
    contacts_row,
    goals_row,
    mondays_to,
    share_row,
    week_numbers,
)
from metrics.dashboards.onward import Onward
from metrics.dashboards.people.lines import Link
from metrics.dashboards.people.past import count_figure, halves, share_figure
from metrics.dashboards.people.standing import standing_figures
from metrics.dashboards.people.training import Learning, learning
from metrics.dashboards.portfolio import Line, all_lines, lines_for
from metrics.dashboards.weeks import Weeks
from metrics.formulas.ratio import Ratio
from metrics.queries.scopes import Scope
from metrics.queries.staff import goals_of_week, pods_of
from metrics.queries.stamps import read_stamps
from metrics.queries.weeks import GoalWeek, weeks_to
from tasks.models import WeeklyGoal

GOALS, ON_TIME = "weekly_goal_hit_rate", "on_time_rate"


@dataclass(frozen=True, slots=True)
class PersonPage:
    """`whose` says whose clients the lines are: the person's own, or those of their pod."""

    person: Staff
    day: date
    crumbs: list[Link]
    lead: str
    tiles: list[tuple[str, Figure]]
    grid: Grid
    week: int
    week_url: str
    goals: list[WeeklyGoal]
    lines: list[ClientLine]
    whose: str
    learning: Learning | None

    @property
    def is_manager(self) -> bool:
        return bool(self.goals) or self.person.role == Role.ACCOUNT_MANAGER


def person_page(person: Staff, user: Any, day: date, onward: Onward) -> PersonPage:
    stamps = read_stamps()
    scope = Scope("manager", person.pk, person.name)
    weeks = Weeks(stamps, weeks_to(day, 2 * WEEKS + 1))
    done = Done(weeks.goals(scope), weeks.contacts(scope), weeks.on_time(scope))
    places = pods_of(person, day)
    everybody = all_lines(stamps, day)
    mine, whose = _clients_of(person, places, lines_for(user, stamps, day))
    return PersonPage(
        person=person,
        day=day,
        crumbs=_crumbs(person, places, onward),
        lead=_lead(person, places, mine),
        tiles=_tiles(person, done, everybody, day, onward),
        grid=_grid(person, done, day, onward),
        week=day.isocalendar().week,
        week_url=onward.to("week", manager=person.slug),
        goals=goals_of_week(person, monday_of(day), user),
        lines=client_lines(mine, onward),
        whose=whose,
        learning=learning(person, user, stamps, day),
    )


@dataclass(frozen=True, slots=True)
class Done:
    """What the person did, by Monday."""

    goals: dict[date, GoalWeek]
    contacts: Counter[date]
    on_time: dict[date, Ratio]


def _tiles(
    person: Staff, done: Done, lines: Sequence[Line], day: date, onward: Onward
) -> list[tuple[str, Figure]]:
    named = f"manager:{person.slug}"
    hit = halves({monday: Ratio(w.met, w.committed) for monday, w in done.goals.items()}, day)
    on_time = halves(done.on_time, day)
    full = [week.start for week in full_weeks_before(day, 2 * WEEKS)]
    counts = [done.contacts[monday] for monday in full]
    contacts = count_figure(counts[WEEKS:], counts[:WEEKS], "#weeks")
    return [
        (_("Goals hit, 13 weeks"), share_figure(GOALS, hit, named, day, onward)),
        (_("Tasks on time, 13 weeks"), share_figure(ON_TIME, on_time, named, day, onward)),
        (_("Contacts a week"), contacts),
        *standing_figures(person, lines, day, onward),
    ]


def _grid(person: Staff, done: Done, day: date, onward: Onward) -> Grid:
    named = f"manager:{person.slug}"
    mondays = mondays_to(day)
    tasks = share_row(
        _("Tasks on time"),
        _("tasks done by the first due date"),
        ON_TIME,
        [done.on_time.get(monday, Ratio(0, 0)) for monday in mondays],
        [onward.why(ON_TIME, named, Period(monday, monday + WEEK)) for monday in mondays],
    )
    goals = goals_row(done.goals, day, named, onward)
    return Grid(week_numbers(day), [goals, contacts_row(_("Contacts"), done.contacts, day), tasks])


def _clients_of(
    person: Staff, places: Sequence[PodMembership], lines: Sequence[Line]
) -> tuple[list[Line], str]:
    """Those the person answers for; else those of the pods they work in."""
    mine = [line for line in lines if line.who.manager_id == person.pk]
    if mine or person.role == Role.ACCOUNT_MANAGER:
        return mine, _("Clients")
    pods = {place.pod_id for place in places}
    return [line for line in lines if line.who.pod_id in pods], _of_the(len(pods))


def _of_the(pods: int) -> str:
    return _("Clients of the pods") if pods > 1 else _("Clients of the pod")


def _crumbs(person: Staff, places: Sequence[PodMembership], onward: Onward) -> list[Link]:
    """Agency, department, pod: the way down to the person."""
    pod = places[0].pod if places else None
    department = (pod.department if pod else None) or person.department
    crumbs = [Link(_("Agency"), onward.to("today"))]
    if department:
        crumbs.append(Link(department.name, onward.to("department", department.slug)))
    if pod:
        crumbs.append(Link(pod.name, onward.to("pod", pod.slug)))
    return crumbs


def _lead(person: Staff, places: Sequence[PodMembership], lines: Sequence[Line]) -> str:
    """Account manager in Cobalt. 2 clients off pace. …"""
    pods = in_a_row(place.pod.name for place in places)
    role = person.get_role_display()
    told = _("%(role)s in %(pods)s.") % {"role": role, "pods": pods} if pods else f"{role}."
    if not lines:
        return told
    return f"{told} {in_a_sentence(lines)}"
