"""How monthly recurring revenue moved between two instants, client by client."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from metrics.formulas.mrr import ZERO
from metrics.formulas.ratio import Ratio


@dataclass(frozen=True, slots=True)
class Standing:
    """One client's fees at the two ends of a period, all contracts added up.

    `start` and `end` are valued at the one rate of the period, `fx` is what the change of rates
    adds to the end. A paused client's fee is 0.
    """

    start: Decimal
    end: Decimal
    fx: Decimal = ZERO
    paid_before: bool = False
    paused_at_start: bool = False
    paused_at_end: bool = False
    came_from_elsewhere: bool = False  # served by somebody outside the scope when it started
    went_elsewhere: bool = False

    @property
    def worth_at_end(self) -> Decimal:
        return self.end + self.fx


@dataclass(frozen=True, slots=True)
class Movements:
    """The bridge from MRR at the start to MRR at the end. Every line is 0 or more, but `fx`.

    start + new + reactivation + expansion - contraction - churned - paused + resumed + fx
    + transferred = end
    """

    start: Decimal = ZERO
    new: Decimal = ZERO
    reactivation: Decimal = ZERO
    expansion: Decimal = ZERO
    contraction: Decimal = ZERO
    churned: Decimal = ZERO
    paused: Decimal = ZERO
    resumed: Decimal = ZERO
    fx: Decimal = ZERO
    transferred: Decimal = ZERO  # taken over from others, less handed to them; may be below 0
    end: Decimal = ZERO
    kept: Decimal = ZERO  # of each paying client, the smaller of its two fees
    kept_or_grown: Decimal = ZERO  # what the clients who paid at the start pay at the end
    payers_at_start: int = 0
    payers_at_end: int = 0

    @property
    def unexplained(self) -> Decimal:
        """What the lines fail to explain: always 0."""
        gains = self.new + self.reactivation + self.expansion + self.resumed
        losses = self.contraction + self.churned + self.paused
        return self.start + gains - losses + self.fx + self.transferred - self.end


def movements(standings: Iterable[Standing]) -> Movements:
    """Add up what happened to each client between the two instants.

    New: never paid before. Reactivation: paid before, nothing at the start. Expansion and
    contraction: paid more or less at the end. Churned: pays nothing at the end and is not on hold.
    A client's contracts are netted first, so ending one of two is a contraction.

    Unit:    money a month in the reporting currency, at one rate for the period.
    Unknown: see `worth`.
    Error:   none; the lines add up exactly (`unexplained` is 0).
    Source:  docs/definitions.md, 4 and 6.
    """
    start = end = fx = transferred = kept = kept_or_grown = ZERO
    lines: dict[str, Decimal] = {}
    payers_at_start = payers_at_end = 0
    for one in standings:
        if one.came_from_elsewhere:
            transferred += one.worth_at_end
            end += one.worth_at_end
            payers_at_end += one.end > 0
            continue
        start += one.start
        fx += one.fx
        if one.went_elsewhere:
            transferred -= one.worth_at_end
        else:
            end += one.worth_at_end
            payers_at_end += one.end > 0
        if one.start > 0:
            kept += min(one.start, max(one.end, ZERO))
            kept_or_grown += one.end
            payers_at_start += 1
        if one.end != one.start:
            line, change = _movement(one)
            lines[line] = lines.get(line, ZERO) + change
    told: dict[str, Any] = dict(lines)
    return Movements(
        start=start,
        end=end,
        fx=fx,
        transferred=transferred,
        kept=kept,
        kept_or_grown=kept_or_grown,
        payers_at_start=payers_at_start,
        payers_at_end=payers_at_end,
        **told,
    )


def _movement(one: Standing) -> tuple[str, Decimal]:
    """Which line a client's change belongs to, and how much it is."""
    change = one.end - one.start
    if one.start > 0 and one.end > 0:
        return ("expansion", change) if change > 0 else ("contraction", -change)
    if one.start > 0:
        return ("paused" if one.paused_at_end else "churned"), -change
    if one.end > 0:
        if one.paused_at_start:
            return "resumed", change
        return ("reactivation" if one.paid_before else "new"), change
    return "expansion", change  # bad data, which must still add up


def gross_revenue_churn_rate(moved: Movements) -> Ratio:
    """Share of the MRR at the start that was lost, to departures and to smaller fees.

    Unit:    share of MRR over the period; a fee on hold is not in it (see `paused`).
    Unknown: no MRR at the start.
    Error:   none; a sum, not a sample. One big client moves it: look at the rows.
    Source:  docs/definitions.md, 3.
    """
    return Ratio(moved.churned + moved.contraction, moved.start)


def net_revenue_churn_rate(moved: Movements) -> Ratio:
    """The same, less what existing and returned clients pay more. Below 0 is growth.

    Unit:    share of MRR over the period.
    Unknown: no MRR at the start.
    Error:   as `gross_revenue_churn_rate`.
    Source:  docs/definitions.md, 3.
    """
    lost = moved.churned + moved.contraction
    return Ratio(lost - moved.expansion - moved.reactivation, moved.start)


def grr(moved: Movements) -> Ratio:
    """Gross revenue retention: of each client's fee at the start, what is still paid; no growth.

    Unit:    share of MRR in [0, 1]; a fee on hold counts as not paid.
    Unknown: no MRR at the start.
    Error:   as `gross_revenue_churn_rate`.
    Source:  docs/definitions.md, 4.
    """
    return Ratio(moved.kept, moved.start)


def nrr(moved: Movements) -> Ratio:
    """Net revenue retention: what the clients who paid at the start pay at the end.

    New and reactivated clients are not in it. Above 1, existing clients grow by themselves.

    Unit:    share of MRR.
    Unknown: no MRR at the start.
    Error:   as `gross_revenue_churn_rate`.
    Source:  docs/definitions.md, 4.
    """
    return Ratio(moved.kept_or_grown, moved.start)


def quick_ratio(moved: Movements) -> Ratio:
    """How many times the MRR won covers the MRR lost.

    Unit:    times; 2.33 is 7,000 won for 3,000 lost.
    Unknown: nothing lost, no ratio ("no losses").
    Error:   as `gross_revenue_churn_rate`; wild when little was lost.
    Source:  docs/definitions.md, 4.
    """
    won = moved.new + moved.expansion + moved.reactivation
    return Ratio(won, moved.contraction + moved.churned)


def quick_ratio_without_reactivation(moved: Movements) -> Ratio:
    """The same, where clients who come back are no gain (Baremetrics' form)."""
    return Ratio(moved.new + moved.expansion, moved.contraction + moved.churned)


def arpa(mrr: Decimal, payers: int) -> Ratio:
    """Average contracted monthly fee of the clients who pay one.

    Unit:    money a month for each paying client.
    Unknown: nobody pays.
    Error:   the mean of skewed fees; a few big ones pull it up.
    Source:  docs/definitions.md, 4.
    """
    return Ratio(mrr, payers)
