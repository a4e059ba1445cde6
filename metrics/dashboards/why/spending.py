"""Rows behind costs, margins, payments, services, and who recommended us.

What a client costs is told only to those who answer for the money.
"""

from collections.abc import Callable, Hashable
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from clients.models import Cost
from godview.templatetags.display import noun
from godview.translating.later import later, later_of
from metrics.dashboards.numbers import Facts, spending
from metrics.dashboards.why.clients import TEAM
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import NOTHING, Cells, Column, Kind, Row, Rows, Words
from metrics.formulas.margin import ClientMoney
from metrics.formulas.mrr import ZERO, MissingRateError
from metrics.formulas.ratio import Ratio
from metrics.formulas.retention import headcount, retention_rate
from metrics.queries.spending import Billed, Spent

COSTS = (
    *TEAM,
    Column(later("What for")),
    Column(later("Note")),
    Column(later("Day"), Kind.DAY),
    Column(later("Amount"), Kind.MONEY),
)
KEPT = (*COSTS, Column(later("Kept"), Kind.COUNT))
MARGINS = (
    *TEAM,
    Column(later("Revenue"), Kind.MONEY),
    Column(later("Time"), Kind.MONEY),
    Column(later("Passed through"), Kind.MONEY),
    Column(later_of("money", "Left"), Kind.MONEY),
    Column(later("Margin"), Kind.SHARE),
)
BILLS = (
    *TEAM,
    Column(later("Invoice")),
    Column(later("Due"), Kind.DAY),
    Column(later("Paid"), Kind.DAY),
    Column(later("Amount"), Kind.MONEY),
)
USED = (*TEAM, Column(later("Services"), Kind.COUNT), Column(later("Offered"), Kind.COUNT))
REFERRED = (*TEAM, Column(later("Recommended by")), Column(later("A month"), Kind.MONEY))


def _sees_costs(reader: Reader) -> bool:
    return bool(reader.user.has_perm("clients.view_cost"))


def _sees(one: Spent, reader: Reader) -> bool:
    """What is spent on all clients together is for those who see all of them."""
    if not _sees_costs(reader):
        return False
    return reader.sees_all if one.client is None else reader.sees(one.client)


