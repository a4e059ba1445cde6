"""What a screen on the wall tells whoever passes by: is the agency fine right now?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from godview.freshness import oldest_reading
from godview.periods import Period, add_months, full_weeks_before
from godview.templatetags.display import initials, number, percent
from metrics.catalogue import CATALOGUE
from metrics.dashboards.numbers import compute
from metrics.dashboards.portfolio import Line, State, all_lines
from metrics.dashboards.today.tiles import KEPT_MONTHS
from metrics.dashboards.wall.pods import PodLine, pod_lines, states_of
from metrics.formulas.measure import Measure
from metrics.models import WallLink
from metrics.queries.limits import limits_on
from metrics.queries.scopes import Scope, find_scope
from metrics.queries.stamps import read_stamps

VIEWS = ("pace", "contact", "light")
OLD_AFTER = timedelta(minutes=15)
NAMED = 4
SCALE_WIDTH = 344  # of the drawing


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the four numbers at the foot."""

    value: str
    words: str
    state: State = "good"


@dataclass(frozen=True, slots=True)
class Wall:
    title: str
    headline: str
    view: str
    days: str
    days_state: State
    days_share: float  # of the scale, which ends a fifth above the limit
    limit: int
    scale: str
    over: int
    over_words: str
    over_who: str
    pods: list[PodLine]
    hidden_pods: int
    legend: list[tuple[State, str, int]]
    figures: list[Figure]
    now: datetime
    asana_read_at: datetime | None
    asana_is_old: bool

    @property
    def days_width(self) -> int:
        return round(self.days_share * SCALE_WIDTH)


def wall(link: WallLink, view: str, now: datetime) -> Wall:
    """Everything on the screen, of the scope and with the names that its link allows."""
    day, scope = timezone.localdate(now), find_scope(link.scope)
    stamps = read_stamps()
    lines = [line for line in all_lines(stamps, day) if _is_inside(line, scope)]
    limit = int(limits_on(stamps, day)["contact"])
    measures = _measures(scope, day)
    mean = measures["days_since_contact_mean"].value
    over = [line for line in lines if line.contact_state == "bad"]
    pods = pod_lines(lines, view, link.names)
    read_at, _status = oldest_reading() or (None, "")
    return Wall(
        title=link.title,
        headline=_headline(measures["clients_on_pace"]),
        view=view,
        days=number(mean, 1),
        days_state="bad" if mean is not None and mean > limit else "good",
        days_share=min(1.0, float(mean or 0) / (limit * 1.2)),
        limit=limit,
        scale=number(limit * 1.2),
        over=len(over),
        over_words=_over(len(over), limit),
        over_who=_who(over, link.names),
        pods=pods.shown,
        hidden_pods=pods.hidden,
        legend=states_of(lines, view),
        figures=_figures(measures, day),
        now=timezone.localtime(now),
        asana_read_at=read_at,
        asana_is_old=read_at is not None and now - read_at > OLD_AFTER,
    )


def _is_inside(line: Line, scope: Scope) -> bool:
    return scope.is_agency or line.who.pod_id == scope.id


def _measures(scope: Scope, day: date) -> dict[str, Measure]:
    week = full_weeks_before(day, 1)[0]
    kept = Period(add_months(day, -KEPT_MONTHS), day)
    standing = ("clients_on_pace", "days_since_contact_mean")
    return {
        **compute(scope, week, day, (*standing, "weekly_goal_hit_rate", "on_time_rate")),
        **compute(scope, kept, day, ("client_retention_rate", "clients_lost")),
    }


def _headline(on_pace: Measure) -> str:
    if not on_pace.whole:
        return _("No 90-day goal can be judged yet")
    return ngettext(
        "%(on)s of %(all)s client is on pace",
        "%(on)s of %(all)s clients are on pace",
        int(on_pace.whole),
    ) % {"on": on_pace.part, "all": on_pace.whole}


def _over(count: int, limit: int) -> str:
    if not count:
        return _("No client over %(limit)s days") % {"limit": limit}
    return ngettext(
        "%(count)s client over %(limit)s days", "%(count)s clients over %(limit)s days", count
    ) % {"count": count, "limit": limit}


def _who(over: list[Line], names: str) -> str:
    """The pods, or as far as the link allows the clients, longest silence first."""
    if names == WallLink.Names.NONE:
        pods = Counter(line.who.pod or _("no pod") for line in over)
        return ", ".join(f"{pod} {count}" for pod, count in sorted(pods.items()))
    longest = sorted(over, key=lambda line: (-(line.days or 0), line.who.name))[:NAMED]
    told = [
        line.who.name if names == WallLink.Names.FULL else initials(line.who.name)
        for line in longest
    ]
    rest = len(over) - len(told)
    return ", ".join(told) + (f" +{rest}" if rest > 0 else "")


def _figures(measures: dict[str, Measure], day: date) -> list[Figure]:
    week = full_weeks_before(day, 1)[0].start.isocalendar().week
    lost = measures["clients_lost"].value
    return [
        _share(
            "weekly_goal_hit_rate", measures, _("weekly goals hit, week %(week)s") % {"week": week}
        ),
        _share("on_time_rate", measures, _("tasks on time, week %(week)s") % {"week": week}),
        _share("client_retention_rate", measures, _("of clients kept, 3 months"), 1),
        Figure(
            number(lost) if lost is not None else "–",
            ngettext("client left in 3 months", "clients left in 3 months", int(lost or 0)),
        ),
    ]


def _share(key: str, measures: dict[str, Measure], words: str, decimals: int = 0) -> Figure:
    measure = measures[key]
    if measure.value is None:
        return Figure("–", words, "none")
    state: State = "watch" if CATALOGUE[key].is_breached_by(float(measure.value)) else "good"
    return Figure(percent(measure.value, decimals), words, state)
