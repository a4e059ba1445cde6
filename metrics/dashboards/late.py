"""What came in after the day on which a page is asked to be known, kind by kind."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from godview.periods import DAY, start_of_day
from godview.templatetags.display import counted, noun
from metrics.dashboards.onward import Onward
from metrics.queries.late import late_counts
from metrics.queries.scopes import Scope


class Kind(NamedTuple):
    """What one and many of them are called, and the number whose rows they are."""

    one: str
    metric: str
    many: str = ""


KINDS = {
    "clients.Assignment": Kind(noun("hand-over"), "clients_active"),
    "clients.Capacity": Kind(noun("capacity", "capacities"), "services_used_share", "capacities"),
    "clients.ClientGoal": Kind(noun("90-day goal"), "clients_on_pace"),
    "clients.Cost": Kind(noun("cost"), "retention_cost_operating"),
    "clients.CsiAnswer": Kind(noun("rating"), "csi"),
    "clients.Engagement": Kind(noun("engagement"), "client_retention_rate"),
    "clients.ExchangeRate": Kind(noun("exchange rate"), "mrr_fx"),
    "clients.Fee": Kind(noun("fee"), "mrr"),
    "clients.GoalReading": Kind(noun("goal reading"), "clients_on_pace"),
    "clients.GrossMargin": Kind(noun("gross margin"), "gross_margin"),
    "clients.Invoice": Kind(noun("invoice"), "payments_late"),
    "clients.NpsAnswer": Kind(noun("NPS answer"), "nps"),
    "clients.Obligation": Kind(
        noun("request to a client", "requests to clients"),
        "expectation_breach_rate",
        "requests to clients",
    ),
    "clients.Pause": Kind(noun("pause"), "clients_paused"),
    "clients.PodMembership": Kind(noun("pod membership"), "clients_active"),
    "clients.Refusal": Kind(noun("refusal"), "winning_to_keeping_cost"),
    "clients.SurveyRequest": Kind(noun("survey request"), "nps_response_rate"),
    "clients.Touchpoint": Kind(noun("contact"), "days_since_contact_mean"),
    "clients.TrafficLight": Kind(noun("traffic light"), "traffic_light_index"),
    "tasks.ArmReading": Kind(noun("test reading"), "experiment_win_rate"),
    "tasks.Experiment": Kind(noun("test"), "experiment_win_rate"),
    "tasks.Tactic": Kind(noun("tactic"), "tactic_win_rate"),
    "tasks.WeeklyGoal": Kind(noun("weekly goal"), "weekly_goal_hit_rate"),
    "training.Completion": Kind(noun("completed module"), "training_completion_rate"),
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
        return counted(self.count, "entry", "entries")


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
