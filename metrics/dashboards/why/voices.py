"""Rows behind what clients say, how their weeks were marked, and what they owed us."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.numbers import Facts, voices
from metrics.dashboards.numbers.voices import LitWeek
from metrics.dashboards.why.clients import TEAM
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import NOTHING, Cells, Column, Kind, Row, Rows, Words
from metrics.formulas.ratio import Ratio
from metrics.formulas.traffic_light import LightRecord
from metrics.queries.duties import Owed, owed_in
from metrics.queries.lights import STATES, Color
from metrics.queries.surveys import Asked, Score

PEOPLE = (
    *TEAM,
    Column(later("Person")),
    Column(later("Round")),
    Column(later("Asked"), Kind.DAY),
    Column(later("Answered"), Kind.DAY),
    Column(later("Score"), Kind.COUNT),
    Column(later("Comment")),
)
SATISFIED = (*TEAM, Column(later("Satisfied"), Kind.SHARE))
WEEKS = (*TEAM, Column(later("Week of"), Kind.DAY), Column(later("Light")), Column(later("Note")))
OWED = (
    *TEAM,
    Column(later("What")),
    Column(later("Asked"), Kind.DAY),
    Column(later("Due"), Kind.DAY),
    Column(later("Answered"), Kind.DAY),
    Column(later("Days lost"), Kind.DAYS),
)


def people(count: Callable[[Score | None], Ratio], words: Words) -> Callable[[Facts, Reader], Rows]:
    """Everybody asked in the newest round; those of low scores first, then who has not answered."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        answers = voices.nps_answers(facts)
        asked = voices.newest_round(facts, "nps")
        shown = [(answers.get(one.id), one) for one in asked if reader.sees(one.client)]
        shown.sort(key=lambda pair: 11 if pair[0] is None else pair[0].score)
        drawn = [
            Row(partial(_person, one, answer, reader), count(answer), state=_score_state(answer))
            for answer, one in shown
        ]
        return Rows(PEOPLE, drawn, len(asked), noun("person"), words)

    return rows


def _person(asked: Asked, answer: Score | None, reader: Reader) -> Cells:
    said = (answer.day, answer.score, answer.comment) if answer else (None, None, "")
    return (
        reader.client(asked.client),
        *reader.team(asked.client),
        asked.person,
        asked.round,
        asked.day,
        *said,
    )


def _score_state(answer: Score | None) -> str:
    if answer is None:
        return "none"
    return {1: "good", 0: "watch", -1: "bad"}[voices.promoters_less_detractors(answer.score)]


def _promotes(answer: Score | None) -> Ratio:
    return Ratio(voices.promoters_less_detractors(answer.score), 1) if answer else NOTHING


def _answered(answer: Score | None) -> Ratio:
    return Ratio(answer is not None, 1)


def satisfied(facts: Facts, reader: Reader) -> Rows:
    """Each client once, the least satisfied first."""
    found = voices.csi_by_client(facts)
    mine = sorted((c for c in found if reader.sees(c)), key=lambda client: found[client].part)
    shown = [
        Row(partial(_satisfied, client, found[client], reader), found[client]) for client in mine
    ]
    return Rows(SATISFIED, shown, len(found), noun("client"))


def _satisfied(client: int, index: Ratio, reader: Reader) -> Cells:
    return (reader.client(client), *reader.team(client), index.value)


def weeks(count: Callable[[LightRecord], Ratio], words: Words) -> Callable[[Facts, Reader], Rows]:
    """Red weeks first, then yellow ones, green ones, and those that nobody marked."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        found = voices.lit_weeks(facts)
        mine = [week for week in found if reader.sees(week.client)]
        mine.sort(key=lambda week: 2 if week.light is None else int(week.light))
        shown = [
            Row(
                partial(_week, week, reader),
                _whole(count(LightRecord([week.light]))),
                state=STATES[Color(week.mark.color)] if week.mark else "none",
            )
            for week in mine
        ]
        return Rows(WEEKS, shown, len(found), noun("week"), words)

    return rows


def _whole(ratio: Ratio) -> Ratio:
    return Ratio(int(ratio.part), ratio.whole)


def _week(week: LitWeek, reader: Reader) -> Cells:
    mark = week.mark
    said = (mark.color, mark.note) if mark else (_("not set"), "")
    return (reader.client(week.client), *reader.team(week.client), week.start, *said)


def owed(counts: bool, words: Words | None) -> Callable[[Facts, Reader], Rows]:
    """What was late or never came first; `counts` for the share, else the days lost."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        now, found = voices.end_of(facts), facts.happened(owed_in)
        shown = []
        for one in found:
            if reader.sees(one.client):
                alone, lost = voices.breached(one, now), voices.lost_on(one, now)
                fill = partial(_owed, one, lost, facts.as_of, reader)
                state = "bad" if alone.part else "good"
                shown.append(Row(fill, alone if counts else NOTHING, lost, state))
        shown.sort(key=lambda row: (row.state != "bad", -(row.amount or Decimal(0))))
        return Rows(OWED, shown, len(found), noun("obligation"), words, sums=not counts)

    return rows


def _owed(one: Owed, lost: Decimal, as_of: date, reader: Reader) -> Cells:
    answered = timezone.localdate(one.answered_at) if one.answered_at else None
    return (
        reader.client(one.client),
        *reader.team(one.client),
        one.text,
        timezone.localdate(one.asked_at),
        one.day,
        answered if answered and answered <= as_of else None,
        lost,
    )


MARKED = Words(later("marked"), later("not set"))
ROWS = {
    "nps": people(
        _promotes, Words(later("for us or against"), later("in between"), later("no answer"))
    ),
    "nps_response_rate": people(_answered, Words(later("answered"), later("no answer"))),
    "csi": satisfied,
    "traffic_light_index": weeks(
        lambda record: record.index, Words(later("green or red"), later("yellow"), later("not set"))
    ),
    "traffic_light_coverage": weeks(lambda record: record.coverage, MARKED),
    "expectation_breach_rate": owed(
        True, Words(later("late or never"), later("in time"), later("not due yet"))
    ),
    "lost_days": owed(False, None),
}
