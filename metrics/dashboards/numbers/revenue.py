from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import wraps

from metrics.catalogue import Unit
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas import movements as formulas
from metrics.formulas.measure import Measure, of_money, of_ratio, unknown
from metrics.formulas.movements import Movements
from metrics.formulas.mrr import ZERO, MissingRateError, worth
from metrics.formulas.ratio import Ratio

Number = Callable[[Facts], Measure]


NO_FEES = "no fee is written down"


def money(unit: str | None = None) -> Callable[[Number], Number]:
    """Numbers about fees are unknown without any fee, or when a currency has no exchange rate."""

    def decorated(number: Number) -> Number:
        @wraps(number)
        def guarded(facts: Facts) -> Measure:
            if not facts.has_fees:
                return unknown(unit or facts.currency, NO_FEES)
            try:
                return number(facts)
            except MissingRateError as missing:
                return unknown(unit or facts.currency, str(missing))

        return guarded

    return decorated


@money()
def mrr(facts: Facts) -> Measure:
    return of_money(facts.mrr.amount, facts.currency, facts.mrr.clients, len(facts.active))


@money(Unit.SHARE)
def largest_client_share(facts: Facts) -> Measure:
    book, day = facts.book, facts.as_of
    paid = (worth(book.amounts(client, day), book.rates, day) for client in facts.active)
    ratio = Ratio(max(paid, default=ZERO), facts.mrr.amount)
    nobody = f"nobody pays a monthly fee on {day}"
    return of_ratio(ratio, Unit.SHARE, nobody, cases=facts.mrr.clients)


@money()
def paused_mrr(facts: Facts) -> Measure:
    held = facts.paused_mrr
    return of_money(held.amount, facts.currency, held.clients, len(facts.active))


@money()
def variable_revenue(facts: Facts) -> Measure:
    return Measure(value=facts.variable_revenue, unit=facts.currency)


@money()
def arpa(facts: Facts) -> Measure:
    ratio = formulas.arpa(facts.mrr.amount, facts.mrr.clients)
    found = of_ratio(ratio, facts.currency, f"nobody pays a monthly fee on {facts.as_of}")
    return replace(found, value=None if found.value is None else Decimal(found.value))


def _share(formula: Callable[[Movements], Ratio], unit: str, nobody: str) -> Number:
    """A rate of the period's movements; `nobody` is the reason when there is none."""

    @money(unit)
    def number(facts: Facts) -> Measure:
        moved = facts.movements
        reason = nobody.format(start=facts.period.start, period=facts.period)
        return of_ratio(formula(moved), unit, reason, cases=moved.payers_at_start)

    return number


def _line(name: str) -> Number:
    """One line of the bridge from the MRR at the start to the MRR at the end."""

    @money()
    def number(facts: Facts) -> Measure:
        return Measure(value=getattr(facts.movements, name), unit=facts.currency)

    return number


NO_MRR = "no monthly fees on {start}"
NO_LOSSES = "no losses: no fee was lost or became smaller in {period}"

NUMBERS: dict[str, Number] = {
    "mrr": mrr,
    "arpa": arpa,
    "largest_client_share": largest_client_share,
    "paused_mrr": paused_mrr,
    "variable_revenue": variable_revenue,
    "gross_revenue_churn_rate": _share(formulas.gross_revenue_churn_rate, Unit.SHARE, NO_MRR),
    "net_revenue_churn_rate": _share(formulas.net_revenue_churn_rate, Unit.SHARE, NO_MRR),
    "grr": _share(formulas.grr, Unit.SHARE, NO_MRR),
    "nrr": _share(formulas.nrr, Unit.SHARE, NO_MRR),
    "quick_ratio": _share(formulas.quick_ratio, Unit.TIMES, NO_LOSSES),
    "quick_ratio_without_reactivation": _share(
        formulas.quick_ratio_without_reactivation, Unit.TIMES, NO_LOSSES
    ),
    "mrr_at_start": _line("start"),
    "mrr_new": _line("new"),
    "mrr_reactivation": _line("reactivation"),
    "mrr_expansion": _line("expansion"),
    "mrr_contraction": _line("contraction"),
    "mrr_churned": _line("churned"),
    "mrr_paused": _line("paused"),
    "mrr_resumed": _line("resumed"),
    "mrr_fx": _line("fx"),
    "mrr_transferred": _line("transferred"),
    "mrr_at_end": _line("end"),
}
