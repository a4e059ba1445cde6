"""One pod: its people, its numbers, its thirteen weeks, and its clients with the worst first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from clients.models import Pod
from godview.periods import Period
from godview.translating.later import later
from metrics.dashboards.client_lines import ClientLine, client_lines, in_a_sentence
from metrics.dashboards.figures import Figure
from metrics.dashboards.grid import WEEKS, Grid, contacts_row, goals_row, share_row, week_numbers
from metrics.dashboards.onward import Onward
from metrics.dashboards.pods.facts import clients_of, measures_by_pod, scope_of
from metrics.dashboards.pods.lines import Person, figures_of, people_of, warning_of
from metrics.dashboards.portfolio import all_lines, lines_for
from metrics.dashboards.trends import PaceTrend, pace_trend, same_weekday
from metrics.dashboards.weeks import Weeks
from metrics.formulas.pace import PaceState
from metrics.formulas.ratio import Ratio
from metrics.queries.pods import members_by_pod
from metrics.queries.scopes import Roster
from metrics.queries.stamps import read_stamps
from metrics.queries.weeks import weeks_to

LABELS = {
    "clients_active": later("Clients"),
    "clients_on_pace": later("Clients on pace"),
    "weekly_goal_hit_rate": later("Goals hit, 4 weeks"),
    "days_since_contact_mean": later("Days since contact"),
    "mrr": "MRR",
    "client_retention_rate": later("Clients kept"),
}


@dataclass(frozen=True, slots=True)
class PodPage:
    pod: Pod
    day: date
    department_url: str
    agency_url: str
    people: list[Person]
    warning: str | None
    lead: str
    figures: dict[str, Figure]
    grid: Grid
    lines: list[ClientLine]
    clients: int
    clients_url: str

    @property
    def tiles(self) -> list[tuple[str, Figure]]:
        return [(label, self.figures[key]) for key, label in LABELS.items()]

    @property
    def hidden(self) -> int:
        """Clients of the pod that are not the reader's to see."""
        return self.clients - len(self.lines)


def pod_page(pod: Pod, user: Any, period: Period, day: date, onward: Onward) -> PodPage:
    stamps = read_stamps()
    everybody = all_lines(stamps, day)
    mine = [line for line in lines_for(user, stamps, day) if line.who.pod_id == pod.pk]
    measures = measures_by_pod([pod], everybody, stamps, period, day)[pod.pk]
    members = members_by_pod(day, [pod.pk]).get(pod.pk, [])
    scope, weeks = f"pod:{pod.slug}", Weeks(stamps, weeks_to(day, WEEKS))
    roster = clients_of(stamps).get(pod.pk, Roster({}))
    days = same_weekday(day)
    paces = share_row(
        _("Clients on pace"),
        _("clients on pace"),
        "clients_on_pace",
        on_pace_by(pace_trend(stamps, day), roster, days),
        [onward.on(then).why("clients_on_pace", scope) for then in days],
    )
    goals = goals_row(weeks.goals(scope_of(pod)), day, scope, onward)
    contacts = contacts_row(_("Contacts"), weeks.contacts(scope_of(pod)), day)
    return PodPage(
        pod=pod,
        day=day,
        department_url=onward.to("department", pod.department.slug) if pod.department else "",
        agency_url=onward.to("today"),
        people=people_of(members, onward),
        warning=warning_of(members),
        lead=in_a_sentence(mine),
        figures=figures_of(pod, measures, day, onward),
        grid=Grid(week_numbers(day), [paces, goals, contacts]),
        lines=client_lines(mine, onward),
        clients=sum(line.who.pod_id == pod.pk for line in everybody),
        clients_url=onward.to("clients", pod=pod.slug),
    )


def on_pace_by(trend: PaceTrend, roster: Roster, days: Sequence[date]) -> list[Ratio]:
    """Of the pod's clients on each of the days: on pace, of those that could be judged then."""
    counts = [[0, 0] for _ in days]
    for client, states in trend.states.items():
        for place, (day, state) in enumerate(zip(days, states, strict=True)):
            if state is not None and state.is_judged and roster.has(client, day):
                counts[place][0] += state is PaceState.ON
                counts[place][1] += 1
    return [Ratio(*pair) for pair in counts]
