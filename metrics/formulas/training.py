"""Do our people know what they must know?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from metrics.formulas.ratio import Ratio

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class RequiredModule:
    """One module that one person must have passed by now."""

    passed: bool  # and still in date, for the version that is taught
    score: Decimal | None  # of the attempt that counts; None: not attempted


def training_completion_rate(modules: Sequence[RequiredModule]) -> Ratio:
    """Share of the required and due modules that are passed and in date.

    Unit:    share in [0, 1].
    Unknown: nothing required is not 100 %.
    Error:   none; everybody is counted.
    Source:  docs/definitions.md, 23.
    """
    return Ratio(sum(module.passed for module in modules), len(modules))


def training_score(modules: Sequence[RequiredModule]) -> Ratio:
    """Mean score of the required modules that were attempted.

    Unit:    per cent, 0 to 100.
    Unknown: none attempted.
    Error:   what was not begun is not in it: read it beside the completion rate.
    Source:  docs/definitions.md, 23.
    """
    scores = [module.score for module in modules if module.score is not None]
    return Ratio(sum(scores, start=ZERO), len(scores))


def training_score_with_zero(modules: Sequence[RequiredModule]) -> Ratio:
    """The same, with 0 for what was not begun. Passed without a score (a certificate): left out.

    Unit, Source: as `training_score`. Unknown: nothing required.
    """
    scores = [
        module.score or ZERO for module in modules if module.score is not None or not module.passed
    ]
    return Ratio(sum(scores, start=ZERO), len(scores))
