"""What needs a numeric library: the sBG fit and the log-rank test. Run by a worker, never a page.

Question and answer are plain JSON, and the answer depends on nothing but the question.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from metrics.formulas.cohorts import exposures_of, periods_seen
from metrics.formulas.estimate import Estimate
from metrics.formulas.lifetime_interval import modelled_lifetime
from metrics.formulas.log_rank import log_rank
from metrics.formulas.projection import projected_lifetime
from metrics.formulas.ratio import Interval
from metrics.formulas.sbg import Sbg
from metrics.formulas.sbg_fit import Refusal, fit_exposures
from metrics.formulas.survival import Lived, survival_curve

Counted = Mapping[str, Sequence[tuple[Lived, int]]]
HORIZON = 60
AFTER = (12, 24, 36)  # renewals at which the time to come is told


@dataclass(frozen=True, slots=True)
class Months:
    """Months a client still stays. `renewals` is None for a new client."""

    renewals: int | None
    value: float
    low: float | None
    high: float | None
    label: str

    @property
    def estimate(self) -> Estimate:
        known = self.low is not None and self.high is not None
        interval = Interval(self.low, self.high) if known else None  # type: ignore[arg-type]
        return Estimate(self.value, interval, self.label)


@dataclass(frozen=True, slots=True)
class Test:
    """Do the segments lose clients at one pace? `expected` is what each would lose then."""

    statistic: float
    df: int
    p: float
    expected: dict[str, tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Answer:
    """`refusal` is why the model is not used; what stands in `months` then says so."""

    refusal: str
    alpha: float | None = None
    beta: float | None = None
    log_likelihood: float | None = None
    survival: list[float] = field(default_factory=list)
    within: float | None = None
    months: list[Months] = field(default_factory=list)
    test: Test | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Answer":
        months = [Months(**one) for one in told["months"]]
        test = Test(**told["test"]) if told["test"] else None
        return cls(**{**told, "months": months, "test": test})


def question(parts: Mapping[str, Mapping[Lived, int]], discount: float) -> dict[str, Any]:
    """Counts of equal lives by segment; `discount` is a share a month."""
    told = {
        name: sorted([*life, count] for life, count in mine.items()) for name, mine in parts.items()
    }
    return {"segments": told, "discount": discount}


def answer(asked: Mapping[str, Any]) -> Answer:
    parts = {
        name: [life for *told, count in rows for life in [Lived(*told)] * count]
        for name, rows in asked["segments"].items()
    }
    everybody = [life for mine in parts.values() for life in mine]
    discount = float(asked["discount"])
    seen = sum(bool(periods_seen(life)) for life in everybody)  # others say nothing yet
    model = fit_exposures(exposures_of(everybody), seen)
    test = _test(parts)
    if isinstance(model, Refusal):
        projected = projected_lifetime(survival_curve(everybody), discount)
        months = [_months(None, projected)] if projected else []
        return Answer(model.reason, months=months, test=test)
    return Answer(
        "",
        model.alpha,
        model.beta,
        model.log_likelihood,
        [model.survival(month) for month in range(HORIZON + 1)],
        1 + model.within(HORIZON - 1),
        [_new(model, discount), *(_old(model, renewals, discount) for renewals in AFTER)],
        test,
    )


def _new(model: Sbg, discount: float) -> Months:
    later = modelled_lifetime(model, 0, discount)
    value = model.expected_lifetime(discount)
    label = _("sBG model from the first day, discounted at %(discount)s a month") % {
        "discount": f"{discount:.1%}"
    }
    if later.interval is None:
        return Months(None, value, None, None, label)
    low, high = (1 + end / (1 + discount) for end in (later.interval.low, later.interval.high))
    return Months(None, value, low, high, label)


def _old(model: Sbg, renewals: int, discount: float) -> Months:
    return _months(renewals, modelled_lifetime(model, renewals, discount))


def _months(renewals: int | None, told: Estimate) -> Months:
    interval = told.interval
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Months(renewals, told.value, low, high, told.label)


def _test(parts: Mapping[str, Iterable[Lived]]) -> Test | None:
    if len(parts) < 2:
        return None
    found = log_rank({name: survival_curve(mine) for name, mine in parts.items()})
    if found is None:
        return None
    expected = {str(name): (one.lost, one.expected) for name, one in found.segments.items()}
    return Test(found.statistic, found.df, found.p, expected)
