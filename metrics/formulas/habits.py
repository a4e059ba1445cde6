"""What do managers whose clients stay do otherwise? Two groups, with their doubts."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import fmean, variance
from typing import NamedTuple

from metrics.formulas.chi_square import chi_square_p
from metrics.formulas.holm import holm
from metrics.formulas.proportions import Arm
from metrics.formulas.ratio import Interval, Ratio, wilson

FEWEST_PEOPLE = 3  # in each group, else one person's way would pass for a habit
FEWEST_CASES = 20  # in each group, for shares
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Contrast:
    """How the winners differ from the others in one habit."""

    habit: str
    winners: float
    others: float
    difference: float
    interval: Interval  # 95 %, for this habit alone
    p: float
    winners_n: int
    others_n: int


@dataclass(frozen=True, slots=True)
class Silence:
    """Too few to say anything."""

    habit: str
    reason: str


class Finding(NamedTuple):
    contrast: Contrast
    p: float  # corrected for the number of habits looked at
    certain: bool


@dataclass(frozen=True, slots=True)
class WinnersHabits:
    findings: tuple[Finding, ...]  # the surest first
    silent: tuple[Silence, ...]


def top_third(scores: Mapping[Hashable, float | None]) -> tuple[set[Hashable], set[Hashable]]:
    """Winners and the others: the best third by score, rounded up; equal ones stay together.

    Unit:    two groups.
    Unknown: who has no score is in neither.
    Error:   with few people, luck makes winners, too.
    Source:  docs/definitions.md, 28.
    """
    known = {person: score for person, score in scores.items() if score is not None}
    if not known:
        return set(), set()
    border = sorted(known.values(), reverse=True)[ceil(len(known) / 3) - 1]
    winners = {person for person, score in known.items() if score >= border}
    return winners, set(known) - winners


def contrast_of_means(
    habit: str, winners: Sequence[float], others: Sequence[float]
) -> Contrast | Silence:
    """Difference of two means, one value a person: Welch's test and interval.

    Unit:    that of the habit.
    Unknown: under three people in a group, or no spread in both: a `Silence` with the reason.
    Error:   the interval; who wins may differ in other ways, too.
    Source:  docs/definitions.md, 28: Welch (1947); scipy `ttest_ind`.
    """
    n, m = len(winners), len(others)
    if min(n, m) < FEWEST_PEOPLE:
        return Silence(habit, f"{n} and {m} people; {FEWEST_PEOPLE} are needed in each group")
    a, b = variance(winners) / n, variance(others) / m
    if a + b == 0:
        return Silence(habit, "all people of a group do exactly the same")
    from scipy.special import stdtr, stdtrit

    found = fmean(winners) - fmean(others)
    se = sqrt(a + b)
    freedom = (a + b) ** 2 / (a * a / (n - 1) + b * b / (m - 1))
    reach = float(stdtrit(freedom, 1 - ALPHA / 2)) * se
    p = 2 * float(stdtr(freedom, -abs(found) / se))
    interval = Interval(found - reach, found + reach)
    return Contrast(habit, fmean(winners), fmean(others), found, interval, p, n, m)


def contrast_of_shares(habit: str, winners: Ratio, others: Ratio) -> Contrast | Silence:
    """Difference of two shares of counted cases: Newcombe's interval from Wilson's.

    Unit:    share, so 0.1 is ten points.
    Unknown: under 20 cases in a group: a `Silence` with the reason.
    Error:   the interval; cases of one manager are alike, so the truth is less sure than it says.
    Source:  docs/definitions.md, 28: Newcombe (1998); statsmodels `confint_proportions_2indep`.
    """
    a, b = winners.value, others.value
    ours, theirs = wilson(winners), wilson(others)
    few = min(winners.whole, others.whole) < FEWEST_CASES
    if few or a is None or b is None or not (ours and theirs):
        cases = f"{winners.whole} and {others.whole} cases"
        return Silence(habit, f"{cases}; {FEWEST_CASES} are needed in each group")
    found = a - b
    interval = Interval(
        found - sqrt((a - ours.low) ** 2 + (theirs.high - b) ** 2),
        found + sqrt((ours.high - a) ** 2 + (b - theirs.low) ** 2),
    )
    n, m = int(winners.whole), int(others.whole)
    p = _pooled_p(Arm(n, int(winners.part)), Arm(m, int(others.part)))
    return Contrast(habit, a, b, found, interval, p, n, m)


def _pooled_p(first: Arm, second: Arm) -> float:
    together = (first.conversions + second.conversions) / (first.visitors + second.visitors)
    spread = together * (1 - together) * (1 / first.visitors + 1 / second.visitors)
    if spread == 0:
        return 1.0
    return chi_square_p((first.rate - second.rate) ** 2 / spread, df=1)


def winners_habits(contrasts: Iterable[Contrast | Silence]) -> WinnersHabits:
    """All habits together: who asks ten questions must be surer of each (Holm's rule).

    Unit:    a list, the surest first. Unknown: habits with too few cases are named apart.
    Error:   at most 5 % of such lists hold even one false finding.
    Source:  docs/definitions.md, 28.
    """
    everything = list(contrasts)
    told = sorted((one for one in everything if isinstance(one, Contrast)), key=lambda one: one.p)
    corrected = holm([one.p for one in told])
    findings = [Finding(one, p, p < ALPHA) for one, p in zip(told, corrected, strict=True)]
    return WinnersHabits(
        tuple(findings), tuple(one for one in everything if isinstance(one, Silence))
    )
