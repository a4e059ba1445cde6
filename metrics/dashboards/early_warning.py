"""The early-warning score of every client on a day, from the same signs as the attention list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Any

from django.utils.translation import gettext as _

from godview.templatetags.display import counted, number, percent, plain
from godview.translating.later import later
from metrics.charts.client_row import Warned
from metrics.dashboards.portfolio import Line, all_lines
from metrics.dashboards.retold import retold
from metrics.dashboards.signs import Signs, signs_on
from metrics.formulas.activity import HALF, ActivityState
from metrics.formulas.early_warning import (
    ALARM,
    WEIGHTS,
    Override,
    WarningPart,
    WarningScore,
    early_warning,
    ramp,
)
from metrics.formulas.traffic_light import TREND_MARKS, Light
from metrics.memory import remembered
from metrics.queries.limits import Limits, limits_on
from metrics.queries.signs import Answers
from metrics.queries.stamps import Stamps

PAYMENT_WORST_DAYS = 30
LIGHT_WORDS = {
    Light.GREEN: later("green"),
    Light.YELLOW: later("yellow"),
    Light.RED: later("red"),
}
Sign = tuple[float | None, str]  # how bad, and the fact behind it


def scores_on(
    lines: Iterable[Line], signs: Signs, limits: Limits, day: date
) -> dict[int, WarningScore]:
    """By client not on hold; what is dated after the day has not happened."""
    return {line.id: score_of(line, signs, limits, day) for line in lines if not line.paused}


def all_scores(stamps: Stamps, day: date) -> dict[int, WarningScore]:
    """Of every client served on a day, whoever asks."""
    return _all_scores(stamps, day)


@remembered(4)
def _all_scores(stamps: Stamps, day: date) -> dict[int, WarningScore]:
    lines, signs = all_lines(stamps, day), signs_on(stamps, day)
    return scores_on(lines, signs, limits_on(stamps, day), day)


def score_of(line: Line, signs: Signs, limits: Limits, day: date) -> WarningScore:
    found: dict[str, Sign] = {
        "inactivity": _inactivity(line.days, limits["contact"]),
        "light": _light(signs.light_record(line.id).marked),
        "goals": _goals(line),
        "client breach": _breach(signs, line.id),
        "nps": _nps(signs.nps.get(line.id)),
        "activity": _activity(signs, line.id),
        "payment": _payment(signs, line.id, day),
    }
    parts = [WarningPart(name, WEIGHTS[name], *sign) for name, sign in found.items()]
    return early_warning(parts, overrides_of(signs, line.id, limits["sponsor"], day))


def overrides_of(signs: Signs, client: int, sponsor_days: float, day: date) -> list[Override]:
    left = signs.sponsors.get(client)
    checked = (
        (Override.TWO_REDS, signs.light_record(client).escalates),
        (Override.NOTICE_GIVEN, client in signs.notices),
        (Override.SPONSOR_LEFT, left is not None and (day - left).days <= sponsor_days),
    )
    return [override for override, is_so in checked if is_so]


def _inactivity(days: int | None, limit: float) -> Sign:
    if days is None:
        return None, _("on hold")
    told = _("%(days)s since contact, limit %(limit)s") % {
        "days": counted(days, "day"),
        "limit": plain(limit),
    }
    if not limit:  # every day counts
        return float(days > 0), told
    return ramp(days, limit / 2, limit * 2), told


def _light(marked: list[Light]) -> Sign:
    last = marked[-TREND_MARKS:]
    if not last:
        return None, _("no week is marked")
    words = ", ".join(str(LIGHT_WORDS[light]) for light in last)
    return ramp(fmean(last), Light.GREEN, Light.RED), (
        _("last lights: %(words)s") % {"words": words}
    )


def _goals(line: Line) -> Sign:
    met, committed = line.goals.met, line.goals.committed
    if not committed:
        return None, _("no weekly goals in 4 weeks")
    return 1 - met / committed, (
        _("%(met)s of %(committed)s weekly goals hit") % {"met": met, "committed": committed}
    )


def _breach(signs: Signs, client: int) -> Sign:
    replies = signs.replies.get(client)
    if replies is None:
        return None, _("no reply was due in 90 days")
    return replies.late / replies.due, (
        _("%(replies_late)s of %(replies_due)s replies late in 90 days")
        % {"replies_late": replies.late, "replies_due": replies.due}
    )


def _nps(answers: Answers | None) -> Sign:
    if answers is None:
        return None, _("no answer within a year")
    return ramp(answers.mean, 9, 0), (
        _("NPS answer %(answers_mean)s") % {"answers_mean": number(answers.mean, 1)}
    )


def _activity(signs: Signs, client: int) -> Sign:
    change = signs.activity.get(client)
    if change is None or change.state is ActivityState.LEARNING or change.of_median is None:
        return None, _("too little activity to tell")
    told = _("activity at %(change_of_median)s of its middle week") % {
        "change_of_median": percent(change.of_median)
    }
    risk = ramp(change.of_median, 1, HALF)
    return (1.0 if change.state is ActivityState.DROP else risk), told


def _payment(signs: Signs, client: int, day: date) -> Sign:
    payment = signs.payments.get(client)
    if payment is None:
        return None, _("no invoice within a year")
    if payment.late_since is None:
        return 0.0, _("nothing is overdue")
    late = (day - payment.late_since).days
    return ramp(late, 0, PAYMENT_WORST_DAYS), (
        _("payment %(late)s late") % {"late": counted(late, "day")}
    )


@dataclass(frozen=True, slots=True)
class PartLine:
    """One sign as the client's page writes it."""

    name: str
    fact: str
    weight: str
    risk: str
    points: str


