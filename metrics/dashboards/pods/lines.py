"""Each pod on a line: its people, and its numbers with the way to their rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clients.models import Pod
from clients.models.pod import composition_warning
from godview.access import Role
from godview.periods import Period
from metrics.dashboards.figures import Figure, figure
from metrics.dashboards.onward import Onward
from metrics.dashboards.pods.facts import GOALS, measures_by_pod, recent_weeks
from metrics.dashboards.portfolio import all_lines, lines_for
from metrics.formulas.measure import Measure
from metrics.queries.pods import Member, members_by_pod
from metrics.queries.stamps import Stamps


@dataclass(frozen=True, slots=True)
class Person:
    """A name; it is a link where the reader may open the person's page."""

    name: str
    role: str
    url: str


@dataclass(frozen=True, slots=True)
class PodLine:
    name: str
    url: str
    department: str
    department_url: str
    people: list[Person]
    warning: str | None
    clients: Figure
    on_pace: Figure
    goals_hit: Figure
    contact: Figure
    mrr: Figure
    kept: Figure

    @property
    def figures(self) -> list[Figure]:
        return [self.clients, self.on_pace, self.goals_hit, self.contact, self.mrr, self.kept]


def pod_lines(
    pods: Sequence[Pod], stamps: Stamps, period: Period, day: date, onward: Onward
) -> list[PodLine]:
    """The numbers are those of the whole pod, also where a person sees only some of its clients."""
    measures = measures_by_pod(pods, all_lines(stamps, day), stamps, period, day)
    members = members_by_pod(day, [pod.pk for pod in pods])
    return [_line(pod, measures[pod.pk], members.get(pod.pk, []), day, onward) for pod in pods]


def without_pod(user: Any, stamps: Stamps, day: date) -> int:
    """How many of the reader's clients no pod answers for."""
    return sum(line.who.pod_id is None for line in lines_for(user, stamps, day))


def _line(
    pod: Pod,
    measures: dict[str, Measure],
    members: list[Member],
    day: date,
    onward: Onward,
) -> PodLine:
    figures = figures_of(pod, measures, day, onward)
    return PodLine(
        name=pod.name,
        url=onward.to("pod", pod.slug),
        department=pod.department.name if pod.department else "",
        department_url=onward.to("department", pod.department.slug) if pod.department else "",
        people=people_of(members, onward),
        warning=warning_of(members),
        clients=figures["clients_active"],
        on_pace=figures["clients_on_pace"],
        goals_hit=figures[GOALS],
        contact=figures["days_since_contact_mean"],
        mrr=figures["mrr"],
        kept=figures["client_retention_rate"],
    )


def figures_of(
    pod: Pod, measures: dict[str, Measure], day: date, onward: Onward
) -> dict[str, Figure]:
    scope = f"pod:{pod.slug}"
    weeks = {GOALS: recent_weeks(day)}
    return {
        key: figure(key, measure, onward.why(key, scope, weeks.get(key)))
        for key, measure in measures.items()
    }


def people_of(members: Iterable[Member], onward: Onward) -> list[Person]:
    return [
        Person(member.name, member.role_word, onward.person(member.id, member.slug))
        for member in members
    ]


def warning_of(members: Iterable[Member]) -> str | None:
    """What is unusual about the team; a pod is two account managers and one designer."""
    roles = [member.role for member in members]
    return composition_warning(roles.count(Role.ACCOUNT_MANAGER), roles.count(Role.DESIGNER))
