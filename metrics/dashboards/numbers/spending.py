"""What it costs to keep, to win and to serve clients, who pays late, and what they use."""

from collections.abc import Callable, Hashable
from decimal import Decimal

from clients.models import Cost
from metrics.catalogue import Unit
from metrics.dashboards.numbers.facts import Facts
from metrics.dashboards.numbers.revenue import money
from metrics.formulas.margin import ClientMoney, margin
from metrics.formulas.measure import Measure, of_money, of_ratio, unknown
from metrics.formulas.mrr import ZERO, worth
from metrics.formulas.ratio import Ratio
from metrics.formulas.retention import retention_rate
from metrics.queries.lights import clients_by
from metrics.queries.spending import CENT, Billed, Spent, billed_in, bought_by, offered_by, spent_in

Number = Callable[[Facts], Measure]
OPERATING = {str(kind) for kind in Cost.OPERATING}
KEEPING = {str(kind) for kind in Cost.KEEPING}
WINNING = {str(kind) for kind in Cost.WINNING}


def spent_on(facts: Facts, kinds: set[str]) -> list[Spent]:
    return [one for one in facts.happened(spent_in) if one.kind in kinds]


def _cost_of(facts: Facts, kinds: set[str]) -> Decimal:
    return sum((one.amount or ZERO for one in spent_on(facts, kinds)), ZERO)


def _unvalued(facts: Facts, kinds: set[str]) -> str:
    """Why costs cannot be added up; empty when they can."""
    found = next((one for one in spent_on(facts, kinds) if one.amount is None), None)
    return f"no exchange rate for {found.currency} on {found.day}" if found else ""


def kept(facts: Facts) -> int:
    return int(retention_rate(facts.headcount).part)


def _retention_cost(kinds: set[str]) -> Number:
    def number(facts: Facts) -> Measure:
        reason = _unvalued(facts, kinds) or _nothing_spent(facts, KEEPING, "keep clients")
        if reason:
            return unknown(facts.currency, reason)
        ratio = Ratio(_cost_of(facts, kinds), kept(facts))
        found = of_ratio(ratio, facts.currency, f"no client was kept over {facts.period}")
        value = None if found.value is None else Decimal(ratio.part) / Decimal(ratio.whole)
        return Measure(
            value, facts.currency, found.part, found.whole, found.reason, found.small_base
        )

    return number


def _nothing_spent(facts: Facts, kinds: set[str], what: str) -> str:
    if spent_on(facts, kinds):
        return ""
    return f"nothing is written down that was spent to {what} in {facts.period}"


def winning_and_keeping(facts: Facts) -> Ratio:
    """(winning ÷ won) ÷ (keeping ÷ kept), as one fraction."""
    won = facts.headcount.gained
    return Ratio(_cost_of(facts, WINNING) * kept(facts), _cost_of(facts, KEEPING) * won)


def winning_to_keeping_cost(facts: Facts) -> Measure:
    if not facts.scope.is_agency:
        return unknown(Unit.TIMES, "winning is paid for by the agency as a whole")
    reason = (
        _unvalued(facts, WINNING | KEEPING)
        or _nothing_spent(facts, WINNING, "win clients")
        or _nothing_spent(facts, KEEPING, "keep clients")
    )
    if not reason and not kept(facts):
        reason = f"no client was kept over {facts.period}"
    if reason:
        return unknown(Unit.TIMES, reason)
    nobody = f"no client was won in {facts.period}"
    return of_ratio(winning_and_keeping(facts), Unit.TIMES, nobody, cases=facts.headcount.gained)


# -- Margin ------------------------------------------------------------------------------------


def money_of_clients(facts: Facts) -> dict[Hashable, ClientMoney]:
    """What each client paid for the period, and cost. Without noted time it has no margin."""
    times: dict[Hashable, Decimal] = {}
    passed: dict[Hashable, Decimal] = {}
    for one in spent_on(facts, {Cost.Kind.TIME, Cost.Kind.PASS_THROUGH}):
        into = times if one.kind == Cost.Kind.TIME else passed
        into[one.client] = into.get(one.client, ZERO) + (one.amount or ZERO)
    found = {}
    for client in {**facts.book.fees, **times}:
        ours = facts.roster.stretches(client)
        revenue = facts.book.earned(client, facts.period, ours).quantize(CENT)
        if revenue or client in times:
            found[client] = ClientMoney(revenue, times.get(client), passed.get(client, ZERO))
    return found


def margin_of(money: ClientMoney) -> Ratio:
    """In neither part nor whole without noted time."""
    return margin(money) or Ratio(0, 0)