@dataclass(frozen=True, slots=True)
class Explained:
    """The score of one client with its sum in place."""

    score: WarningScore
    value: str
    state: str
    sum: str
    lines: list[PartLine]
    overrides: list[str]


def explained(score: WarningScore) -> Explained:
    lines = [
        PartLine(
            _name(share.part),
            share.part.reason,
            plain(share.part.weight),
            number(share.part.risk, 2),
            number(share.points, 1),
        )
        for share in score.shares
    ] + [
        PartLine(_name(part), part.reason, plain(part.weight), _("not known"), "–")
        for part in score.missing
    ]
    weight = sum(share.part.weight for share in score.shares)
    weighed = sum(share.part.weight * (share.part.risk or 0) for share in score.shares)
    told = _("%(weighed)s ÷ %(weight)s known weight × 100 = %(score_weighed)s") % {
        "weighed": number(weighed, 2),
        "weight": plain(weight),
        "score_weighed": number(score.weighed, 1),
    }
    return Explained(
        score,
        in_short(score),
        state_of(score),
        told if weight else _("no sign is known"),
        lines,
        [retold(override) for override in score.overrides],
    )


def _name(part: WarningPart) -> str:
    return _("NPS") if part.name == "nps" else retold(part.name)


def in_short(score: WarningScore | None) -> str:
    return "–" if score is None or score.value is None else number(score.value)


def state_of(score: WarningScore | None) -> str:
    if score is None or score.value is None:
        return "none"
    return "bad" if score.value >= ALARM else "watch" if score.value >= 40 else "good"


def warning_of(score: WarningScore | None) -> Warned:
    """For a table: what is unknown stays blank."""
    if score is None or score.value is None:
        return Warned()
    return Warned(in_short(score), state_of(score))


def as_rows(score: WarningScore) -> list[dict[str, Any]]:
    """Its parts as they are kept with it."""
    parts = [share.part for share in score.shares] + list(score.missing)
    kept: list[dict[str, Any]] = [part._asdict() for part in parts]
    return kept + [{"override": str(override)} for override in score.overrides]
