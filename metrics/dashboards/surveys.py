"""Rounds of asking: how many answered, what came out, and how sure that is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from clients.models import SurveyWave
from godview.templatetags.display import percent, rounded
from metrics.dashboards.why.words import signed
from metrics.formulas.csi import Satisfaction, csi
from metrics.formulas.estimate import Average, average
from metrics.formulas.nps import Answer, Nps, firm_scores, nps
from metrics.formulas.ratio import Z_95, Interval, Ratio
from metrics.queries.scopes import AGENCY
from metrics.queries.surveys import Asked, Rating, Score, asked_by, ratings_by, scores_by


@dataclass
class Round:
    """One round with all that was asked and said in it by a day, whoever looks."""

    wave: SurveyWave
    asked: list[Asked] = field(default_factory=list)
    scores: dict[int, Score] = field(default_factory=dict)  # the last one of each person
    ratings: dict[int, list[Rating]] = field(default_factory=dict)  # by client
    rated_by: set[int] = field(default_factory=set)

    @property
    def is_nps(self) -> bool:
        return self.wave.kind == SurveyWave.Kind.NPS

    @property
    def answered(self) -> Ratio:
        return Ratio(len(self.scores) if self.is_nps else len(self.rated_by), len(self.asked))

    @property
    def nps(self) -> Nps:
        return nps(one.score for one in self.scores.values())

    @property
    def nps_by_firm(self) -> Nps:
        """Each client once, by the mean of its people."""
        answers = (
            Answer(one.client, request, one.score, one.day) for request, one in self.scores.items()
        )
        return nps(firm_scores(list(answers)).values())

    @property
    def csi(self) -> Average | None:
        """The mean over the clients who answered, each once, with its standard error."""
        shares = [
            csi(Satisfaction(one.aspect, one.weight, one.score, one.highest) for one in mine).value
            for mine in self.ratings.values()
        ]
        return average([share for share in shares if share is not None])

    @property
    def result(self) -> str:
        """+35, 81.7%: what came out; nothing while nobody has answered."""
        if self.is_nps:
            return "" if self.nps.value is None else signed(self.nps.value, 0)
        return "" if self.csi is None else percent(self.csi.mean, 1)

    @property
    def likely(self) -> str:
        """Between what the result of everybody probably lies."""
        found = self.nps.interval if self.is_nps else _interval(self.csi)
        if found is None:
            return ""
        if self.is_nps:
            return _("%(found_low)s to %(found_high)s") % {
                "found_low": signed(found.low, 0),
                "found_high": signed(found.high, 0),
            }
        return _("%(found_low)s to %(found_high)s") % {
            "found_low": percent(found.low),
            "found_high": percent(found.high),
        }

    @property
    def by_firm(self) -> str:
        value = self.nps_by_firm.value if self.is_nps else None
        return (
            ""
            if value is None
            else (_("%(value)s counting each client once") % {"value": signed(value, 0)})
        )

    @property
    def small_base(self) -> bool:
        return self.answered.part > 0 and Ratio(0, self.answered.part).small_base

    @property
    def aspects(self) -> list[tuple[str, Decimal, int]]:
        """What was rated, its mean rating and how often; the worst first."""
        found: dict[str, list[int]] = {}
        for mine in self.ratings.values():
            for one in mine:
                found.setdefault(one.aspect, []).append(one.score)
        told = [(name, rounded(sum(s) / len(s), 1), len(s)) for name, s in found.items()]
        return sorted(told, key=lambda aspect: aspect[1])


def _interval(found: Average | None) -> Interval | None:
    if found is None or found.se is None:
        return None
    reach = Z_95 * found.se
    return Interval(max(0.0, found.mean - reach), min(1.0, found.mean + reach))


def rounds(waves: Iterable[SurveyWave], day: date) -> list[Round]:
    """Rounds as they stand on a day: three queries, however many there are."""
    found = {wave.pk: Round(wave) for wave in waves}
    wave_of = {}
    for one in asked_by(AGENCY, day):
        wave_of[one.id] = one.wave
        if one.wave in found:
            found[one.wave].asked.append(one)
    for score in scores_by(AGENCY, day):
        here = found.get(wave_of.get(score.request, 0))
        if here:
            here.scores[score.request] = score
    for rating in ratings_by(AGENCY, day):
        here = found.get(wave_of.get(rating.request, 0))
        if here:
            here.ratings.setdefault(rating.client, []).append(rating)
            here.rated_by.add(rating.request)
    return list(found.values())
