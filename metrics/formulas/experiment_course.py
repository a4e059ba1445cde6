"""A test from its first reading to its verdict: once decided, nothing read later changes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.formulas.experiments import (
    StoppingRule,
    Trial,
    Verdict,
    VerdictState,
    designer_record,
    verdict,
)
from metrics.formulas.proportions import Arm, Difference, difference
from metrics.formulas.ratio import Interval, Ratio
from metrics.formulas.sequential import always_valid
from metrics.formulas.tactics import TacticRecord

FEWEST_DECIDED = 8  # decided tests below which nobody's share is told
DECIDED = (VerdictState.WON, VerdictState.LOST, VerdictState.NO_DIFFERENCE)
UNCOUNTED = Verdict(VerdictState.TOO_EARLY, ("nobody has been counted yet",))
ALONE = Verdict(VerdictState.TOO_EARLY, ("it needs a control and at least one variant",))


@dataclass(frozen=True, slots=True)
class Plan:
    """What was fixed before the first reading, and the day it was stopped, if it was."""

    started_on: date
    planned_visitors: int  # per arm
    rule: StoppingRule = StoppingRule.FIXED
    alpha: float = 0.05
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What every arm had counted by one day, since the start. The control comes first."""

    day: date
    arms: tuple[Arm, ...]

    @property
    def visitors(self) -> int:
        return sum(arm.visitors for arm in self.arms)

    @property
    def fewest(self) -> int:
        return min((arm.visitors for arm in self.arms), default=0)


@dataclass(frozen=True, slots=True)
class Seen:
    """One variant against the control as a picture shows it.

    `confidence` is 1 less the chance, corrected; None while the sample is incomplete, and then the
    interval is the one that holds at every look.
    """

    variant: int
    found: Difference
    interval: Interval
    base: float  # the control's rate
    confidence: float | None = None

    @property
    def lift(self) -> float | None:
        """The difference as a share of the control's rate; none where the control has none."""
        return self.found.difference / self.base if self.base else None

    @property
    def lift_interval(self) -> Interval | None:
        """The same line in the same scale, so that it crosses 0 exactly when the other does."""
        if not self.base:
            return None
        return Interval(self.interval.low / self.base, self.interval.high / self.base)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`decided_on` is the first day on which nothing read later could change the state."""

    state: VerdictState
    reasons: tuple[str, ...]
    look: Look | None = None
    seen: tuple[Seen, ...] = ()
    decided_on: date | None = None

    @property
    def leading(self) -> Seen | None:
        """The variant that stands for the test: the best, or the one that is worst when it lost."""
        if self.state is VerdictState.LOST:
            return min(self.seen, key=lambda one: one.found.difference, default=None)
        return max(self.seen, key=lambda one: one.found.difference, default=None)


def outcome(plan: Plan, looks: Iterable[Look], day: date) -> Outcome:
    """What may be said of a test at the end of a day.

    The first look that decides it is the last one that counts: a fixed test is judged once, at the
    first reading with the whole sample; a sequential one stops where its interval first clears 0.

    Unit:    a state, with its reasons.
    Unknown: running or too early; a test stopped before its sample is full is no difference.
    Error:   see `verdict`.
    Source:  docs/definitions.md, 15.
    """
    last_day = day if plan.ended_on is None else min(day, plan.ended_on)
    known = [look for look in looks if look.day <= last_day]
    latest = UNCOUNTED
    for look in known:
        latest = _judged(plan, look)
        full = look.fewest >= plan.planned_visitors
        if latest.state in DECIDED or (latest.state is VerdictState.INVALID and full):
            return Outcome(
                latest.state, latest.reasons, look, _final(look, latest), decided_on=look.day
            )
    last = known[-1] if known else None
    invalid = latest.state is VerdictState.INVALID
    seen = _so_far(plan, last) if last and not invalid else ()
    if plan.ended_on is None or plan.ended_on > day:
        return Outcome(latest.state, latest.reasons, last, seen)
    if invalid:
        return Outcome(latest.state, latest.reasons, last, decided_on=plan.ended_on)
    counted = (
        f"{last.fewest if last else 0:,} of {plan.planned_visitors:,} planned visitors per arm"
    )
    reason = f"stopped at {counted}: no difference is proven"
    return Outcome(VerdictState.NO_DIFFERENCE, (reason,), last, seen, decided_on=plan.ended_on)


def sample_share(plan: Plan, look: Look | None) -> Ratio:
    """How much of the planned sample the emptiest arm has; never more than all of it.

    Unit:    share in [0, 1].
    Unknown: never, a plan always has a sample.
    Error:   none, it is counted.
    Source:  docs/definitions.md, 15.
    """
    return Ratio(min(look.fewest if look else 0, plan.planned_visitors), plan.planned_visitors)


def record_of_tests(outcomes: Iterable[Outcome]) -> TacticRecord:
    """Wins to losses among valid tests that are over, those without a difference beside them.

    Unit:    counts; the share, its interval and its rank are those of tactics (chapter 14).
    Unknown: under 8 decided tests no share should be told.
    Error:   see `wilson`.
    Source:  docs/definitions.md, 15.
    """
    return designer_record(found.state for found in outcomes if found.decided_on is not None)


def trial(plan: Plan, look: Look) -> Trial:
    return Trial(
        arms=look.arms,
        planned_visitors=plan.planned_visitors,
        days=(look.day - plan.started_on).days,
        rule=plan.rule,
        alpha=plan.alpha,
    )


def _judged(plan: Plan, look: Look) -> Verdict:
    if len(look.arms) < 2:
        return ALONE
    return verdict(trial(plan, look)) if look.visitors else UNCOUNTED


def _final(look: Look, judged: Verdict) -> tuple[Seen, ...]:
    base = look.arms[0].rate
    return tuple(
        Seen(one.variant, one.found, one.interval, base, 1 - one.p) for one in judged.comparisons
    )


def _so_far(plan: Plan, look: Look) -> tuple[Seen, ...]:
    """Drawn dashed: wide enough that nobody is fooled by looking before the end."""
    control, variants = look.arms[0], look.arms[1:]
    alpha = plan.alpha / max(1, len(variants))  # shared out, as the verdict does
    return tuple(_early(alpha, control, variants))


def _early(alpha: float, control: Arm, variants: Sequence[Arm]) -> Iterable[Seen]:
    for place, arm in enumerate(variants, start=1):
        found = difference(control, arm, alpha)
        if found is not None and found.se:
            together = control.visitors + arm.visitors
            yield Seen(place, found, always_valid(found, together, alpha), control.rate)
