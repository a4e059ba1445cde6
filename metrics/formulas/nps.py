"""Would they recommend us? Net promoter score, with how little so few answers say."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import fmean
from typing import NamedTuple

from metrics.formulas.ratio import SMALL_BASE, Z_95, Interval

PROMOTER, DETRACTOR = 9, 6
BETWEEN_SURVEYS = timedelta(days=90)


class Answer(NamedTuple):
    """One person's answer, 0 to 10, in one wave."""

    firm: Hashable
    person: Hashable
    score: int
    answered_on: date


@dataclass(frozen=True, slots=True)
class Nps:
    promoters: int = 0
    passives: int = 0
    detractors: int = 0
    asked_of: int | None = None  # how many clients there are in all; None: no end of them

    @property
    def answers(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def value(self) -> float | None:
        """Per cent of promoters less per cent of detractors.

        Unit:    points, -100 to +100.
        Unknown: no answers.
        Error:   `interval`; with 20 answers about 35 points either way.
        Source:  docs/definitions.md, 18.
        """
        return 100 * (self.promoters - self.detractors) / self.answers if self.answers else None

    @property
    def se(self) -> float | None:
        """Standard error in points; smaller when nearly all of the clients have answered."""
        n = self.answers
        if not n:
            return None
        p, d = self.promoters / n, self.detractors / n
        return 100 * sqrt((p + d - (p - d) ** 2) / n) * self._finite

    @property
    def interval(self) -> Interval | None:
        """Where the score of all clients probably lies: 95 %, never beyond -100 and +100."""
        if self.value is None or self.se is None:
            return None
        reach = Z_95 * self.se
        return Interval(max(-100.0, self.value - reach), min(100.0, self.value + reach))

    @property
    def small_base(self) -> bool:
        return self.answers < SMALL_BASE

    @property
    def _finite(self) -> float:
        if self.asked_of is None:
            return 1.0
        if self.asked_of < self.answers:
            raise ValueError(f"{self.answers} answers from {self.asked_of} clients.")
        if self.asked_of == 1:
            return 0.0
        return sqrt((self.asked_of - self.answers) / (self.asked_of - 1))


def nps(scores: Iterable[float], asked_of: int | None = None) -> Nps:
    """Count promoters (9 and 10), detractors (0 to 6) and those between.

    Unit, Unknown, Error, Source: as `Nps.value`.
    """
    promoters = passives = detractors = 0
    for score in scores:
        if not 0 <= score <= 10:
            raise ValueError(f"An answer is from 0 to 10, not {score}.")
        promoters += score >= PROMOTER
        detractors += score <= DETRACTOR
        passives += DETRACTOR < score < PROMOTER
    return Nps(promoters, passives, detractors, asked_of)


def latest_answers(answers: Iterable[Answer]) -> list[Answer]:
    """One answer per person: the last one of the wave; of one day, the last one told."""
    latest: dict[tuple[Hashable, Hashable], Answer] = {}
    for answer in sorted(answers, key=lambda one: one.answered_on):
        latest[answer.firm, answer.person] = answer
    return list(latest.values())


def firm_scores(answers: Sequence[Answer]) -> dict[Hashable, float]:
    """The mean of its people's latest answers, so that a talkative firm counts once.

    Unit:    0 to 10.
    Unknown: a firm without an answer is not in it.
    Error:   few people speak for a firm.
    Source:  docs/definitions.md, 18.
    """
    people: dict[Hashable, list[int]] = {}
    for answer in latest_answers(answers):
        people.setdefault(answer.firm, []).append(answer.score)
    return {firm: fmean(scores) for firm, scores in people.items()}


def may_ask(last_asked_on: date | None, today: date) -> bool:
    """Asking again within 90 days is refused: who is asked too often stops answering."""
    return last_asked_on is None or today - last_asked_on >= BETWEEN_SURVEYS