def kept_clients(kinds: set[str]) -> Callable[[Facts, Reader], Rows]:
    """What was spent, the largest first, and then the clients over whom it is shared."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        costs = spending.spent_on(facts, kinds)
        kept = [t.client for t in facts.belonging(facts.period)
                if retention_rate(headcount([t], facts.period)).part]  # fmt: skip
        shown = [
            Row(partial(_cost_and_kept, one, reader), Ratio(one.amount or ZERO, 0))
            for one in _dearest(costs)
            if _sees(one, reader)
        ]
        if _sees_costs(reader):
            shown += [
                Row(partial(_kept, client, reader), Ratio(0, 1))
                for client in kept
                if reader.sees(client)
            ]
        return Rows(KEPT, shown, len(costs) + len(kept), noun("row"), Words(_("spent"), _("kept")))

    return rows


def _dearest(costs: list[Spent]) -> list[Spent]:
    return sorted(costs, key=lambda one: -(one.amount or ZERO))


def _cost(one: Spent, reader: Reader) -> Cells:
    whose: Cells = (_("all clients"), None, None)
    if one.client is not None:
        whose = (reader.client(one.client), *reader.team(one.client))
    return (*whose, str(Cost.Kind(one.kind).label), one.note, one.day, one.amount)


def _cost_and_kept(one: Spent, reader: Reader) -> Cells:
    return (*_cost(one, reader), None)


def _kept(client: Hashable, reader: Reader) -> Cells:
    return (
        reader.client(client),
        *reader.team(client),
        _("kept over the period"),
        "",
        None,
        None,
        1,
    )


def winning_and_keeping(facts: Facts, reader: Reader) -> Rows:
    """Each cost, weighed with the clients on the other side: so the rows recount to the number."""
    won, kept = facts.headcount.gained, spending.kept(facts)
    measured = spending.winning_to_keeping_cost(facts).whole is not None
    costs = spending.spent_on(facts, spending.WINNING | spending.KEEPING)
    shown = []
    for one in _dearest(costs):
        if _sees(one, reader):
            amount = one.amount or ZERO
            is_won = one.kind in spending.WINNING
            weighed = Ratio(amount * kept, 0) if is_won else Ratio(0, amount * won)
            shown.append(Row(partial(_cost, one, reader), weighed if measured else NOTHING))
    words = Words(_("to win clients"), _("to keep clients"))
    return Rows(COSTS, shown, len(costs), noun("cost"), words)


def margins(facts: Facts, reader: Reader) -> Rows:
    """The thinnest margin first; those without noted time are listed, and not counted."""
    try:
        found = spending.money_of_clients(facts)
    except MissingRateError:
        found = {}
    measured = spending.gross_margin(facts).whole is not None
    shown = []
    for client, money in found.items():
        if reader.sees(client) and _sees_costs(reader):
            counts = spending.margin_of(money) if measured else NOTHING
            shown.append(Row(partial(_margin, client, money, reader), counts))
    shown.sort(key=lambda row: (not row.counts.whole, row.counts.value or 0.0))
    return Rows(
        MARGINS,
        shown,
        len(found),
        "client",
        Words(_("counted"), _("nothing left"), _("no time noted")),
    )


def _margin(client: Hashable, money: ClientMoney, reader: Reader) -> Cells:
    found = spending.margin_of(money)
    return (
        reader.client(client),
        *reader.team(client),
        money.revenue,
        money.time_cost,
        money.pass_through,
        money.left,
        found.value,
    )


def bills(facts: Facts, reader: Reader) -> Rows:
    return _bills(facts, reader, sums=False)


def late_amounts(facts: Facts, reader: Reader) -> Rows:
    return _bills(facts, reader, sums=True)


def _bills(facts: Facts, reader: Reader, sums: bool) -> Rows:
    """Late invoices first, the largest on top."""
    due = spending.due_bills(facts)
    if sums:
        due = spending.late_bills(facts)
    shown = []
    for one in due:
        if reader.sees(one.client):
            late = spending.is_late(one, facts)
            counts = NOTHING if sums else Ratio(int(late), 1)
            fill = partial(_bill, one, facts, reader)
            shown.append(Row(fill, counts, one.amount or ZERO, "bad" if late else "good"))
    shown.sort(key=lambda row: (row.state != "bad", -(row.amount or ZERO)))
    words = None if sums else Words(_("late"), _("in time"))
    return Rows(BILLS, shown, len(due), noun("invoice"), words, sums=sums)


def _bill(one: Billed, facts: Facts, reader: Reader) -> Cells:
    paid = one.paid_on if one.paid_on and one.paid_on <= facts.as_of else None
    return (reader.client(one.client), *reader.team(one.client), one.number, one.day, paid,
            one.amount)  # fmt: skip


def services(facts: Facts, reader: Reader) -> Rows:
    """Who uses least first: there is most left to offer."""
    found = spending.services_of_clients(facts)
    mine = sorted((c for c in found if reader.sees(c)), key=lambda c: (found[c].part, str(c)))
    shown = [Row(partial(_used, client, found[client], reader), found[client]) for client in mine]
    return Rows(USED, shown, len(found), noun("client"), Words(_("uses some"), _("uses none")))


def _used(client: Hashable, ratio: Ratio, reader: Reader) -> Cells:
    return (reader.client(client), *reader.team(client), ratio.part, ratio.whole)


def recommended(facts: Facts, reader: Reader) -> Rows:
    """The recommended first, the largest fee on top."""
    known = spending.referrers(facts)
    fees = _fees(facts)
    mine = sorted((c for c in fees if reader.sees(c)), key=lambda c: (c not in known, -fees[c]))
    shown = [
        Row(
            partial(_referred, client, known.get(client), fees[client], reader),
            Ratio(client in known, 1),
            fees[client] if client in known else ZERO,
        )
        for client in mine
    ]
    return Rows(
        REFERRED,
        shown,
        len(fees),
        noun("client"),
        Words(_("recommended"), _("came otherwise")),
        True,
    )


def _referred(client: Hashable, by: int | None, fee: Decimal, reader: Reader) -> Cells:
    who: object = ""
    if by is not None:
        who = reader.client(by) if reader.sees(by) else _("another client")
    return (reader.client(client), *reader.team(client), who, fee)


def _fees(facts: Facts) -> dict[Hashable, Decimal]:
    """Nothing where the number itself is unknown: no fees, or no exchange rate."""
    if not facts.has_fees:
        return {}
    try:
        return spending.fees_of_clients(facts)
    except MissingRateError:
        return {}


ROWS = {
    "retention_cost_operating": kept_clients(spending.OPERATING),
    "retention_cost_full": kept_clients(spending.KEEPING),
    "winning_to_keeping_cost": winning_and_keeping,
    "gross_margin": margins,
    "payments_late": bills,
    "payments_late_amount": late_amounts,
    "payments_late_share": bills,
    "services_used_share": services,
    "referred_revenue": recommended,
}
