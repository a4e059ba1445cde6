from collections.abc import Hashable
from datetime import date
from typing import NamedTuple

from metrics.catalogue import Unit
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas.measure import Measure, of_ratio
from metrics.formulas.ratio import Ratio
from metrics.formulas.warning_judge import GREEN_BELOW, WATERMELON
from metrics.queries.warning_scores import scores_by


class Loss(NamedTuple):
    """A departure in the period, and the score of 30 days before; None: there was none."""

    client: Hashable
    left_on: date
    score: float | None

    @property
    def counts(self) -> Ratio:
        if self.score is None:
            return Ratio(0, 0)
        return Ratio(int(self.score < GREEN_BELOW), 1)


def losses(facts: Facts) -> list[Loss]:
    start, end = facts.period.start, facts.period.end
    gone = [
        (tenure.client, spell.end)
        for tenure in facts.belonging(facts.period)
        for spell in tenure.spells
        if spell.end is not None and start < spell.end <= end
    ]
    scores = scores_by(end - WATERMELON, [client for client, _ in gone])
    found = []
    for client, left_on in gone:
        known = [score for on, score in scores.get(client, ()) if on <= left_on - WATERMELON]
        found.append(Loss(client, left_on, known[-1] if known else None))
    return found


def watermelon_rate(facts: Facts) -> Measure:
    found = losses(facts)
    part = sum(int(loss.counts.part) for loss in found)
    whole = sum(int(loss.counts.whole) for loss in found)
    lost = f"{len(found)} left in {facts.period}, none with a score 30 days before"
    reason = lost if found else f"nobody left in {facts.period}"
    return of_ratio(Ratio(part, whole), Unit.SHARE, reason)


NUMBERS = {"watermelon_rate": watermelon_rate}
