"""From choices to a score, and from several scores to the one that counts. Pure."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TypedDict

from training.models.module_version import ScoreRule

CENT = Decimal("0.01")


class Option(TypedDict):
    """A choice as it was offered, and whether it was chosen."""

    choice: int
    text: str
    right: bool
    chosen: bool


def is_right(options: Sequence[Option]) -> bool:
    """All the right choices and no other; there is no half-right answer."""
    return all(option["chosen"] == option["right"] for option in options)


def score(answers: Sequence[tuple[bool, int]]) -> Decimal:
    """The weight answered right as a share of the whole weight.

    Unit:   per cent, 0 to 100, to two decimals.
    Error:  ValueError when there is nothing to answer.
    """
    whole = sum(weight for _, weight in answers)
    if whole == 0:
        raise ValueError("An assessment without questions has no score.")
    right = sum(weight for answered_right, weight in answers if answered_right)
    return (Decimal(100) * right / whole).quantize(CENT, ROUND_HALF_UP)


def score_that_counts(scores: Sequence[Decimal], rule: str) -> Decimal | None:
    """The one score that several attempts, oldest first, come to; None when there are none."""
    if not scores:
        return None
    if rule == ScoreRule.FIRST:
        return scores[0]
    if rule == ScoreRule.LAST:
        return scores[-1]
    if rule == ScoreRule.AVERAGE:
        return (sum(scores, Decimal(0)) / len(scores)).quantize(CENT, ROUND_HALF_UP)
    return max(scores)
