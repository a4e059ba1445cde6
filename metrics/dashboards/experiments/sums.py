"""The sums behind a verdict with the numbers in place, so that anybody can work it out by hand."""

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from django.utils.translation import gettext as _

from godview.templatetags.display import counted
from metrics.formulas.experiment_course import Look, Outcome, Plan, Seen
from metrics.formulas.experiments import FEWEST_DAYS, StoppingRule, sample_ratio_p
from metrics.formulas.proportions import NORMAL, Arm
from metrics.formulas.sequential import TUNED_FOR


class Sum(NamedTuple):
    """What is worked out, how, and what it comes to."""

    what: str
    how: str
    result: str


def sums(plan: Plan, outcome: Outcome, names: Sequence[str]) -> list[Sum]:
    """What the verdict rests on. A fixed test that is not over shows no test of the difference."""
    if outcome.look is None or len(outcome.look.arms) < 2:
        return []
    found = [*_bounds(plan, outcome.look), *_rates(outcome.look, names)]
    for seen in outcome.seen:
        found += _difference(plan, outcome.look, seen, names[seen.variant], len(outcome.seen))
    return found


def _bounds(plan: Plan, look: Look) -> Iterator[Sum]:
    planned = plan.planned_visitors
    share = min(1.0, look.fewest / planned)
    yield Sum(
        _("Sample"),
        (
            _("%(look_fewest)s ÷ %(planned)s planned visitors per arm")
            % {"look_fewest": f"{look.fewest:,}", "planned": f"{planned:,}"}
        ),
        f"{share:.0%}",
    )
    days = (look.day - plan.started_on).days
    yield Sum(
        _("Time"),
        (
            _("%(plan_started_on)s to %(look_day)s")
            % {"plan_started_on": f"{plan.started_on:%-d %b}", "look_day": f"{look.day:%-d %b}"}
        ),
        (
            _("%(days)s, at least %(fewest_days)s")
            % {"days": counted(days, "day"), "fewest_days": FEWEST_DAYS}
        ),
    )
    chance = sample_ratio_p([arm.visitors for arm in look.arms])
    split = " : ".join(f"{arm.visitors:,}" for arm in look.arms)
    expected = look.visitors / len(look.arms)
    if chance is not None:
        square = sum((arm.visitors - expected) ** 2 / expected for arm in look.arms)
        how = _("%(split)s, even would be %(expected)s; χ² = %(square)s") % {
            "split": split,
            "expected": f"{expected:,.0f}",
            "square": f"{square:.2f}",
        }
        yield Sum(
            _("Split of the visitors"),
            how,
            (_("p = %(chance)s, invalid below 0.001") % {"chance": _p(chance)}),
        )


def _rates(look: Look, names: Sequence[str]) -> Iterator[Sum]:
    for name, arm in zip(names, look.arms, strict=True):
        if arm.visitors:
            yield Sum(name, f"{arm.conversions:,} ÷ {arm.visitors:,}", f"{arm.rate:.2%}")


def _difference(plan: Plan, look: Look, seen: Seen, name: str, questions: int) -> Iterator[Sum]:
    control, arm, found = look.arms[0], look.arms[seen.variant], seen.found
    how = f"{arm.rate:.2%} − {control.rate:.2%}"
    yield Sum(f"{name}: difference", how, f"{_signed(found.difference)} points")
    yield Sum(f"{name}: standard error", _unpooled(control, arm), f"{100 * found.se:.3f} points")
    if seen.confidence is not None and plan.rule is StoppingRule.FIXED:
        yield _z(name, control, arm, seen)
        yield Sum(
            f"{name}: p",
            (
                _("twice the tail of the normal curve beyond %(found_z)s")
                % {"found_z": f"{abs(found.z):.3f}"}
            ),
            _p(found.p),
        )
    if seen.confidence is not None:
        chance = 1 - seen.confidence
        how = (
            _("by the interval that holds at every look")
            if plan.rule is StoppingRule.SEQUENTIAL
            else _("as it is")
        )
        if questions > 1:
            how += _(", corrected by Holm for %(questions)s variants") % {"questions": questions}
        yield Sum(
            f"{name}: chance alone",
            how,
            (
                _("%(chance)s against %(plan_alpha)s")
                % {"chance": _p(chance), "plan_alpha": f"{plan.alpha:g}"}
            ),
        )
    yield _reach(plan, look, seen, name)


def _z(name: str, control: Arm, arm: Arm, seen: Seen) -> Sum:
    together = (control.conversions + arm.conversions) / (control.visitors + arm.visitors)
    how = (
        f"{seen.found.difference:.4f} ÷ √({together:.4f} × {1 - together:.4f} × "
        f"(1 ÷ {control.visitors:,} + 1 ÷ {arm.visitors:,}))"
    )
    return Sum(f"{name}: z, pooled", how, f"{seen.found.z:.3f}")


def _unpooled(control: Arm, arm: Arm) -> str:
    parts = (f"{one.rate:.4f} × {1 - one.rate:.4f} ÷ {one.visitors:,}" for one in (control, arm))
    return f"√({' + '.join(parts)})"


def _reach(plan: Plan, look: Look, seen: Seen, name: str) -> Sum:
    low, high = seen.interval.low, seen.interval.high
    reach, se = (high - low) / 2, seen.found.se
    fixed = plan.rule is StoppingRule.FIXED and seen.confidence is not None
    if fixed:
        alpha = plan.alpha / (len(look.arms) - 1)  # shared out among the variants
        how = f"± {NORMAL.inv_cdf(1 - alpha / 2):.3f} × {100 * se:.3f}"
    else:
        n = look.arms[0].visitors + look.arms[seen.variant].visitors
        times = reach / se if se else sqrt(n)
        how = _("± %(times)s × %(value)s, for %(n)s visitors, tuned for %(tuned_for)s") % {
            "times": f"{times:.3f}",
            "value": f"{100 * se:.3f}",
            "n": f"{n:,}",
            "tuned_for": f"{TUNED_FOR:,}",
        }
    kind = "interval" if seen.confidence is not None else _("interval so far, at every look")
    result = _("%(low)s to %(high)s points") % {"low": _signed(low), "high": _signed(high)}
    together = " together" if len(look.arms) > 2 else ""
    return Sum(f"{name}: {kind}, {1 - plan.alpha:.0%}{together}", how, result)


def _signed(share: float) -> str:
    return f"{100 * share:+.2f}".replace("-", "−")


def _p(chance: float) -> str:
    return "under 0.0001" if chance < 0.0001 else f"{chance:.4f}"
