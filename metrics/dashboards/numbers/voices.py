"""What clients say about us, and how their managers say their weeks went."""

from collections.abc import Hashable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from godview.periods import DAY, start_of_day
from metrics.catalogue import Unit
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas.csi import Satisfaction, csi, csi_of_all
from metrics.formulas.measure import Measure, of_ratio, unknown
from metrics.formulas.nps import Nps, nps
from metrics.formulas.obligations_breach import Duty, breach_rate, lost_days
from metrics.formulas.ratio import Ratio
from metrics.formulas.traffic_light import Light, LightRecord
from metrics.queries.duties import Owed, owed_in
from metrics.queries.lights import Marking, clients_by, markings_in
from metrics.queries.surveys import Asked, Score, asked_by, ratings_by, scores_by

SIX_PLACES = Decimal("0.000001")
LIGHTS = {"green": Light.GREEN, "yellow": Light.YELLOW, "red": Light.RED}


def newest_round(facts: Facts, kind: str) -> list[Asked]:
    """Everybody asked in the newest round of a kind that had begun by the day."""
    asked = [one for one in facts.known(asked_by) if one.kind == kind]
    return [one for one in asked if one.wave == asked[-1].wave]


def nps_answers(facts: Facts) -> dict[int, Score]:
    """The last answer of each request of the newest round."""
    ours = {one.id for one in newest_round(facts, "nps")}
    # An answer belongs to whom its question belonged to, whoever has the client by now.
    told = (one for one in facts.rows_by(scores_by) if one.day <= facts.as_of)
    return {one.request: one for one in told if one.request in ours}


def nps_of(facts: Facts) -> Nps:
    return nps(one.score for one in nps_answers(facts).values())


def promoters_less_detractors(score: int) -> int:
    alone = nps([score])
    return alone.promoters - alone.detractors


def net_promoter_score(facts: Facts) -> Measure:
    found = nps_of(facts)
    ratio = Ratio(found.promoters - found.detractors, found.answers)
    return of_ratio(ratio, Unit.POINTS, _no_answer(facts, "nps"), times=100)


def response_rate(facts: Facts) -> Measure:
    ratio = Ratio(len(nps_answers(facts)), len(newest_round(facts, "nps")))
    return of_ratio(ratio, Unit.SHARE, f"nobody was asked by {facts.as_of}")


def csi_by_client(facts: Facts) -> dict[int, Ratio]:
    """Each client's own index in the newest round, to six places."""
    ours = {one.id for one in newest_round(facts, "csi")}
    answers: dict[int, list[Satisfaction]] = {}
    for one in facts.rows_by(ratings_by):
        if one.request in ours and one.day <= facts.as_of:
            said = Satisfaction(one.aspect, one.weight, one.score, one.highest)
            answers.setdefault(one.client, []).append(said)
    shares = {client: csi(mine) for client, mine in answers.items()}
    return {
        client: Ratio((Decimal(mine.part) / mine.whole).quantize(SIX_PLACES), 1)
        for client, mine in shares.items()
    }


def satisfaction(facts: Facts) -> Measure:
    ratio = csi_of_all(csi_by_client(facts).values())
    return of_ratio(ratio, Unit.SHARE, _no_answer(facts, "csi"))


def _no_answer(facts: Facts, kind: str) -> str:
    asked = newest_round(facts, kind)
    if not asked:
        return f"nobody was asked by {facts.as_of}"
    return f"nobody has answered “{asked[0].round}” by {facts.as_of}"


class LitWeek(NamedTuple):
    """A week of a key client whom we worked for, and how it was marked, if it was."""

    client: Hashable
    mark: Marking | None
    start: date

    @property
    def light(self) -> Light | None:
        return LIGHTS[self.mark.color] if self.mark else None


def lit_weeks(facts: Facts) -> list[LitWeek]:
    """Week by week; a marking counts from the day on which it was made."""
    marks: dict[tuple[Hashable, date], Marking] = {
        (one.client, one.week): one
        for one in facts.rows_in(markings_in)
        if one.marked_on <= facts.as_of
    }
    keys = {one.client for one in facts.rows_by(clients_by) if one.is_key}
    return [
        LitWeek(client, marks.get((client, week.start)), week.start)
        for week in facts.period.weeks()
        for client in _worked_for(facts, week.end - DAY)
        if client in keys
    ]


def _worked_for(facts: Facts, day: date) -> Iterator[Hashable]:
    for client, tenure in facts.book.tenures.items():
        served = tenure.covers(day) and facts.roster.has(client, day)
        if served and not facts.book.is_paused(client, day):
            yield client


def _record(facts: Facts) -> LightRecord:
    return LightRecord([week.light for week in lit_weeks(facts)])


def light_index(facts: Facts) -> Measure:
    index = _record(facts).index
    ratio = Ratio(int(index.part), index.whole)
    return of_ratio(ratio, Unit.INDEX, f"no week of a key client is marked in {facts.period}")


def light_coverage(facts: Facts) -> Measure:
    return of_ratio(
        _record(facts).coverage, Unit.SHARE, f"no week of a key client ended in {facts.period}"
    )


def end_of(facts: Facts) -> datetime:
    """The end of the day that the numbers speak of."""
    return start_of_day(facts.as_of + DAY, timezone.get_default_timezone())


def breached(owed: Owed, now: datetime) -> Ratio:
    """One obligation in the breach rate: in its part, only in its whole, or in neither."""
    return breach_rate([Duty(owed.due_at, owed.answered_at)], now)


def expectation_breach_rate(facts: Facts) -> Measure:
    now = end_of(facts)
    duties = [Duty(one.due_at, one.answered_at) for one in facts.happened(owed_in)]
    return of_ratio(
        breach_rate(duties, now), Unit.SHARE, f"clients owed us nothing by {facts.period}"
    )


def lost_on(owed: Owed, now: datetime) -> Decimal:
    """Business days lost waiting for one answer, to a tenth."""
    if owed.kind != "reply":
        return Decimal(0)
    return Decimal(str(round(lost_days(owed.waited(now)), 1)))


def days_lost(facts: Facts) -> Measure:
    now = end_of(facts)
    owed = facts.happened(owed_in)
    if not owed:
        return unknown(Unit.DAYS, f"clients owed us nothing by {facts.period}")
    return Measure(value=sum((lost_on(one, now) for one in owed), Decimal(0)), unit=Unit.DAYS)


NUMBERS = {
    "nps": net_promoter_score,
    "nps_response_rate": response_rate,
    "csi": satisfaction,
    "traffic_light_index": light_index,
    "traffic_light_coverage": light_coverage,
    "expectation_breach_rate": expectation_breach_rate,
    "lost_days": days_lost,
}
