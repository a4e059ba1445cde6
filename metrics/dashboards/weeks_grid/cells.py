"""One week of one row: what it shows, what it says to who cannot see it, and where it leads."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from godview.templatetags.display import number
from metrics.dashboards.grid import is_far_off
from metrics.dashboards.portfolio import PACE_STATES, PACE_WORDS, State
from metrics.formulas.pace import PaceState
from metrics.formulas.ratio import Ratio
from metrics.queries.lights import LIGHT_WORDS


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is the raw number, or a word, as the CSV has it; None: nothing is known."""

    text: str
    words: str
    value: float | str | None = None
    state: State | None = None  # drawn as a mark in place of the text
    alarm: bool = False
    url: str = ""
    depth: float | None = None  # for the line of the phone: higher is better


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    day: date  # the weekday of the page's day, in that week

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week


def unknown() -> Cell:
    return Cell("–", _("no data"))


def goals_cell(met: int, committed: int, is_over: bool, url: str = "") -> Cell:
    if not committed:
        return unknown()
    share = Ratio(met, committed)
    return Cell(
        f"{met}/{committed}",
        _("%(part)s of %(whole)s") % {"part": met, "whole": committed},
        round(share.value or 0.0, 4),
        alarm=is_over and is_far_off("weekly_goal_hit_rate", share),
        url=url,
        depth=share.value,
    )


def pace_cell(state: PaceState | None) -> Cell:
    if state is None:
        return unknown()
    mark = PACE_STATES[state]
    return Cell("", str(PACE_WORDS[state]).lower(), state.value, mark, depth=DEPTHS.get(mark))


def light_cell(state: State | None) -> Cell:
    if state is None:
        return unknown()
    return Cell("", str(LIGHT_WORDS[state]), COLOURS[state], state, depth=DEPTHS.get(state))


def contact_cell(days: int | None, limit: int) -> Cell:
    if days is None:
        return unknown()
    told = ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    return Cell(str(days), told, days, alarm=days > limit, depth=-float(days))


def share_cell(share: Ratio, key: str = "", url: str = "") -> Cell:
    """A share of clients; `key` names the metric by whose target it is judged."""
    if not share.whole:
        return unknown()
    return Cell(
        f"{share.part}/{share.whole}",
        _("%(part)s of %(whole)s") % {"part": share.part, "whole": share.whole},
        round(share.value or 0.0, 4),
        alarm=bool(key) and is_far_off(key, share),
        url=url,
        depth=share.value,
    )


def mean_cell(days: list[int], limit: int, url: str) -> Cell:
    if not days:
        return unknown()
    mean = sum(days) / len(days)
    told = ngettext(
        "%(mean)s days on average, %(count)s client",
        "%(mean)s days on average, %(count)s clients",
        len(days),
    )
    text = number(mean, 1)
    words = told % {"mean": text, "count": len(days)}
    return Cell(text, words, round(mean, 2), alarm=mean > limit, url=url, depth=-mean)


DEPTHS: dict[State, float] = {"good": 1.0, "watch": 0.5, "bad": 0.0}
COLOURS: dict[State, str] = {"good": "green", "watch": "yellow", "bad": "red", "none": ""}
