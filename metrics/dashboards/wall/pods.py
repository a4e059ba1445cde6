"""Every client as one mark, by pod: by pace, contact or light."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from godview.templatetags.display import initials, percent
from metrics.dashboards.portfolio import Line, State
from metrics.models import WallLink

MOST_PODS = 9
ORDER: tuple[State, ...] = ("bad", "watch", "none", "good")
FAR_OFF = 0.2  # below the share of all


@dataclass(frozen=True, slots=True)
class PodLine:
    name: str
    people: str
    marks: list[State]
    marks_words: str
    share: str  # of those that can be judged
    state: State


@dataclass(frozen=True, slots=True)
class Pods:
    shown: list[PodLine]
    hidden: int


def pod_lines(lines: Sequence[Line], view: str, names: str) -> Pods:
    """By name; of more than fit, those with the most trouble."""
    by_pod: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_pod[line.who.pod or ""].append(line)
    groups = sorted(by_pod.items(), key=lambda one: -_trouble(one[1], view))[:MOST_PODS]
    overall = _good(lines, view)
    shown = [
        _line(name, mine, view, names, overall)
        for name, mine in sorted(groups, key=lambda one: (not one[0], one[0]))
    ]
    return Pods(shown, len(by_pod) - len(shown))


def _line(name: str, lines: list[Line], view: str, names: str, overall: float | None) -> PodLine:
    good = _good(lines, view)
    low = good is not None and overall is not None and good < overall - FAR_OFF
    marks = sorted((state_of(line, view) for line in lines), key=ORDER.index)
    counts, words = Counter(marks), words_of(view)
    return PodLine(
        name=name or _("No pod"),
        people=_people(lines, names),
        marks=marks,
        marks_words=", ".join(
            f"{words[state]} {counts[state]}" for state in ORDER if counts[state]
        ),
        share="–" if good is None else percent(good),
        state="bad" if low else "good",
    )


def _people(lines: Iterable[Line], names: str) -> str:
    if names == WallLink.Names.NONE:
        return ""
    managers = sorted({line.who.manager for line in lines if line.who.manager})
    return ", ".join(one if names == WallLink.Names.FULL else initials(one) for one in managers)


def state_of(line: Line, view: str) -> State:
    if view == "contact":
        return line.contact_state
    return line.light if view == "light" else line.pace_state


def _trouble(lines: Iterable[Line], view: str) -> int:
    return sum(state_of(line, view) == "bad" for line in lines)


def _good(lines: Iterable[Line], view: str) -> float | None:
    counts = Counter(state_of(line, view) for line in lines)
    judged = counts.total() - counts["none"]
    return counts["good"] / judged if judged else None


def words_of(view: str) -> dict[State, str]:
    if view == "contact":
        return {
            "bad": _("over the limit"),
            "watch": _("soon"),
            "good": _("heard from us"),
            "none": _("on hold"),
        }
    if view == "light":
        return {
            "bad": pgettext("light", "red"),
            "watch": pgettext("light", "yellow"),
            "good": pgettext("light", "green"),
            "none": _("not set"),
        }
    return {
        "bad": _("off pace"),
        "watch": _("behind"),
        "good": _("on pace"),
        "none": _("not judged"),
    }


def states_of(lines: Iterable[Line], view: str) -> list[tuple[State, str, int]]:
    counts, words = Counter(state_of(line, view) for line in lines), words_of(view)
    return [(state, words[state], counts[state]) for state in ("bad", "watch", "good", "none")]
