"""Were the warnings right, and did they come in time? Judged on what was known on the day."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from metrics.formulas.ratio import Ratio
from metrics.formulas.spread import median

WARNED_FROM = 70.0
GREEN_BELOW = 40.0
HORIZON = timedelta(days=90)
WATERMELON = timedelta(days=30)


class ScoreReading(NamedTuple):
    """What the score of a client was on a day, from nothing but what was known that day."""

    client: Hashable
    read_on: date
    score: float | None


class Departure(NamedTuple):
    client: Hashable
    left_on: date


@dataclass(frozen=True, slots=True)
class Judgement:
    precision: Ratio  # warnings followed by a loss within the horizon, of all warnings
    recall: Ratio  # losses with a warning within the horizon before, of all losses
    lead_days: tuple[int, ...]  # of each foreseen loss: from its first warning without a break
    watermelon: Ratio  # lost clients whose score was green 30 days before, of those with a score
    unread: int  # lost clients without any score 30 days before

    @property
    def lead_days_median(self) -> float | None:
        return median(self.lead_days)


def judge(
    readings: Iterable[ScoreReading],
    departures: Sequence[Departure],
    as_of: date,
    warned_from: float = WARNED_FROM,
    green_below: float = GREEN_BELOW,
) -> Judgement:
    """Hold the warnings of the past against who left, without looking ahead.

    A warning is a stretch of readings from `warned_from` on, and counts once. It is right when the
    client leaves while it stands or within 90 days after; else wrong, once these are over, or once
    it has stood for 90 days. One that began under 90 days ago is not judged at all, not even where
    the client has left already: the right ones would be known sooner than the wrong ones. A loss is
    foreseen by a warning that stood in the 90 days before it.

    Unit:    shares; days.
    Unknown: no warning, no loss, no score.
    Error:   see `wilson`; a client saved because of a warning counts as a false one.
    Source:  docs/definitions.md, 27.
    """
    by_client: dict[Hashable, list[ScoreReading]] = {}
    for reading in sorted(readings, key=lambda one: one.read_on):
        if reading.read_on <= as_of:
            by_client.setdefault(reading.client, []).append(reading)
    losses = [departure for departure in departures if departure.left_on <= as_of]
    left: dict[Hashable, list[date]] = {}
    for client, left_on in losses:
        left.setdefault(client, []).append(left_on)
    right = wrong = green = read = 0
    for client, history in by_client.items():
        for first, last in _warnings(history, warned_from):
            if first + HORIZON > as_of:
                continue
            if any(first < day <= last + HORIZON for day in left.get(client, ())):
                right += 1
            elif (first if last == history[-1].read_on else last) + HORIZON <= as_of:
                wrong += 1
    leads = []
    for client, left_on in losses:
        history = by_client.get(client, [])
        lead = _lead(history, left_on, warned_from)
        leads.extend([lead] if lead is not None else [])
        before = _score_on(history, left_on - WATERMELON)
        read += before is not None
        green += before is not None and before < green_below
    return Judgement(
        Ratio(right, right + wrong),
        Ratio(len(leads), len(losses)),
        tuple(leads),
        Ratio(green, read),
        len(losses) - read,
    )


def _warnings(history: Sequence[ScoreReading], warned_from: float) -> list[tuple[date, date]]:
    """First and last day of each stretch of warnings; an unknown score does not end one."""
    stretches: list[tuple[date, date]] = []
    open_stretch = False
    for _, day, score in history:
        if score is None:
            continue
        if score < warned_from:
            open_stretch = False
        elif open_stretch:
            stretches[-1] = (stretches[-1][0], day)
        else:
            stretches.append((day, day))
            open_stretch = True
    return stretches


def _lead(history: Sequence[ScoreReading], left_on: date, warned_from: float) -> int | None:
    before = [reading for reading in history if reading.read_on < left_on]
    standing = [
        (first, last) for first, last in _warnings(before, warned_from) if left_on - HORIZON <= last
    ]
    return (left_on - standing[-1][0]).days if standing else None


def _score_on(history: Sequence[ScoreReading], day: date) -> float | None:
    """The last known score up to and on the day."""
    known = [score for _, on, score in history if on <= day and score is not None]
    return known[-1] if known else None
