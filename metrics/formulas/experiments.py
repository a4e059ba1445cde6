"""May this test be called won? Only by the rule that was fixed before it began."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from metrics.formulas.chi_square import chi_square_p
from metrics.formulas.holm import holm
from metrics.formulas.proportions import Arm, Difference, difference
from metrics.formulas.ratio import Interval
from metrics.formulas.sequential import TUNED_FOR, always_valid, always_valid_p
from metrics.formulas.tactics import TacticRecord

FEWEST_VISITORS, FEWEST_CONVERSIONS, FEWEST_DAYS = 100, 25, 7
MISMATCH = 0.001


class StoppingRule(StrEnum):
    """Fixed before the start: one cannot look every day and then judge as if one had not."""

    FIXED = "fixed"  # judged once, when every arm has its planned visitors
    SEQUENTIAL = "sequential"  # may be looked at every day, and pays for it with wider intervals


class VerdictState(StrEnum):
    RUNNING = "running"
    TOO_EARLY = "too_early"
    INVALID = "invalid"
    WON = "won"
    LOST = "lost"
    NO_DIFFERENCE = "no_difference"

    @property
    def is_final(self) -> bool:
        return self not in (VerdictState.RUNNING, VerdictState.TOO_EARLY)


@dataclass(frozen=True, slots=True)
class Trial:
    """A test as it was planned, and what has been counted so far. The first arm is the control."""

    arms: Sequence[Arm]
    planned_visitors: int  # per arm
    days: int  # full days it has run
    rule: StoppingRule = StoppingRule.FIXED
    split: Sequence[float] = ()  # planned shares of the visitors; even if nothing is said
    alpha: float = 0.05
    other_questions: int = 0  # further metrics judged on the same visitors
    tuned_for: int = TUNED_FOR


@dataclass(frozen=True, slots=True)
class Comparison:
    """One variant against the control; the interval is the one that the stopping rule allows."""

    variant: int  # its place among the arms, from 1 on
    found: Difference
    interval: Interval  # corrected, too
    p: float  # corrected for the number of questions
    state: VerdictState


@dataclass(frozen=True, slots=True)
class Verdict:
    state: VerdictState
    reasons: tuple[str, ...]
    comparisons: tuple[Comparison, ...] = field(default=())


def sample_ratio_p(visitors: Sequence[int], split: Sequence[float] = ()) -> float | None:
    """How often chance alone would split the visitors so unevenly.

    Below 0.001 something is wrong with how visitors are sent or counted, and no result is to be
    trusted, whatever it says.

    Unit:    probability.
    Unknown: fewer than two arms, or no visitors.
    Error:   none worth telling from five expected visitors an arm on.
    Source:  docs/definitions.md, 15; scipy `chisquare`.
    """
    shares = split or [1.0] * len(visitors)
    if len(shares) != len(visitors) or min(shares, default=1.0) <= 0:
        raise ValueError("The planned split needs one share above 0 for each arm.")
    total = sum(visitors)
    if len(visitors) < 2 or not total:
        return None
    expected = [total * share / sum(shares) for share in shares]
    statistic = sum((n - e) ** 2 / e for n, e in zip(visitors, expected, strict=True))
    return chi_square_p(statistic, len(visitors) - 1)


def verdict(trial: Trial) -> Verdict:
    """What may be said of the test today, with the reasons in plain words.

    Unit:    a state; only won, lost, no difference and invalid are final.
    Unknown: running or too early says so; a win that is only seen early is not a win.
    Error:   at most `alpha` of tests without any difference are called won or lost, over all their
             variants and questions.
    Source:  docs/definitions.md, 15.
    """
    visitors = [arm.visitors for arm in trial.arms]
    mismatch = sample_ratio_p(visitors, trial.split)
    if mismatch is None:
        return Verdict(VerdictState.RUNNING, ("nobody has been counted yet",))
    if mismatch < MISMATCH:
        seen = " and ".join(f"{n:,}" for n in visitors)
        reason = f"visitors are not split as planned ({seen}): not once in 1,000 times by chance"
        return Verdict(VerdictState.INVALID, (reason,))
    if missing := _floors(trial):
        return Verdict(VerdictState.TOO_EARLY, tuple(missing))
    comparisons = _compare(trial)
    complete = min(visitors) >= trial.planned_visitors
    if not complete and trial.rule is StoppingRule.FIXED:
        counted = f"{min(visitors):,} of {trial.planned_visitors:,} planned visitors per arm"
        reason = f"{counted}: judged then, not before"
        return Verdict(VerdictState.RUNNING, (reason,))
    return _judged(trial, comparisons, complete)


def designer_record(states: Iterable[VerdictState]) -> TacticRecord:
    """Wins and losses of a designer's finished tests; invalid ones say nothing about anybody.

    Unit:    counts, to be read by `tactic_win_rate` with its interval.
    Unknown: nothing finished makes an empty record.
    Error:   one win in three tests is usual: most ideas make no difference.
    Source:  docs/definitions.md, 14 and 15.
    """
    count = Counter(states)
    return TacticRecord(
        wins=count[VerdictState.WON],
        losses=count[VerdictState.LOST],
        inconclusive=count[VerdictState.NO_DIFFERENCE],
    )


def _floors(trial: Trial) -> list[str]:
    fewest = min(arm.visitors for arm in trial.arms)
    conversions = min(arm.conversions for arm in trial.arms)
    missing = []
    if fewest < FEWEST_VISITORS:
        missing.append(f"{fewest} of at least {FEWEST_VISITORS} visitors in an arm")
    if conversions < FEWEST_CONVERSIONS:
        missing.append(f"{conversions} of at least {FEWEST_CONVERSIONS} conversions in an arm")
    if trial.days < FEWEST_DAYS:
        missing.append(f"{trial.days} of at least {FEWEST_DAYS} days, so that each weekday counts")
    return missing


def _compare(trial: Trial) -> tuple[Comparison, ...]:
    control, *variants = trial.arms
    questions = len(variants) * (1 + trial.other_questions)
    # Shared out among the questions, so that an interval and a chance tell the same story.
    alpha = trial.alpha / questions
    found = [
        known
        for known in (difference(control, variant, alpha) for variant in variants)
        if known is not None
    ]
    if len(found) < len(variants):
        return ()
    if trial.rule is StoppingRule.SEQUENTIAL:
        seen = [control.visitors + variant.visitors for variant in variants]
        pairs = list(zip(found, seen, strict=True))
        intervals = [always_valid(one, n, alpha, trial.tuned_for) for one, n in pairs]
        chances = [always_valid_p(one, n, trial.alpha, trial.tuned_for) for one, n in pairs]
    else:
        intervals = [one.interval for one in found]
        chances = [one.p for one in found]
    # The other metrics are judged elsewhere; here they raise the bar as if they were surer.
    corrected = [min(1.0, p * (1 + trial.other_questions)) for p in holm(chances)]
    return tuple(
        Comparison(place, one, interval, p, _direction(one, p, trial.alpha))
        for place, (one, interval, p) in enumerate(
            zip(found, intervals, corrected, strict=True), start=1
        )
    )


def _direction(found: Difference, p: float, alpha: float) -> VerdictState:
    if p >= alpha:
        return VerdictState.NO_DIFFERENCE
    return VerdictState.WON if found.difference > 0 else VerdictState.LOST


def _judged(trial: Trial, comparisons: tuple[Comparison, ...], complete: bool) -> Verdict:
    states = {comparison.state for comparison in comparisons}
    if not complete and not states & {VerdictState.WON, VerdictState.LOST}:
        reason = "no difference is certain yet, counting every look so far"
        return Verdict(VerdictState.RUNNING, (reason,), comparisons)
    if not complete and VerdictState.NO_DIFFERENCE in states and VerdictState.WON not in states:
        reason = "some variants lost already, the others go on"
        return Verdict(VerdictState.RUNNING, (reason,), comparisons)
    if VerdictState.WON in states:
        state = VerdictState.WON
    elif states == {VerdictState.LOST}:
        state = VerdictState.LOST
    else:
        state = VerdictState.NO_DIFFERENCE
    reasons = tuple(_sentence(comparison) for comparison in comparisons)
    return Verdict(state, reasons or ("nobody or everybody converted in all arms",), comparisons)


def _sentence(comparison: Comparison) -> str:
    low, high = comparison.interval.low * 100, comparison.interval.high * 100
    chance = "under 0.1%" if comparison.p < 0.001 else f"{comparison.p:.1%}"
    return (
        f"variant {comparison.variant}: {comparison.found.difference * 100:+.2f} points, "
        f"probably between {low:+.2f} and {high:+.2f}; by chance alone {chance}"
    )
