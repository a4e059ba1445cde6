"""Who deserves more of us, or less: four quadrants, the RCM grid, and the rule for each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from godview.templatetags.display import counted, money_short
from metrics.charts.segment_map import Point, segment_map
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, all_lines
from metrics.dashboards.segments.base import Potential, kept_potentials
from metrics.dashboards.segments.rules import MEANS, NAMES, Rule, of_code, of_quadrant
from metrics.formulas.bcg import BcgPlace, BcgTable, Quadrant, bcg
from metrics.formulas.mrr import ZERO
from metrics.formulas.rcm import RcmCode, RcmTable, rcm
from metrics.queries.scopes import AGENCY, Scope, read_roster
from metrics.queries.segment_rules import rules
from metrics.queries.stamps import Stamps

ORDER = (Quadrant.STAR, Quadrant.COW, Quadrant.PROBLEM_CHILD, Quadrant.DOG)
TINTS = 5
SCORED_AT_ONCE = 20
WORTH_TELLING = Decimal("0.01")  # of what these clients pay


class Asked(NamedTuple):
    """Which clients the list shows: a quadrant, a code, or a field of the grid."""

    quadrant: str = ""
    code: str = ""
    recency: str = ""
    capacity: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One client with its place, its code and its rule."""

    line: Line
    url: str
    potential: Potential
    place: BcgPlace | None
    code: RcmCode | None
    rule: Rule | None

    @property
    def quadrant(self) -> str:
        return NAMES[self.place.quadrant] if self.place else ""


@dataclass(frozen=True, slots=True)
class Group:
    quadrant: Quadrant
    rule: Rule
    clients: int
    mrr: Decimal
    url: str

    @property
    def name(self) -> str:
        return NAMES[self.quadrant]

    @property
    def means(self) -> str:
        return MEANS[self.quadrant]


class Field(NamedTuple):
    clients: int
    tint: int
    url: str
    stands_out: bool  # room to grow, but quiet
    words: str


@dataclass(frozen=True, slots=True)
class SegmentsPage:
    day: date
    asked: Asked
    members: list[Member]
    groups: list[Group]
    grid: list[tuple[int, list[Field]]]
    columns: list[int]
    codes: list[tuple[Rule, int, str]]
    places: BcgTable
    table: RcmTable
    missing: list[Member]  # without a capacity
    too_new: int
    worth: Decimal  # a month, if the problem children used what stars use
    figure: dict[str, Any] | None

    @property
    def headline(self) -> str:
        room = self._of(Quadrant.PROBLEM_CHILD).clients
        if not self.places.places:
            return _("Which clients deserve more of us")
        if not room:
            return _("No client has room that it does not use")
        return _("%(room)s could give us much more work") % {"room": counted(room, "client")}

    @property
    def lead(self) -> str:
        if not self.places.places:
            return _(
                "Capacity is what a client could buy from us in a year. Nobody has been scored."
            )
        told = _("They could buy much and do little with us.")
        if self.worth >= WORTH_TELLING * self._of(Quadrant.PROBLEM_CHILD).mrr > 0:
            worth = money_short(self.worth)
            told += _(" Worth %(worth)s a month if they used as much of it as our stars do.") % {
                "worth": worth
            }
        return told

    @property
    def shown(self) -> list[Member]:
        """Those that the address asks for, the largest capacity first."""
        asked = self.asked
        found = [one for one in self.members if one.code or one.place]
        if asked.quadrant:
            found = [one for one in found if one.place and one.place.quadrant == asked.quadrant]
        if asked.code:
            found = [one for one in found if one.code and one.code.code == asked.code]
        if asked.recency:
            found = [one for one in found if one.code and str(one.code.recency) == asked.recency]
        if asked.capacity:
            found = [one for one in found if one.code and str(one.code.capacity) == asked.capacity]
        return sorted(found, key=lambda one: (-(one.potential.capacity or 0), one.line.who.name))

    @property
    def to_score(self) -> int:
        return min(SCORED_AT_ONCE, len(self.missing))

    def _of(self, quadrant: Quadrant) -> Group:
        return next(group for group in self.groups if group.quadrant is quadrant)


