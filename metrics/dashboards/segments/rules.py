"""The rule to work by for each segment: ours in plain words, until the agency writes its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics.formulas.bcg import Quadrant
from metrics.formulas.rcm import RcmCode

NAMES = {
    Quadrant.STAR: "Stars",
    Quadrant.COW: "Cash cows",
    Quadrant.PROBLEM_CHILD: "Problem children",
    Quadrant.DOG: "Dogs",
}
MEANS = {
    Quadrant.STAR: "active, and could buy much",
    Quadrant.COW: "active, and buy what they can",
    Quadrant.PROBLEM_CHILD: "could buy much, and do little",
    Quadrant.DOG: "could buy little, and do little",
}
# Words for single codes, as they are told in the trade.
CODES = {
    "555": "Our best: keep them close and let them bring others.",
    "551": "Perhaps drop? Recent, large and paying little: propose more first.",
    "155": "The first to win back: large, paid much, long silent.",
    "111": "Let them rest, or part as friends.",
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
    return _rule(place.value, NAMES[place], place.rule, own)


def of_code(code: RcmCode, own: Mapping[str, str]) -> Rule:
    return _rule(code.code, f"Code {code.code}", CODES.get(code.code, code.rule), own)


def _rule(code: str, name: str, default: str, own: Mapping[str, str]) -> Rule:
    return Rule(code, name, own.get(code, default), default, code in own)