@money(Unit.SHARE)
def gross_margin(facts: Facts) -> Measure:
    reason = _unvalued(facts, {Cost.Kind.TIME, Cost.Kind.PASS_THROUGH})
    known = [one for one in money_of_clients(facts).values() if one.time_cost is not None]
    if not known and not reason:
        reason = f"no time spent on clients is written down for {facts.period}"
    if reason:
        return unknown(Unit.SHARE, reason)
    total = margin_of(sum(known[1:], start=known[0]))
    return of_ratio(total, Unit.SHARE, f"no revenue in {facts.period}", cases=len(known))


# -- Payments ----------------------------------------------------------------------------------


def is_late(bill: Billed, facts: Facts) -> bool:
    """Due on its day until midnight; what is due today is not late yet."""
    if bill.paid_on is not None and bill.paid_on <= facts.as_of:
        return bill.paid_on > bill.day
    return bill.day < facts.as_of


def due_bills(facts: Facts) -> list[Billed]:
    return [one for one in facts.happened(billed_in) if one.day <= facts.as_of]


def late_bills(facts: Facts) -> list[Billed]:
    return [one for one in due_bills(facts) if is_late(one, facts)]


def payments_late(facts: Facts) -> Measure:
    due = len(due_bills(facts))
    if not due:
        return unknown(Unit.INVOICES, f"no invoice was due in {facts.period}")
    late = len(late_bills(facts))
    return Measure(late, Unit.INVOICES, late, due, small_base=Ratio(0, due).small_base)


def payments_late_share(facts: Facts) -> Measure:
    ratio = Ratio(len(late_bills(facts)), len(due_bills(facts)))
    return of_ratio(ratio, Unit.SHARE, f"no invoice was due in {facts.period}")


def payments_late_amount(facts: Facts) -> Measure:
    if not due_bills(facts):
        return unknown(facts.currency, f"no invoice was due in {facts.period}")
    late = late_bills(facts)
    lacking = next((one for one in late if one.amount is None), None)
    if lacking:
        reason = f"no exchange rate for {lacking.currency} on {lacking.day}"
        return unknown(facts.currency, reason)
    return Measure(sum((one.amount or ZERO for one in late), ZERO), facts.currency)


# -- Services, recommendations, the largest client -----------------------------------------------


def services_of_clients(facts: Facts) -> dict[Hashable, Ratio]:
    """Of the services offered on the day, how many each client pays for."""
    day = facts.as_of
    offered = {one.name.casefold() for one in facts.rows_by(offered_by) if one.on(day)}
    used: dict[Hashable, set[str]] = {client: set() for client in facts.active}
    for one in facts.rows_by(bought_by):
        pays = one.start <= day and (one.end is None or day < one.end)
        if pays and one.client in used and one.service.casefold() in offered:
            used[one.client].add(one.service.casefold())
    return {client: Ratio(len(mine), len(offered)) for client, mine in used.items()}


def services_used_share(facts: Facts) -> Measure:
    found = services_of_clients(facts).values()
    ratio = Ratio(sum(int(one.part) for one in found), sum(int(one.whole) for one in found))
    return of_ratio(ratio, Unit.SHARE, _no_services(facts), cases=len(found))


def _no_services(facts: Facts) -> str:
    if not facts.active:
        return f"no clients on {facts.as_of}"
    return f"no service is offered on {facts.as_of}: write down what you offer"


def fees_of_clients(facts: Facts) -> dict[Hashable, Decimal]:
    """What each client pays a month on the day, to the cent."""
    book, day = facts.book, facts.as_of
    return {c: worth(book.amounts(c, day), book.rates, day).quantize(CENT) for c in facts.active}


def referrers(facts: Facts) -> dict[Hashable, int]:
    """Of each client that was recommended to us, by whom."""
    told = facts.rows_by(clients_by)
    return {one.client: one.referred_by for one in told if one.referred_by is not None}


@money()
def referred_revenue(facts: Facts) -> Measure:
    fees, known = fees_of_clients(facts), referrers(facts)
    mine = [fee for client, fee in fees.items() if client in known]
    if not fees:
        return unknown(facts.currency, f"no clients on {facts.as_of}")
    return of_money(sum(mine, ZERO), facts.currency, len(mine), len(fees))


NUMBERS: dict[str, Number] = {
    "retention_cost_operating": _retention_cost(OPERATING),
    "retention_cost_full": _retention_cost(KEEPING),
    "winning_to_keeping_cost": winning_to_keeping_cost,
    "gross_margin": gross_margin,
    "payments_late": payments_late,
    "payments_late_amount": payments_late_amount,
    "payments_late_share": payments_late_share,
    "services_used_share": services_used_share,
    "referred_revenue": referred_revenue,
}
