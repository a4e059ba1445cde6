"""Rows behind the numbers about fees, client by client."""

from collections.abc import Callable, Hashable
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from godview.periods import closed_months
from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.why.clients import TEAM
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import NOTHING, Cells, Column, Kind, Row, Rows, Words
from metrics.formulas import movements as formulas
from metrics.formulas.movements import Movements, movements
from metrics.formulas.mrr import ZERO, MissingRateError, variable_monthly, worth
from metrics.formulas.ratio import Quantity, Ratio

Rate = Callable[[Movements], Ratio]
A_MONTH = Column(later("A month"), Kind.MONEY)
BRIDGE = (
    *TEAM,
    Column(later("What happened")),
    Column(later("At the start"), Kind.MONEY),
    Column(later("At the end"), Kind.MONEY),
)
LINES = {
    "new": "new",
    "reactivation": later("came back"),
    "expansion": later("bigger fee"),
    "contraction": later("smaller fee"),
    "churned": "lost",
    "paused": later("put on hold"),
    "resumed": later("taken up again"),
    "transferred": later("taken over or handed on"),
    "fx": later("exchange rate"),
}


def fees(counts: Callable[[Decimal], Ratio], sums: bool) -> Callable[[Facts, Reader], Rows]:
    """What each client served on the day pays, the largest fee first."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        paid = {client: _worth(facts, client) for client in facts.active}
        shown = [
            Row(partial(_fee, client, amount, reader), counts(amount or ZERO), amount or ZERO)
            for client, amount in _largest_first(paid, reader)
        ]
        words = Words(_("pays"), _("pays nothing a month")) if sums else None
        return Rows((*TEAM, A_MONTH), shown, len(paid), noun("client"), words, sums)

    return rows


def largest(facts: Facts, reader: Reader) -> Rows:
    """Every fee, the largest first: it alone is the part."""
    paid = {client: _worth(facts, client) for client in facts.active}
    top = max(paid, key=lambda client: paid[client] or ZERO, default=None)
    shown = [
        Row(
            partial(_fee, client, amount, reader),
            Ratio((amount or ZERO) if client == top else ZERO, amount or ZERO),
        )
        for client, amount in _largest_first(paid, reader)
    ]
    return Rows(
        (*TEAM, A_MONTH), shown, len(paid), noun("client"), Words(_("the largest"), _("another"))
    )


def paused(facts: Facts, reader: Reader) -> Rows:
    """What the clients on hold would pay, and who goes on."""
    held = {client: _held(facts, client) for client in facts.active}
    shown = [
        Row(partial(_fee, client, amount, reader), Ratio(client in facts.paused, 1), amount)
        for client, amount in _largest_first(held, reader)
    ]
    words = Words(_("on hold"), _("served"))
    return Rows((*TEAM, A_MONTH), shown, len(held), noun("client"), words, sums=True)


def variable(facts: Facts, reader: Reader) -> Rows:
    """Work by time and materials: each client's average of the three months."""
    months = closed_months(facts.as_of, 3)
    found: dict[Hashable, Decimal | None] = {}
    for client in facts.active:
        mine = [fee for fee in facts.book.fees.get(client, ()) if fee.is_variable]
        if mine:
            found[client] = _or_none(partial(variable_monthly, mine, months, facts.book.rates))
    shown = [
        Row(partial(_fee, client, amount, reader), amount=amount or ZERO)
        for client, amount in _largest_first(found, reader)
    ]
    return Rows((*TEAM, A_MONTH), shown, len(found), noun("client"), sums=True)


