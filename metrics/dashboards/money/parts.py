"""Which pod, and which manager, explains most of a month's change of MRR?"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from godview.templatetags.display import money, percent
from metrics.dashboards.money.months import Month
from metrics.dashboards.onward import Onward
from metrics.formulas.mrr import ZERO
from metrics.formulas.retention import Spell
from metrics.formulas.waterfall import Waterfall, waterfall_of_sums
from metrics.queries.beginnings import Team, managers_ever, pods_ever
from metrics.queries.scopes import AGENCY, Scope

NOBODY = Team("nobody", "")
Ever = Mapping[int, list[tuple[Spell, Team]]]


class Part(NamedTuple):
    name: str
    change: Decimal
    url: str


@dataclass(frozen=True, slots=True)
class Explained:
    """The parts add up to the change of the month, to the cent."""

    word: str
    sentence: str
    parts: list[Part]


# What a part of the agency is not split by: it is one of them, or inside of one.
WHOLE = {"pod": ("pod",), "manager": ("pod", "manager"), "client": ("pod", "manager")}


def explained(month: Month, onward: Onward, scope: Scope = AGENCY) -> list[Explained]:
    """By pod and by manager; empty where the month cannot be valued."""
    if month.moved is None:
        return []
    found = []
    for word, kind, ever in ((_("Pod"), "pod", pods_ever()), ("", "manager", managers_ever())):
        if kind in WHOLE.get(scope.kind, ()):
            continue
        whole = waterfall(month, ever)
        parts = [_part(one.part, Decimal(one.change.numerator) / one.change.denominator, kind,
                       month, onward) for one in whole.contributions if one.change]  # fmt: skip
        heading = _("By pod") if kind == "pod" else _("By manager")
        found.append(Explained(heading, sentence(whole, word), parts))
    return found


def waterfall(month: Month, ever: Ever) -> Waterfall:
    """A client belongs to who served it at the start; one who came later, at the end."""
    before: dict[Hashable, Decimal] = {}
    after: dict[Hashable, Decimal] = {}
    facts, period = month.facts, month.period
    for client, standing in facts.standings.items():
        if not (standing.start or standing.worth_at_end):
            continue
        came, went = standing.came_from_elsewhere, standing.went_elsewhere
        served = facts.book.is_served(client, period.start) and not came
        day = period.start if served else period.end
        mine = ever.get(int(str(client)), ())
        team = next((team for spell, team in mine if spell.covers(day)), NOBODY)
        before[team] = before.get(team, ZERO) + (ZERO if came else standing.start)
        after[team] = after.get(team, ZERO) + (ZERO if went else standing.worth_at_end)
    return waterfall_of_sums(before, after)


def sentence(whole: Waterfall, word: str) -> str:
    """Pod Cobalt explains most of the drop: −€12,300 of −€15,000."""
    leader, share = whole.leader, whole.leader_share
    if leader is None or share is None:
        return _("MRR did not change.")
    team = leader.part
    name = f"{word} {team.name}".strip() if isinstance(team, Team) else str(team)
    fell = whole.change < 0
    amounts = _("%(leader_value)s of %(float_whole_change)s") % {
        "leader_value": _signed(leader.value),
        "float_whole_change": _signed(float(whole.change)),
    }
    if share > 1:
        told = (
            _("%(name)s explains more than the whole drop: %(amounts)s. Others made up for it.")
            if fell
            else _(
                "%(name)s explains more than the whole rise: %(amounts)s. Others made up for it."
            )
        )
        return told % {"name": name, "amounts": amounts}
    if whole.explains_most:
        told = (
            _("%(name)s explains most of the drop: %(amounts)s, %(share)s.")
            if fell
            else _("%(name)s explains most of the rise: %(amounts)s, %(share)s.")
        )
        return told % {"name": name, "amounts": amounts, "share": percent(share)}
    told = (
        _("Nobody explains most of the drop; the largest part is %(name)s: %(amounts)s.")
        if fell
        else _("Nobody explains most of the rise; the largest part is %(name)s: %(amounts)s.")
    )
    return told % {"name": name, "amounts": amounts}


def _signed(amount: float) -> str:
    return f"+{money(amount)}" if amount > 0 else money(amount)


def _part(team: Hashable, change: Decimal, kind: str, month: Month, onward: Onward) -> Part:
    known = team if isinstance(team, Team) else NOBODY
    scope = f"{kind}:{known.slug}" if known.slug else ""
    url = onward.why("mrr_at_end", scope, month.period) if scope else ""
    return Part(known.name, change, url)
