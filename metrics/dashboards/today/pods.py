"""Every client, by pod: the map and the numbers beside it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from godview.periods import Period, full_weeks_before
from godview.templatetags.display import days, number, percent
from metrics.catalogue import CATALOGUE
from metrics.charts.client_map import Mark, client_marks
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import RECENT_WEEKS, Line, State
from metrics.formulas.pace import PaceState
from metrics.formulas.ratio import Ratio

Colour = Literal["pace", "light", "contact"]
FAR_OFF = 0.2


@dataclass(frozen=True, slots=True)
class PodRow:
    name: str
    url: str
    managers: str
    marks: SafeString
    clients: int
    on_pace: str
    state: State
    goals_hit: str
    contact: str
    on_pace_url: str
    goals_url: str
    contact_url: str


@dataclass(frozen=True, slots=True)
class Legend:
    state: State
    words: str
    count: int
    url: str


def pod_rows(
    lines: Sequence[Line], colour: Colour, day: date, onward: Onward, drills: bool = True
) -> list[PodRow]:
    """One row a pod, by name; clients without a pod come last, so that none is forgotten.

    A name leads down to Today of that pod where that is open to the reader, else to its page.
    """
    by_pod: defaultdict[int | None, list[Line]] = defaultdict(list)
    for line in lines:
        by_pod[line.who.pod_id].append(line)
    groups = sorted(by_pod.values(), key=lambda mine: (mine[0].who.pod is None, mine[0].who.pod))
    return [_row(mine, colour, day, onward, drills) for mine in groups]


def _row(lines: list[Line], colour: Colour, day: date, onward: Onward, drills: bool) -> PodRow:
    who = lines[0].who
    judged = [line.pace for line in lines if line.pace and line.pace.state.is_judged]
    on_pace = Ratio(sum(pace.state is PaceState.ON for pace in judged), len(judged)).value
    hits = Ratio(sum(x.goals.met for x in lines), sum(x.goals.committed for x in lines)).value
    waits = [line.days for line in lines if line.days is not None]
    target = CATALOGUE["clients_on_pace"].threshold or 0.0
    scope = f"pod:{who.pod_slug}" if who.pod_slug else ""
    return PodRow(
        name=who.pod or _("No pod"),
        url=_url(who.pod_slug, colour, onward, drills),
        managers=_managers(lines),
        marks=client_marks(_mark(line, colour, onward) for line in lines),
        clients=len(lines),
        on_pace="–" if on_pace is None else percent(on_pace),
        state="bad" if on_pace is not None and on_pace < target - FAR_OFF else "good",
        goals_hit="–" if hits is None else percent(hits),
        contact=days(sum(waits) / len(waits)) if waits else "–",
        on_pace_url=onward.why("clients_on_pace", scope) if scope else "",
        goals_url=onward.why("weekly_goal_hit_rate", scope, recent_weeks(day)) if scope else "",
        contact_url=onward.why("days_since_contact_mean", scope) if scope else "",
    )


def _url(slug: str | None, colour: Colour, onward: Onward, drills: bool) -> str:
    if not slug:
        return onward.to("pods")
    marks = "" if colour == "pace" else colour
    return onward.part("pod", slug, marks=marks) if drills else onward.to("pod", slug)


def recent_weeks(day: date) -> Period:
    """The full weeks that "goals hit" looks back on."""
    weeks = full_weeks_before(day, RECENT_WEEKS)
    return Period(weeks[0].start, weeks[-1].end)


def _managers(lines: list[Line]) -> str:
    """A. Ruiz, P. Lind"""
    names = sorted({line.who.manager for line in lines if line.who.manager})
    return ", ".join(_short(name) for name in names)


def _short(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first[0]}. {rest}" if rest else first


def _mark(line: Line, colour: Colour, onward: Onward) -> Mark:
    url = onward.to("client", line.who.slug)
    if colour == "contact":
        return Mark(
            line.who.name, url, line.contact_state, line.contact_words, float(line.days or 0)
        )
    if colour == "light":
        return Mark(line.who.name, url, line.light, line.light_words.lower())
    ratio = line.pace.ratio if line.pace else None
    words = line.pace_words.lower()
    if ratio is not None and line.pace and line.pace.state.is_judged:
        return Mark(line.who.name, url, line.pace_state, f"{words} {number(ratio, 2)}", -ratio)
    return Mark(line.who.name, url, line.pace_state, words)


def legend(
    lines: Sequence[Line], colour: Colour, contact_limit: int, onward: Onward
) -> list[Legend]:
    """What the marks mean, how many there are, and the way to exactly those clients."""
    words = WORDS[colour]() if colour != "contact" else _contact_words(contact_limit)
    states = [_state(line, colour) for line in lines]
    return [
        Legend(state, text, states.count(state), onward.clients(**{colour: value}))
        for state, (text, value) in words.items()
    ]


def _state(line: Line, colour: Colour) -> State:
    if colour == "light":
        return line.light
    return line.contact_state if colour == "contact" else line.pace_state


Words = dict[State, tuple[str, str]]


def _pace_words() -> Words:
    return {
        "bad": (_("Off pace"), "off"),
        "watch": (_("Behind"), "behind"),
        "good": (_("On pace"), "on"),
        "none": (_("Not judged yet"), "none"),
    }


def _light_words() -> Words:
    return {
        "bad": (_("Red: we slipped"), "red"),
        "watch": (_("Yellow: nothing happened"), "yellow"),
        "good": (_("Green: moved forward"), "green"),
        "none": (_("Not set"), "none"),
    }


def _contact_words(limit: int) -> Words:
    near = limit * 4 // 5
    return {
        "bad": (ngettext("Over %(n)s day", "Over %(n)s days", limit) % {"n": limit}, "over"),
        "watch": (
            ngettext("%(near)s to %(n)s day", "%(near)s to %(n)s days", limit)
            % {"near": near + 1, "n": limit},
            "near",
        ),
        "good": (ngettext("Up to %(n)s day", "Up to %(n)s days", near) % {"n": near}, "fine"),
        "none": (_("On hold"), "hold"),
    }


WORDS = {"pace": _pace_words, "light": _light_words}