def rate(formula: Rate, part: str, whole: str) -> Callable[[Facts, Reader], Rows]:
    """A ratio of two sums of money: what each client adds to the one and to the other."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        columns = (*BRIDGE, Column(part, Kind.MONEY), Column(whole, Kind.MONEY))
        moved = _moves(facts)
        found = {c: formula(m) if m else NOTHING for c, m in moved.items()}
        behind = {c: r for c, r in found.items() if r != NOTHING or moved[c] is None}
        shown = [
            Row(partial(_course, client, moved[client], reader, ratio.part, ratio.whole), ratio)
            for client, ratio in behind.items()
            if reader.sees(client)
        ]
        shown.sort(key=lambda row: -abs(float(row.counts.part)))
        return Rows(columns, shown, len(behind), noun("client"))

    return rows


def line(name: str) -> Callable[[Facts, Reader], Rows]:
    """One line of the bridge, the largest amount first."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        moved = _moves(facts)
        behind = {c: m for c, m in moved.items() if m is None or getattr(m, name)}
        shown = [
            Row(partial(_course, client, mine, reader, amount), amount=amount)
            for client, mine in behind.items()
            if reader.sees(client)
            for amount in [getattr(mine, name) if mine else ZERO]
        ]
        shown.sort(key=lambda row: -abs(float(row.amount or 0)))
        columns = (*BRIDGE, Column(_("Amount"), Kind.MONEY))
        return Rows(columns, shown, len(behind), noun("client"), sums=True)

    return rows


def _moves(facts: Facts) -> dict[Hashable, Movements | None]:
    """Each client's own bridge; None where an exchange rate is missing."""
    found: dict[Hashable, Movements | None] = {}
    for client in facts.book.fees:
        try:
            standing = facts.standing_of(client)
        except MissingRateError:
            found[client] = None
        else:
            if standing is not None:
                found[client] = movements([standing])
    return found


def _course(client: Hashable, moved: Movements | None, reader: Reader, *amounts: Quantity) -> Cells:
    if moved is None:
        return (*_who(client, reader), _("no exchange rate"), None, None, *amounts)
    happened = [str(words) for name, words in LINES.items() if getattr(moved, name)]
    words = ", ".join(happened) or _("same fee")
    return (*_who(client, reader), words, moved.start, moved.end, *amounts)


def _fee(client: Hashable, amount: Decimal | None, reader: Reader) -> Cells:
    return (*_who(client, reader), amount)


def _who(client: Hashable, reader: Reader) -> Cells:
    return (reader.client(client), *reader.team(client))


def _worth(facts: Facts, client: Hashable) -> Decimal | None:
    amounts = facts.book.amounts(client, facts.as_of)
    return _or_none(lambda: worth(amounts, facts.book.rates, facts.as_of))


def _held(facts: Facts, client: Hashable) -> Decimal | None:
    return _or_none(lambda: facts.book.paused_mrr([client], facts.as_of).amount)


def _or_none(amount: Callable[[], Decimal]) -> Decimal | None:
    """An amount; None where an exchange rate is missing, for which the number has its reason."""
    try:
        return amount()
    except MissingRateError:
        return None


def _largest_first(
    amounts: dict[Hashable, Decimal | None], reader: Reader
) -> list[tuple[Hashable, Decimal | None]]:
    seen = [(client, amount) for client, amount in amounts.items() if reader.sees(client)]
    return sorted(seen, key=lambda one: (-(one[1] or ZERO), reader.names[one[0]].name))


ROWS = {
    "mrr": fees(lambda amount: Ratio(amount > 0, 1), sums=True),
    "arpa": fees(lambda amount: formulas.arpa(amount, int(amount > 0)), sums=False),
    "largest_client_share": largest,
    "paused_mrr": paused,
    "variable_revenue": variable,
    "gross_revenue_churn_rate": rate(
        formulas.gross_revenue_churn_rate, later("Lost or smaller"), later("Fee at the start")
    ),
    "net_revenue_churn_rate": rate(
        formulas.net_revenue_churn_rate, later("Lost less gained"), later("Fee at the start")
    ),
    "grr": rate(formulas.grr, later("Still paid"), later("Fee at the start")),
    "nrr": rate(formulas.nrr, later("Paid at the end"), later("Fee at the start")),
    "quick_ratio": rate(formulas.quick_ratio, later("Gained"), later("Lost or smaller")),
    "quick_ratio_without_reactivation": rate(
        formulas.quick_ratio_without_reactivation, later("Gained"), later("Lost or smaller")
    ),
    **{
        f"mrr_{'at_' if name in ('start', 'end') else ''}{name}": line(name)
        for name in ("start", *LINES, "end")
    },
}
