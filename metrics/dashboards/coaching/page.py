"""The coaching page: one's own numbers first, then what is sure about habits, then the plans."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Staff
from godview.access import Role, staff_of
from godview.templatetags.display import counted, number, percent, rounded, signed
from metrics.charts.habit_dots import Dot, habit_dots
from metrics.dashboards.coaching.compare import FEWEST_MANAGERS, Told
from metrics.dashboards.coaching.habits import HABITS, Habit, practised_in
from metrics.dashboards.onward import Onward
from metrics.dashboards.retold import retold
from training.access import staff_trained_under
from training.models import CoachingPlan

KEPT_FOR = 3600
ASKED_AGAIN_AFTER = 20


def known(day: date, known_on: date | None = None) -> Told | None:
    told: Told | None = cache.get(_key(day, known_on))
    return told


def keep(day: date, told: Told, known_on: date | None = None) -> None:
    cache.set(_key(day, known_on), told, KEPT_FOR)


def is_first_to_ask(day: date, known_on: date | None = None) -> bool:
    """A lost job is asked for again; a waiting one is not doubled."""
    return bool(cache.add(f"{_key(day, known_on)}-asked", 1, ASKED_AGAIN_AFTER))


def _key(day: date, known_on: date | None) -> str:
    return f"coaching-1-{day}" if known_on is None else f"coaching-1-{day}-known-{known_on}"


@dataclass(frozen=True, slots=True)
class HabitLine:
    habit: Habit
    mine: str
    mine_url: str = ""  # the rows behind one's own number
    winners: str = ""
    others: str = ""
    difference: str = ""
    n: str = ""
    verdict: str = "–"
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    staff: Staff
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class CoachingPage:
    lines: list[HabitLine]
    enough: bool
    judged: int
    own: bool
    habit: Habit | None
    people: list[Person]
    plans: list[CoachingPlan]
    findings: list[dict[str, Any]]

    @property
    def headline(self) -> str:
        certain = sum(line.certain for line in self.lines)
        if not self.enough or not certain:
            return _("What the best do differently")
        return _("The best differ in %(certain)s") % {"certain": counted(certain, "habit")}

    @property
    def lead(self) -> str:
        if not self.enough:
            known = counted(self.judged, "manager")
            return _("Needs 8 managers or 13 weeks: %(known)s can be judged so far.") % {
                "known": known
            }
        return _(
            "Of %(judged)s managers, the third whose clients stay and reach their "
            "goals, against the others. Thirteen weeks; who they are is not told."
        ) % {"judged": self.judged}

    @property
    def figure(self) -> dict[str, Any] | None:
        order = list(HABITS)
        known = [one for one in self.findings if one["others"]]
        known.sort(key=lambda one: order.index(one["habit"]))
        return habit_dots([_dot(one) for one in known])


def coaching_page(user: Any, told: Told, day: date, asked: str, onward: Onward) -> CoachingPage:
    """People are listed by name, never by their numbers; only those the reader may see."""

    def rows_of(habit: Habit, who: Staff | None) -> str:
        period = practised_in(day)
        scope = f"manager:{who.slug}" if who else ""
        return onward.why(habit.metric, scope, period) if habit.metric and who else ""

    staff = staff_of(user)
    own = told["managers"].get(str(staff.pk)) if staff else None
    plans = CoachingPlan.objects.visible_to(user).filter(starts_on__lte=day)
    habit = HABITS.get(asked)
    return CoachingPage(
        lines=[
            _line(one, own or {}, rows_of(one, staff if own else None), told)
            for one in HABITS.values()
        ],
        enough=told["judged"] >= FEWEST_MANAGERS,
        judged=told["judged"],
        own=own is not None,
        habit=habit,
        people=_people(user, habit, told, rows_of) if habit else [],
        plans=list(
            plans.select_related("staff", "coach").order_by(
                "reviewed_on", "staff__name", "-starts_on"
            )
        ),
        findings=told["findings"],
    )


def _line(habit: Habit, own: Mapping[str, Any], url: str, told: Told) -> HabitLine:
    mine = written(habit, own.get(habit.key))
    for one in told["findings"]:
        if one["habit"] == habit.key:
            low, high = apart(habit, one["low"]), apart(habit, one["high"])
            return HabitLine(
                habit,
                mine,
                url,
                written(habit, one["winners"]),
                written(habit, one["others"]),
                (
                    _("%(habit)s (%(low)s to %(high)s)")
                    % {"habit": apart(habit, one["difference"]), "low": low, "high": high}
                ),
                (
                    _("%(one_n_0)s and %(one_n_1)s")
                    % {"one_n_0": number(one["n"][0]), "one_n_1": number(one["n"][1])}
                ),
                _("certain") if one["certain"] else _("may be chance"),
                one["certain"],
            )
    for one in told["silent"]:
        if one["habit"] == habit.key:
            return HabitLine(
                habit,
                mine,
                url,
                verdict=(_("too few: %(one_reason)s") % {"one_reason": retold(one["reason"])}),
            )
    return HabitLine(habit, mine, url)


def _people(
    user: Any, habit: Habit, told: Told, rows_of: Callable[[Habit, Staff], str]
) -> list[Person]:
    staff = staff_trained_under(user).filter(pk__in=told["managers"], role=Role.ACCOUNT_MANAGER)
    return [
        Person(
            one, written(habit, told["managers"][str(one.pk)].get(habit.key)), rows_of(habit, one)
        )
        for one in staff.order_by("name")
    ]


def value_of(told: Told, staff: int, habit: str) -> float | None:
    return (told["managers"].get(str(staff)) or {}).get(habit)


def _dot(one: Mapping[str, Any]) -> Dot:
    habit, others = HABITS[one["habit"]], abs(one["others"])
    better = (one["difference"] < 0) is habit.lower_is_better
    state = "none" if not one["certain"] else "good" if better else "bad"
    value, low, high = (one[key] / others for key in ("difference", "low", "high"))
    return Dot(habit.name, value, low, high, state, f"?habit={habit.key}")


def apart(habit: Habit, value: float) -> str:
    """A difference: of shares in points."""
    if not habit.is_share:
        return signed(value, 1)
    told, size = signed(value * 100), abs(rounded(value * 100))
    return ngettext("%(change)s pt", "%(change)s pts", int(size)) % {"change": told}


def written(habit: Habit, value: float | None) -> str:
    if value is None:
        return "–"
    return percent(value) if habit.is_share else number(value, 1)