def segments_page(
    stamps: Stamps, day: date, asked: Asked, onward: Onward, scope: Scope = AGENCY
) -> SegmentsPage:
    """A client is placed among all clients; of a part of the agency, only its own are shown."""
    own = rules()
    lines = {line.id: line for line in all_lines(stamps, day)}
    found = {one.client: one for one in kept_potentials(stamps, day, tuple(lines))}
    places = bcg(one.bcg for one in found.values())
    table = rcm(one.rcm for one in found.values())
    if not scope.is_agency:
        roster = read_roster(scope)
        found = {client: one for client, one in found.items() if roster.has(client, day)}
        mine = tuple(place for place in places.places if place.client in found)
        places = replace(places, places=mine)
        table = replace(table, codes=tuple(one for one in table.codes if one.client in found))
    by_place = {place.client: place for place in places.places}
    by_code = {code.client: code for code in table.codes}
    members = [
        _member(lines[client], one, by_place.get(client), by_code.get(client), own, onward)
        for client, one in found.items()
    ]
    return SegmentsPage(
        day=day,
        asked=asked,
        members=members,
        groups=[_group(quadrant, members, own, onward) for quadrant in ORDER],
        grid=_grid(table, onward),
        columns=_digits(table),
        codes=_codes(table, own, onward),
        places=places,
        table=table,
        missing=sorted(
            (one for one in members if one.potential.capacity is None),
            key=lambda one: (-(one.potential.pays or 0), one.line.who.name),
        ),
        too_new=sum(one.potential.activity is None for one in members),
        worth=_worth(members),
        figure=_figure(members, places),
    )


def _member(
    line: Line,
    one: Potential,
    place: BcgPlace | None,
    code: RcmCode | None,
    own: Mapping[str, str],
    onward: Onward,
) -> Member:
    """The agency's own word for a code goes before that for a quadrant, and both before ours."""
    rule = of_quadrant(place.quadrant, own) if place else None
    if code and (rule is None or code.code in own):
        rule = of_code(code, own)
    return Member(line, onward.to("client", line.who.slug), one, place, code, rule)


def _group(
    quadrant: Quadrant, members: list[Member], own: Mapping[str, str], onward: Onward
) -> Group:
    mine = [one for one in members if one.place and one.place.quadrant is quadrant]
    mrr = sum((one.potential.pays or ZERO for one in mine), start=ZERO)
    url = onward.within("segments", quadrant=quadrant.value)
    return Group(quadrant, of_quadrant(quadrant, own), len(mine), mrr, f"{url}#list")


def _digits(table: RcmTable) -> list[int]:
    return [0, 1] if table.binary else [1, 2, 3, 4, 5]


def _grid(table: RcmTable, onward: Onward) -> list[tuple[int, list[Field]]]:
    """Down: how recent; across: capacity. Empty without any code."""
    if not table.codes:
        return []
    counts = Counter((code.recency, code.capacity) for code in table.codes)
    most, digits = max(counts.values()), _digits(table)
    high = 1 if table.binary else 4
    return [
        (
            recency,
            [
                Field(
                    clients=counts[recency, capacity],
                    tint=-(-TINTS * counts[recency, capacity] // most),
                    url=onward.within("segments", r=str(recency), c=str(capacity)) + "#list",
                    stands_out=capacity >= high and recency <= (0 if table.binary else 2),
                    words=(
                        _("recency %(recency)s, capacity %(capacity)s")
                        % {"recency": recency, "capacity": capacity}
                    ),
                )
                for capacity in digits
            ],
        )
        for recency in reversed(digits)
    ]


def _codes(table: RcmTable, own: Mapping[str, str], onward: Onward) -> list[tuple[Rule, int, str]]:
    """The most frequent first."""
    counts = Counter(code.code for code in table.codes)
    one_of = {code.code: code for code in table.codes}
    return [
        (of_code(one_of[code], own), count, onward.within("segments", code=code) + "#list")
        for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _worth(members: list[Member]) -> Decimal:
    """What the problem children would pay more, if they used as much as all stars together do.

    Unit:    money a month. Unknown: without a star that pays, 0. Error: that of the capacities.
    Source:  docs/definitions.md, 17.
    """
    used = _used_of(members, Quadrant.STAR)
    if used is None:
        return ZERO
    more = ZERO
    for one in members:
        if one.place and one.place.quadrant is Quadrant.PROBLEM_CHILD:
            could = (one.potential.capacity or ZERO) / 12 * used
            more += max(ZERO, could - (one.potential.pays or ZERO))
    return more


def _used_of(members: list[Member], quadrant: Quadrant) -> Decimal | None:
    """Pooled: a median stands on the one client in the middle, and jumps with it."""
    mine = [one.potential for one in members if one.place and one.place.quadrant is quadrant]
    known = [(one.pays, one.capacity) for one in mine if one.pays is not None and one.capacity]
    could = sum((capacity for _, capacity in known), start=ZERO)
    return sum((pays * 12 for pays, _ in known), start=ZERO) / could if could else None


def _figure(members: list[Member], places: BcgTable) -> dict[str, Any] | None:
    if places.activity_cut is None or places.capacity_cut is None:
        return None
    points = [
        Point(
            one.line.who.name,
            one.url,
            one.potential.activity or 0.0,
            float(one.potential.capacity or 0),
            float(one.potential.pays or 0),
            one.line.pace_state,
            one.line.pace_words.lower(),
        )
        for one in members
        if one.place
    ]
    return segment_map(points, places.activity_cut, places.capacity_cut)
