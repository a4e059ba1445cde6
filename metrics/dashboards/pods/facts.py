"""The facts of every pod at once, from what is read for the whole agency anyway."""

from collections.abc import Iterable, Sequence
from datetime import date

from clients.models import Assignment, Pod
from godview.periods import Period, full_weeks_before
from metrics.dashboards.numbers import NUMBERS, Facts
from metrics.dashboards.past import ledger_of
from metrics.dashboards.portfolio import RECENT_WEEKS, Line
from metrics.dashboards.weeks import Weeks
from metrics.formulas.measure import Measure
from metrics.formulas.weekly_goals import WeeklyGoals
from metrics.memory import remembered
from metrics.queries.limits import limits_on
from metrics.queries.pace import ClientPace
from metrics.queries.pods import rosters
from metrics.queries.scopes import Roster, Scope
from metrics.queries.stamps import Stamp, Stamps

STANDING = (
    "clients_active",
    "clients_on_pace",
    "days_since_contact_mean",
    "mrr",
    "client_retention_rate",
)
GOALS = "weekly_goal_hit_rate"


def scope_of(pod: Pod) -> Scope:
    return Scope("pod", pod.pk, pod.name)


def recent_weeks(day: date) -> Period:
    """The full weeks that the weekly goals of a team are judged by."""
    weeks = full_weeks_before(day, RECENT_WEEKS)
    return Period(weeks[0].start, weeks[-1].end)


def measures_by_pod(
    pods: Iterable[Pod], lines: Sequence[Line], stamps: Stamps, period: Period, day: date
) -> dict[int, dict[str, Measure]]:
    """The numbers of each pod as the catalogue defines them: one query for all of them.

    `lines` are those of every client on the day, whoever asks.
    """
    goals = Weeks(stamps, recent_weeks(day)).goals_by_pod()
    ledger, known, limits = ledger_of(stamps), clients_of(stamps), limits_on(stamps, day)
    found = {}
    for pod in pods:
        mine = [line for line in lines if line.who.pod_id == pod.pk]
        facts = Facts(scope_of(pod), period, day)
        facts.roster = known.get(pod.pk, Roster({}))
        facts.book = ledger.within(facts.roster.spells).on(day)
        facts.limits = limits
        facts.paces = [ClientPace(x.id, x.pace, matters_most=True) for x in mine if x.pace]
        facts.days_since_contact = {x.id: x.days for x in mine if x.days is not None}
        recent = Facts(facts.scope, recent_weeks(day), day)
        recent.weekly_goals = goals.get(pod.pk, WeeklyGoals())
        found[pod.pk] = {key: NUMBERS[key](facts) for key in STANDING}
        found[pod.pk][GOALS] = NUMBERS[GOALS](recent)
    return found


def clients_of(stamps: Stamps) -> dict[int, Roster]:
    """Every pod's clients, and when they were its clients."""
    return _rosters(stamps.of(Assignment))


@remembered(2)
def _rosters(stamp: Stamp) -> dict[int, Roster]:
    return rosters()
