from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from clients.models import Client
from godview.access import reach_of
from godview.periods import DAY, Period
from godview.templatetags.display import days, money, number, percent, rounded
from metrics.catalogue import Metric, Unit
from metrics.dashboards.numbers import NUMBERS, Facts
from metrics.dashboards.why import clients, months, people, revenue, work
from metrics.dashboards.why.rows import Rows, Visible
from metrics.formulas.measure import Measure
from metrics.queries.scopes import Scope

Provider = Callable[[Facts, Visible], Rows]

KEPT = ("client_retention_rate", "client_retention_rate_seed", "logo_churn_rate")
MOVED = ("logo_churn_rate_stripe", "revolving_door_ratio", "growth_ceiling")
LASTING = (
    "monthly_churn_rate",
    "lifetime_months",
    "lifetime_months_at_least",
    "ltv_revenue",
    "ltv_margin",
)
BRIDGE = {
    "mrr_new": "new",
    "mrr_reactivation": "came back",
    "mrr_expansion": "bigger fee",
    "mrr_contraction": "smaller fee",
    "mrr_churned": "lost",
    "mrr_paused": "put on hold",
    "mrr_resumed": "taken up again",
}
ENDS = ("mrr_at_start", "mrr_at_end", "mrr_fx", "mrr_transferred")
RATES = (
    "gross_revenue_churn_rate",
    "net_revenue_churn_rate",
    "grr",
    "nrr",
    "quick_ratio",
    "quick_ratio_without_reactivation",
)
TRAINING = ("training_completion_rate", "training_score", "training_score_with_zero")

PROVIDERS: dict[str, Provider] = {
    **dict.fromkeys((*KEPT, "logo_churn_rate_annualised"), clients.kept),
    **dict.fromkeys(MOVED, clients.moved),
    "clients_active": clients.active,
    "clients_paused": clients.paused,
    "clients_gained": partial(clients.only_moved, "won"),
    "clients_returned": partial(clients.only_moved, "came back"),
    "clients_lost": partial(clients.only_moved, "left"),
    **dict.fromkeys(LASTING, months.churn_by_month),
    **dict.fromkeys(("mrr", "arpa"), revenue.payers),
    "paused_mrr": revenue.paused,
    **dict.fromkeys((*RATES, *ENDS), revenue.movements),
    **{key: partial(revenue.one_line, words) for key, words in BRIDGE.items()},
    **dict.fromkeys(
        ("days_since_contact_mean", "days_since_contact_median", "days_since_contact_max"),
        clients.waits,
    ),
    "clients_over_contact_standard": clients.over_standard,
    "clients_over_contact_standard_share": clients.waits,
    "clients_on_pace": clients.paces,
    **dict.fromkeys(("weekly_goal_hit_rate", "weekly_goal_hit_rate_naive"), work.weekly_goals),
    **dict.fromkeys(("on_time_rate", "on_time_rate_adjusted"), work.tasks_due),
    **dict.fromkeys(("task_duration_median", "task_duration_p90"), work.tasks_done),
    **dict.fromkeys(("tactic_win_rate", "tactic_win_loss_ratio"), work.decided_tactics),
    "tactic_decisive_share": work.tactics,
}


@dataclass(frozen=True, slots=True)
class Why:
    """One number, explained. `rows` are those that the person may see."""

    metric: Metric
    measure: Measure
    scope: Scope
    period: Period
    as_of: date
    value: str
    sum: str
    limit: str
    rows: Rows

    @property
    def is_breached(self) -> bool:
        value = self.measure.value
        return self.metric.is_breached_by(None if value is None else float(value))

    @property
    def last_day(self) -> date:
        """The last day inside the period."""
        return self.period.end - DAY


def why(metric: Metric, scope: Scope, period: Period, as_of: date, user: Any) -> Why:
    facts = Facts(scope, period, as_of)
    measure = NUMBERS[metric.key](facts)
    return Why(
        metric=metric,
        measure=measure,
        scope=scope,
        period=period,
        as_of=as_of,
        value=in_words(measure),
        sum=_sum(measure),
        limit=_limit(metric),
        rows=_rows(metric.key, facts, user),
    )


def _rows(key: str, facts: Facts, user: Any) -> Rows:
    if key in TRAINING:
        return people.required_modules(facts, user)
    provider = PROVIDERS.get(key)
    if provider is None:
        return Rows((), [])
    visible: Visible = None
    if not reach_of(user).everything:
        visible = frozenset(Client.objects.visible_to(user).values_list("pk", flat=True))
    return provider(facts, visible)


def in_words(measure: Measure) -> str:
    """The value with its unit: 81.0%, 4.2 d, 2.33 times, €6,400."""
    value = measure.value
    if value is None:
        return "no data yet"
    match measure.unit:
        case Unit.SHARE:
            return percent(value, 1)
        case Unit.DAYS:
            return days(float(value))
        case Unit.TIMES:
            return f"{rounded(value, 2)} times"
        case Unit.CLIENTS:
            return f"{number(value)} {'client' if value == 1 else 'clients'}"
        case Unit.MONTHS:
            return f"{rounded(value, 1)} months"
        case Unit.PER_CENT:
            return f"{rounded(value, 1)} of 100"
    return money(value, measure.unit)


def _sum(measure: Measure) -> str:
    """The formula with the numbers in place, where it is one number over another."""
    if measure.part is None or measure.whole is None or measure.value is None:
        return ""
    part, whole = number(measure.part), number(measure.whole)
    over = float(measure.part) / float(measure.whole) if measure.whole else None
    if over is not None and abs(over - float(measure.value)) < 1e-9:
        return f"{part} ÷ {whole} = {in_words(measure)}"
    return f"{part} of {whole}"


def _limit(metric: Metric) -> str:
    if metric.threshold is None:
        return "No fixed limit: it is judged against its own history."
    unit = metric.unit
    shown = percent(metric.threshold) if unit is Unit.SHARE else f"{metric.threshold:g} {unit}"
    return f"Should be at {'most' if metric.lower_is_better else 'least'} {shown}."
