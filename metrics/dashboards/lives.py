"""Every stretch of every client, as far as it was seen, and the segment it belongs to."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from godview.templatetags.display import money
from godview.translating.later import later
from metrics.formulas.book import Book
from metrics.formulas.mrr import ZERO, MissingRateError, Rates
from metrics.formulas.retention import Spell
from metrics.formulas.survival import Curve, CurveMonth, Lived, months_of
from metrics.queries.beginnings import NamedFee, fees_ever, industries, pods_ever

NOT_KNOWN, OTHERS = "not known", "all others"
FEWEST = 5  # clients; smaller segments are taken together
FEWEST_AT_RISK = 10


@dataclass(frozen=True, slots=True)
class Life:
    """One stretch of a client. `end` is None for who is still here on the day."""

    client: int
    start: date
    end: date | None
    lived: Lived


def lives(book: Book, day: date, records_from: date | None) -> list[Life]:
    """All stretches begun by the day. Who was here before the records began is seen from then."""
    found = []
    for client, tenure in book.tenures.items():
        for start, end in tenure.spells:
            if start > day or (records_from and end is not None and end < records_from):
                continue
            gone = end if end is not None and end <= day else None
            late = records_from is not None and start < records_from <= day
            entered = months_of(start, records_from) if late and records_from else 0
            lived = Lived(entered, months_of(start, gone or day), gone is not None)
            found.append(Life(int(str(client)), start, gone, lived))
    return found


def segments(found: Sequence[Life], by: str, book: Book) -> dict[str, list[Life]]:
    """The stretches by what each client was when the stretch began: no look ahead.

    The largest segment first, years in their order; the smallest ones together at the end.
    """
    kind = KINDS[by](book, found)
    parts: dict[str, list[Life]] = {}
    for life in found:
        parts.setdefault(kind(life) or NOT_KNOWN, []).append(life)
    small = [name for name, mine in parts.items() if len(mine) < FEWEST]
    in_order = by in ("year", "size")
    if len(small) > 1 and not in_order:
        parts[OTHERS] = [life for name in small for life in parts.pop(name)]
    names = sorted(
        parts,
        key=lambda name: (
            name in (OTHERS, NOT_KNOWN),
            _rank(name) if in_order else -len(parts[name]),
            name,
        ),
    )
    return {name: parts[name] for name in names}


def grouped(found: Iterable[Life]) -> Counter[Lived]:
    """How many lived alike: all that a curve needs."""
    return Counter(life.lived for life in found)


def worst_month(curve: Curve) -> CurveMonth | None:
    """The month of the relationship in which the largest share of all clients leaves.

    Only among months that enough clients have reached: later on, one loss is a large share.
    """
    enough = (row for row in curve.months if row.at_risk >= FEWEST_AT_RISK)
    return max(enough, key=lambda row: (row.dbtr, -row.month), default=None)


Kind = Callable[[Life], str]


def _by_industry(book: Book, found: Sequence[Life]) -> Kind:
    known = industries()
    return lambda life: known.get(life.client, "")


def _by_pod(book: Book, found: Sequence[Life]) -> Kind:
    known = pods_ever()

    def pod(life: Life) -> str:
        mine = known.get(life.client, [])
        return next((team.name for spell, team in mine if spell.covers(life.start)), "")

    return pod


def _by_year(book: Book, found: Sequence[Life]) -> Kind:
    return lambda life: str(life.start.year)


def _by_service(book: Book, found: Sequence[Life]) -> Kind:
    known = fees_ever()
    return lambda life: _largest(first_fees(known, life)).service


def _by_model(book: Book, found: Sequence[Life]) -> Kind:
    known = fees_ever()
    return lambda life: _largest(first_fees(known, life)).model


def _by_size(book: Book, found: Sequence[Life]) -> Kind:
    """Thirds by the first monthly fee."""
    known = fees_ever()
    sizes = {life: _size(first_fees(known, life), book.rates) for life in found}
    values = sorted(size for size in sizes.values() if size is not None)
    if not values:
        return lambda life: ""
    low, high = values[len(values) // 3], values[2 * len(values) // 3]
    words = (
        f"Small, under {money(low)}",
        f"Middle, {money(low)} to {money(high)}",
        f"Large, over {money(high)}",
    )

    def size(life: Life) -> str:
        mine = sizes[life]
        return "" if mine is None else words[(mine >= low) + (mine > high)]

    return size


KINDS: Mapping[str, Callable[[Book, Sequence[Life]], Kind]] = {
    "industry": _by_industry,
    "model": _by_model,
    "pod": _by_pod,
    "service": _by_service,
    "size": _by_size,
    "year": _by_year,
}
WORDS = {
    "industry": later("Industry"),
    "model": later("Finance model"),
    "pod": later("Pod at the start"),
    "service": later("First service"),
    "size": later("First monthly fee"),
    "year": later("Year won"),
}


def first_fees(known: Mapping[int, Sequence[NamedFee]], life: Life) -> list[NamedFee]:
    """What the client paid on the first day of the stretch on which it paid anything."""
    spell = Spell(life.start, life.end)
    mine = [
        one
        for one in known.get(life.client, ())
        if (one.fee.end is None or one.fee.end > life.start) and _before_end(one, spell)
    ]
    if not mine:
        return []
    first = max(life.start, min(one.fee.start for one in mine))
    return [one for one in mine if one.fee.covers(first)]


def _before_end(one: NamedFee, spell: Spell) -> bool:
    return spell.end is None or one.fee.start < spell.end


class _Nothing:
    service = model = ""


def _largest(fees: Sequence[NamedFee]) -> Any:
    return max(fees, key=lambda one: (one.fee.monthly, one.fee.amount), default=_Nothing)


def _size(fees: Sequence[NamedFee], rates: Rates) -> Any:
    """In the reporting currency at the first day's rate; None without a fee or a rate."""
    paid = [one.fee for one in fees if not one.fee.is_variable and one.fee.monthly > 0]
    try:
        total = sum((fee.monthly * rates.on(fee.currency, fee.start) for fee in paid), start=ZERO)
    except MissingRateError:
        return None
    return total or None


def _rank(name: str) -> int:
    words = ("Small", "Middle", "Large")
    return next((place for place, word in enumerate(words) if name.startswith(word)), 0)
