"""What came in after the day on which a page is asked to be known, kind by kind."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from godview.periods import DAY, start_of_day
from godview.templatetags.display import counted
from godview.translating.later import later
from metrics.dashboards.onward import Onward
from metrics.queries.late import late_counts
from metrics.queries.scopes import Scope


class Kind(NamedTuple):
    """What one and many of them are called, and the number whose rows they are."""

    one: str
    metric: str
    many: str = ""


KINDS = {
    "clients.Assignment": Kind("hand-over", "clients_active"),
    "clients.Capacity": Kind("capacity", "services_used_share", "capacities"),
    "clients.ClientGoal": Kind(later("90-day goal"), "clients_on_pace"),
    "clients.Cost": Kind("cost", "retention_cost_operating"),
    "clients.CsiAnswer": Kind("rating", "csi"),
    "clients.Engagement": Kind("engagement", "client_retention_rate"),
    "clients.ExchangeRate": Kind(later("exchange rate"), "mrr_fx"),
    "clients.Fee": Kind("fee", "mrr"),
    "clients.GoalReading": Kind(later("goal reading"), "clients_on_pace"),
    "clients.GrossMargin": Kind(later("gross margin"), "gross_margin"),
    "clients.Invoice": Kind("invoice", "payments_late"),
    "clients.NpsAnswer": Kind(later("NPS answer"), "nps"),
    "clients.Obligation": Kind(
        later("request to a client"), "expectation_breach_rate", later("requests to clients")
    ),
    "clients.Pause": Kind("pause", "clients_paused"),
    "clients.PodMembership": Kind(later("pod membership"), "clients_active"),
    "clients.Refusal": Kind("refusal", "winning_to_keeping_cost"),
    "clients.SurveyRequest": Kind(later("survey request"), "nps_response_rate"),
    "clients.Touchpoint": Kind("contact", "days_since_contact_mean"),
    "clients.TrafficLight": Kind(later("traffic light"), "traffic_light_index"),
    "tasks.ArmReading": Kind(later("test reading"), "experiment_win_rate"),
    "tasks.Experiment": Kind("test", "experiment_win_rate"),
    "tasks.Tactic": Kind("tactic", "tactic_win_rate"),
    "tasks.WeeklyGoal": Kind(later("weekly goal"), "weekly_goal_hit_rate"),
    "training.Completion": Kind(later("completed module"), "training_completion_rate"),
}


class Part(NamedTuple):
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Late:
    """The most frequent kind first; each leads to the page that lists its rows."""

    count: int
    parts: list[Part]

    @property
    def told(self) -> str:
        return f"{self.count:,} {'entry' if self.count == 1 else 'entries'}"


def late_entries(user: Any, scope: Scope, scope_text: str, as_of: date, known_on: date) -> Late:
    onward = Onward(as_of=as_of.isoformat(), known_on=known_on.isoformat())
    since = start_of_day(known_on + DAY, timezone.get_current_timezone())
    counts = late_counts(user, scope, as_of, since)
    parts = [
        Part(
            counted(count, KINDS[label].one, KINDS[label].many),
            onward.why(KINDS[label].metric, scope_text),
        )
        for label, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Late(sum(counts.values()), parts)
