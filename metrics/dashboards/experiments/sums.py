"""The sums behind a verdict with the numbers in place, so that anybody can work it out by hand."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import sqrt
from typing import NamedTuple

from django.utils.translation import gettext as _

from godview.templatetags.display import counted, number, percent, plain, points, signed
from godview.writing import DAY, writing
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
            % {"look_fewest": number(look.fewest), "planned": number(planned)}
        ),
        percent(share),
    )
    days = (look.day - plan.started_on).days
    yield Sum(
        _("Time"),
        (
            _("%(plan_started_on)s to %(look_day)s")
            % {"plan_started_on": _day(plan.started_on), "look_day": _day(look.day)}
        ),
        (
            _("%(days)s, at least %(fewest_days)s")
            % {"days": counted(days, "day"), "fewest_days": FEWEST_DAYS}
        ),
    )
    chance = sample_ratio_p([arm.visitors for arm in look.arms])
    split = " : ".join(number(arm.visitors) for arm in look.arms)
    expected = look.visitors / len(look.arms)
    if chance is not None:
        square = sum((arm.visitors - expected) ** 2 / expected for arm in look.arms)
        how = _("%(split)s, even would be %(expected)s; χ² = %(square)s") % {
            "split": split,
            "expected": number(expected),
            "square": number(square, 2),
        }
        yield Sum(
            _("Split of the visitors"),
            how,
            (_("p = %(chance)s, invalid below 0.001") % {"chance": _p(chance)}),
        )


def _rates(look: Look, names: Sequence[str]) -> Iterator[Sum]:
    for name, arm in zip(names, look.arms, strict=True):
        if arm.visitors:
            yield Sum(
                name, f"{number(arm.conversions)} ÷ {number(arm.visitors)}", percent(arm.rate, 2)
            )


def _difference(plan: Plan, look: Look, seen: Seen, name: str, questions: int) -> Iterator[Sum]:
    control, arm, found = look.arms[0], look.arms[seen.variant], seen.found
    how = f"{percent(arm.rate, 2)} − {percent(control.rate, 2)}"
    yield Sum(_("%(name)s: difference") % {"name": name}, how, points(found.difference))
    yield Sum(
        _("%(name)s: standard error") % {"name": name},
        _unpooled(control, arm),
        _("%(change)s points") % {"change": number(100 * found.se, 3)},
    )
    if seen.confidence is not None and plan.rule is StoppingRule.FIXED:
        yield _z(name, control, arm, seen)
        yield Sum(
            f"{name}: p",
            (
                _("twice the tail of the normal curve beyond %(found_z)s")
                % {"found_z": number(abs(found.z), 3)}
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
            _("%(name)s: chance alone") % {"name": name},
            how,
            (
                _("%(chance)s against %(plan_alpha)s")
                % {"chance": _p(chance), "plan_alpha": plain(plan.alpha)}
            ),
        )
    yield _reach(plan, look, seen, name)


def _z(name: str, control: Arm, arm: Arm, seen: Seen) -> Sum:
    together = (control.conversions + arm.conversions) / (control.visitors + arm.visitors)
    how = (
        f"{number(seen.found.difference, 4)} ÷ √({number(together, 4)} × "
        f"{number(1 - together, 4)} × (1 ÷ {number(control.visitors)} + "
        f"1 ÷ {number(arm.visitors)}))"
    )
    return Sum(_("%(name)s: z, pooled") % {"name": name}, how, number(seen.found.z, 3))


def _unpooled(control: Arm, arm: Arm) -> str:
    parts = (
        f"{number(one.rate, 4)} × {number(1 - one.rate, 4)} ÷ {number(one.visitors)}"
        for one in (control, arm)
    )
    return f"√({' + '.join(parts)})"


def _reach(plan: Plan, look: Look, seen: Seen, name: str) -> Sum:
    low, high = seen.interval.low, seen.interval.high
    reach, se = (high - low) / 2, seen.found.se
    fixed = plan.rule is StoppingRule.FIXED and seen.confidence is not None
    if fixed:
        alpha = plan.alpha / (len(look.arms) - 1)  # shared out among the variants
        how = f"± {number(NORMAL.inv_cdf(1 - alpha / 2), 3)} × {number(100 * se, 3)}"
    else:
        n = look.arms[0].visitors + look.arms[seen.variant].visitors
        times = reach / se if se else sqrt(n)
        how = _("± %(times)s × %(value)s, for %(n)s visitors, tuned for %(tuned_for)s") % {
            "times": number(times, 3),
            "value": number(100 * se, 3),
            "n": number(n),
            "tuned_for": number(TUNED_FOR),
        }
    sure = {"name": name, "share": percent(1 - plan.alpha)}
    what = _("%(name)s: interval, %(share)s")
    if seen.confidence is None:
        what = _("%(name)s: interval so far, at every look, %(share)s")
    if len(look.arms) > 2:
        what = _("%(name)s: interval, %(share)s together")
        if seen.confidence is None:
            what = _("%(name)s: interval so far, at every look, %(share)s together")
    result = _("%(low)s to %(high)s points") % {"low": _signed(low), "high": _signed(high)}
    return Sum(what % sure, how, result)


def _signed(share: float) -> str:
    return signed(100 * share, 2)


def _day(day: date) -> str:
    return writing().day(day, DAY)


def _p(chance: float) -> str:
    least = _("under %(least)s") % {"least": number(0.0001, 4)}
    return least if chance < 0.0001 else number(chance, 4)
