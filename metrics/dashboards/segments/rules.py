"""The rule to work by for each segment: ours in plain words, until the agency writes its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from godview.translating.later import later
from metrics.dashboards.retold import retold
from metrics.formulas.bcg import Quadrant
from metrics.formulas.rcm import RcmCode

NAMES = {
    Quadrant.STAR: later("Stars"),
    Quadrant.COW: later("Cash cows"),
    Quadrant.PROBLEM_CHILD: later("Problem children"),
    Quadrant.DOG: later("Dogs"),
}
MEANS = {
    Quadrant.STAR: later("active, and could buy much"),
    Quadrant.COW: later("active, and buy what they can"),
    Quadrant.PROBLEM_CHILD: later("could buy much, and do little"),
    Quadrant.DOG: later("could buy little, and do little"),
}
# Words for single codes, as they are told in the trade.
CODES = {
    "555": later("Our best: keep them close and let them bring others."),
    "551": later("Perhaps drop? Recent, large and paying little: propose more first."),
    "155": later("The first to win back: large, paid much, long silent."),
    "111": later("Let them rest, or part as friends."),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """`own` tells the agency's words from ours."""

    code: str
    name: str
    text: str
    default: str
    own: bool


def of_quadrant(place: Quadrant, own: Mapping[str, str]) -> Rule:
    return _rule(place.value, NAMES[place], retold(place.rule), own)


def of_code(code: RcmCode, own: Mapping[str, str]) -> Rule:
    return _rule(
        code.code,
        (_("Code %(code_code)s") % {"code_code": code.code}),
        CODES.get(code.code) or retold(code.rule),
        own,
    )


def _rule(code: str, name: str, default: str, own: Mapping[str, str]) -> Rule:
    return Rule(code, name, own.get(code, default), default, code in own)
