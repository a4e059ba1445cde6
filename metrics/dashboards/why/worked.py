"""The formula with the numbers in place, so that anybody can work it out again by hand."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from godview.periods import closed_months
from godview.templatetags.display import counted, money, number, percent
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.numbers.spending import kept
from metrics.dashboards.numbers.survival import A_YEAR
from metrics.dashboards.numbers.voices import lit_weeks, nps_of
from metrics.dashboards.why.words import in_words
from metrics.formulas.lifetime import CLOSED_MONTHS
from metrics.formulas.measure import Measure
from metrics.formulas.retention import churn_between, logo_churn_rate, monthly_rate
from metrics.formulas.traffic_light import Light

Worked = Callable[[Facts, Measure], str]


def worked(key: str, facts: Facts, measure: Measure) -> str:
    """Empty for an unknown number: then the reason stands there."""
    if measure.value is None:
        return ""
    if key in COUNTS:
        return _("%(measure_part)s of %(or_0)s") % {
            "measure_part": measure.part,
            "or_0": counted(int(measure.whole or 0), "client"),
        }
    left = FORMS[key](facts, measure) if key in FORMS else _over(measure)
    return f"{left} = {in_words(measure)}" if left else in_words(measure)


def _over(measure: Measure) -> str:
    """149 ÷ 154, €10,372 ÷ €140,600: the plain case."""
    if measure.part is None or measure.whole is None:
        return ""
    return f"{_quantity(measure.part)} ÷ {_quantity(measure.whole)}"


def _quantity(value: object) -> str:
    return number(value) if isinstance(value, int) else money(value)  # type: ignore[arg-type]


def _seed(facts: Facts, measure: Measure) -> str:
    count = facts.headcount
    return f"({count.end} − {count.gained}) ÷ {count.start}"


def _stripe(facts: Facts, measure: Measure) -> str:
    count = facts.headcount
    return f"{count.lost} ÷ ({count.start} + {count.gained})"


def _annualised(facts: Facts, measure: Measure) -> str:
    return f"1 − (1 − {percent(_monthly_churn(facts), 2)})¹²"


def _revolving(facts: Facts, measure: Measure) -> str:
    count = facts.headcount
    return f"{count.lost} ÷ ({count.gained} + {count.returned})"


def _ceiling(facts: Facts, measure: Measure) -> str:
    """8 a month ÷ 3.00%"""
    count = facts.headcount
    adds = (count.gained + count.returned) / facts.period.months
    return _("%(adds)s added a month ÷ %(monthly_churn_facts)s") % {
        "adds": number(adds, 1),
        "monthly_churn_facts": percent(_monthly_churn(facts), 2),
    }


def _monthly_churn(facts: Facts) -> float:
    churn = logo_churn_rate(facts.headcount).value or 0.0
    return monthly_rate(churn, facts.period.months)


def _fees(facts: Facts, measure: Measure) -> str:
    return _("fees of %(measure_part)s of %(or_0)s, added up") % {
        "measure_part": measure.part,
        "or_0": counted(int(measure.whole or 0), "client"),
    }


def _arpa(facts: Facts, measure: Measure) -> str:
    return f"{money(measure.part)} ÷ {measure.whole}"


def _variable(facts: Facts, measure: Measure) -> str:
    return f"{money(3 * facts.variable_revenue)} ÷ 3"


def _gross(facts: Facts, measure: Measure) -> str:
    moved = facts.movements
    lost = f"{money(moved.churned)} + {money(moved.contraction)}"
    return f"({lost}) ÷ {money(moved.start)}"


def _net(facts: Facts, measure: Measure) -> str:
    moved = facts.movements
    lost = f"{money(moved.churned)} + {money(moved.contraction)}"
    gained = f"{money(moved.expansion)} − {money(moved.reactivation)}"
    return f"({lost} − {gained}) ÷ {money(moved.start)}"


def _quick(with_returns: bool) -> Worked:
    def form(facts: Facts, measure: Measure) -> str:
        moved = facts.movements
        won = [moved.new, *([moved.reactivation] if with_returns else []), moved.expansion]
        lost = f"{money(moved.churned)} + {money(moved.contraction)}"
        return f"({' + '.join(money(amount) for amount in won)}) ÷ ({lost})"

    return form


def _monthly(facts: Facts, measure: Measure) -> str:
    months = closed_months(facts.as_of, CLOSED_MONTHS)
    shares = [churn_between(facts.belonging(month), month).value for month in months]
    known = [percent(share, 1) for share in shares if share is not None]
    return _("mean of %(join_known)s") % {"join_known": ", ".join(known)}


def _lifetime(facts: Facts, measure: Measure) -> str:
    return f"1 ÷ {percent(facts.lifetime.monthly_churn, 2)}"


def _at_least(facts: Facts, measure: Measure) -> str:
    return f"1 ÷ (1 − 0.05^(1 ÷ {facts.lifetime.client_months}))"


def _ltv(facts: Facts, measure: Measure) -> str:
    fee = facts.mrr.amount / facts.mrr.clients
    return f"{money(fee)} ÷ {percent(facts.lifetime.monthly_churn, 2)}"


def _ltv_margin(facts: Facts, measure: Measure) -> str:
    fee, churn = facts.mrr.amount / facts.mrr.clients, facts.lifetime.monthly_churn
    return f"{money(fee)} × {percent(facts.margin, 1)} ÷ {percent(churn, 2)}"


def _mean_days(facts: Facts, measure: Measure) -> str:
    return f"{counted(int(measure.part or 0), 'day')} ÷ {measure.whole}"


def _one_of(what: str) -> Worked:
    def form(facts: Facts, measure: Measure) -> str:
        return _("%(what)s of %(or_0)s") % {
            "what": what,
            "or_0": counted(int(measure.whole or 0), "value"),
        }

    return form


def _in(what: str) -> Worked:
    def form(facts: Facts, measure: Measure) -> str:
        return what

    return form


def _tests(facts: Facts, measure: Measure) -> str:
    return _("%(measure_part)s of %(or_0)s not decided") % {
        "measure_part": measure.part,
        "or_0": counted(int(measure.whole or 0), "test"),
    }


def _scores(facts: Facts, measure: Measure) -> str:
    return f"{number(measure.part, 1)} ÷ {measure.whole}"


def _survival(facts: Facts, measure: Measure) -> str:
    row = facts.curve.at(A_YEAR)
    last = (
        (
            _("%(row_lost)s of %(row_at_risk)s left in month %(a_year)s")
            % {"row_lost": row.lost, "row_at_risk": row.at_risk, "a_year": A_YEAR}
        )
        if row
        else ""
    )
    return _("months 0 to %(a_year)s multiplied up; %(last)s") % {"a_year": A_YEAR, "last": last}


def _worst(facts: Facts, measure: Measure) -> str:
    row = facts.worst_month
    if row is None:
        return ""
    before = percent(row.survival + row.dbtr, 1)
    return _("month %(row_month)s: %(before)s here before − %(row_survival)s after") % {
        "row_month": row.month,
        "before": before,
        "row_survival": percent(row.survival, 1),
    }


def _nps(facts: Facts, measure: Measure) -> str:
    found = nps_of(facts)
    return f"({found.promoters} − {found.detractors}) ÷ {found.answers} × 100"


def _csi(facts: Facts, measure: Measure) -> str:
    return _("%(or_0)s%% added up ÷ %(measure_whole)s") % {
        "or_0": number(100 * float(measure.part or 0), 1),
        "measure_whole": measure.whole,
    }


def _lights(facts: Facts, measure: Measure) -> str:
    lights = [week.light for week in lit_weeks(facts)]
    return f"({lights.count(Light.GREEN)} − {lights.count(Light.RED)}) ÷ {measure.whole}"


def _a_client(facts: Facts, measure: Measure) -> str:
    return f"{money(measure.part)} ÷ {measure.whole}"


def _winning(facts: Facts, measure: Measure) -> str:
    won, kept_ones = facts.headcount.gained, kept(facts)
    winning = Decimal(measure.part or 0) / kept_ones
    keeping = Decimal(measure.whole or 0) / won
    return f"({money(winning)} ÷ {won}) ÷ ({money(keeping)} ÷ {kept_ones})"


def _late(facts: Facts, measure: Measure) -> str:
    return _("%(measure_part)s of %(or_0)s") % {
        "measure_part": measure.part,
        "or_0": counted(int(measure.whole or 0), "invoice"),
    }


COUNTS = {"clients_paused", "clients_over_contact_standard"}  # each a part of another count
FORMS: dict[str, Worked] = {
    "client_retention_rate_seed": _seed,
    "logo_churn_rate_stripe": _stripe,
    "logo_churn_rate_annualised": _annualised,
    "revolving_door_ratio": _revolving,
    "growth_ceiling": _ceiling,
    "mrr": _fees,
    "arpa": _arpa,
    "paused_mrr": _fees,
    "variable_revenue": _variable,
    "gross_revenue_churn_rate": _gross,
    "net_revenue_churn_rate": _net,
    "quick_ratio": _quick(with_returns=True),
    "quick_ratio_without_reactivation": _quick(with_returns=False),
    "monthly_churn_rate": _monthly,
    "lifetime_months": _lifetime,
    "lifetime_months_at_least": _at_least,
    "ltv_revenue": _ltv,
    "ltv_margin": _ltv_margin,
    "survival_12_months": _survival,
    "median_lifetime": _in(later("the first month with 50 % or less still here")),
    "restricted_mean_lifetime": _in(later("shares still here in months 0 to 35, added up")),
    "dbtr_worst_month": _worst,
    "days_since_contact_mean": _mean_days,
    "postponement_days_mean": _mean_days,
    "days_since_contact_median": _one_of(later("the middle")),
    "days_since_contact_max": _one_of(later("the largest")),
    "task_duration_median": _one_of(later("the middle")),
    "task_duration_p90": _one_of(later("the 90th percentile")),
    "experiments_running": _tests,
    "experiments_too_early": _tests,
    "nps": _nps,
    "csi": _csi,
    "traffic_light_index": _lights,
    "retention_cost_operating": _a_client,
    "retention_cost_full": _a_client,
    "winning_to_keeping_cost": _winning,
    "payments_late": _late,
    "referred_revenue": _fees,
    "training_score": _scores,
    "training_score_with_zero": _scores,
}
