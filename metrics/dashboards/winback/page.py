"""Which lost pitches, and which former clients, to win after all: the Renew list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clients.models import Refusal
from godview.templatetags.display import counted
from godview.translating.later import later
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import book_on
from metrics.dashboards.segments.base import Potential, kept_potentials
from metrics.dashboards.segments.rules import of_code
from metrics.formulas.rcm import RcmCode, rcm
from metrics.formulas.renew import RefusedProspect, renew_list
from metrics.queries.names import names_seen_by
from metrics.queries.refusals import refusals_known
from metrics.queries.scopes import AGENCY, Scope, clients_ever
from metrics.queries.segment_rules import rules
from metrics.queries.stamps import Stamps

MARKS = {"brand": later("brand"), "capacity": later("capacity"), "pitch": later("pitch")}


@dataclass(frozen=True, slots=True)
class Lost:
    """A firm that refused us, or left us. `row` is None for who left and was never scored."""

    name: str
    url: str
    row: Refusal | None
    renew: RefusedProspect | None
    former: Potential | None
    left_on: date | None
    code: RcmCode | None
    rule: str
    is_due: bool

    @property
    def score(self) -> int | None:
        return self.renew.score if self.renew else None

    @property
    def marks(self) -> str:
        """5 + 3 + 4, as it was summed."""
        one = self.renew
        return f"{one.brand} + {one.capacity} + {one.pitch}" if one and one.score else ""

    @property
    def missing(self) -> str:
        return ", ".join(str(MARKS[name]) for name in (self.renew.missing if self.renew else MARKS))

    @property
    def last_fee(self) -> Decimal | None:
        return self.former.pays if self.former else None


@dataclass(frozen=True, slots=True)
class WinbackPage:
    day: date
    ranked: list[Lost]
    unranked: list[Lost]
    reopened: list[Lost]

    @property
    def due(self) -> list[Lost]:
        return [one for one in (*self.ranked, *self.unranked) if one.is_due]

    @property
    def headline(self) -> str:
        if self.due:
            return _("%(len_due)s to write to now") % {"len_due": counted(len(self.due), "firm")}
        if self.ranked:
            return _("%(len_ranked)s worth another try") % {
                "len_ranked": counted(len(self.ranked), "firm")
            }
        return _("Who to win after all")

    @property
    def everybody(self) -> list[Lost]:
        return [*self.ranked, *self.unranked, *self.reopened]


def winback_page(
    user: Any, stamps: Stamps, day: date, onward: Onward, scope: Scope = AGENCY
) -> WinbackPage:
    """Best first by brand + capacity + pitch; of equal ones the larger, then the latest.

    Of a part of the agency: the firms that it once served, or that are of its kind.
    """
    known = {row.client_id: row for row in refusals_known(user, day)}
    names, book = names_seen_by(user, day), book_on(stamps, day)
    seen = {one.client: one for one in kept_potentials(stamps, day, tuple(book.tenures))}
    codes = {int(str(code.client)): code for code in rcm(o.rcm for o in seen.values()).codes}
    own = rules()
    former = {
        client: one
        for client, one in seen.items()
        if not one.is_served and one.pays is not None and client in names
    }

    def lost(client: int) -> Lost:
        row, code = known.get(client), codes.get(client)
        ends = [end for _, end in book.tenures[client].spells if end] if client in former else []
        return Lost(
            name=names[client].name,
            url=onward.to("client", names[client].slug),
            row=row,
            renew=_renew(row) if row else None,
            former=former.get(client),
            left_on=max((end for end in ends if end <= day), default=None),
            code=code if client in former else None,
            rule=of_code(code, own).text if code and client in former else "",
            is_due=_is_due(row, day),
        )

    ours = {*known, *former} & set(names) & clients_ever(scope, names)
    return _sorted({client: lost(client) for client in ours}, day)


def _sorted(found: Mapping[int, Lost], day: date) -> WinbackPage:
    by_name = sorted(found.items(), key=lambda pair: pair[1].name)  # where all else is equal
    open_ones = {client: one for client, one in by_name if not _is_reopened(one.row, day)}
    order = renew_list(one.renew for one in open_ones.values() if one.renew)
    ranked = [open_ones[int(str(one.prospect))] for one in order.ranked]
    scored = {int(str(one.prospect)) for one in order.ranked}
    unranked = [one for client, one in open_ones.items() if client not in scored]
    return WinbackPage(
        day=day,
        ranked=ranked,
        unranked=sorted(unranked, key=lambda one: (not one.row, -(one.last_fee or 0), one.name)),
        reopened=sorted(
            (one for client, one in found.items() if client not in open_ones),
            key=lambda one: one.name,
        ),
    )


def _renew(row: Refusal) -> RefusedProspect:
    return RefusedProspect(row.client_id, row.brand, row.capacity, row.pitch, row.refused_on)


def _is_reopened(row: Refusal | None, day: date) -> bool:
    return row is not None and row.reopened_on is not None and row.reopened_on <= day


def _is_due(row: Refusal | None, day: date) -> bool:
    due = row is not None and row.remind_on is not None and row.remind_on <= day
    return due and not _is_reopened(row, day)
