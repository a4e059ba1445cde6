"""What Today says above everything else: how many wait for a decision, and the main change."""

from collections import Counter
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from godview.templatetags.display import number
from metrics.dashboards.portfolio import Line
from metrics.dashboards.today.part import Part
from metrics.dashboards.trends import PaceTrend
from metrics.formulas.pace import PaceState
from metrics.queries.scopes import Scope


def headline(count: int | None, sees_all: bool, scope: Scope, is_past: bool) -> str:
    """`count` is None where it could not be counted."""
    if count is None:
        return _("Today")
    told = _need(count, sees_all, is_past) % {"count": number(count)}
    if scope.is_agency:
        return told
    return _("%(part)s: %(told)s") % {"part": scope.called, "told": told}


def _need(count: int, sees_all: bool, is_past: bool) -> str:
    if not count:
        return _need_of_none(sees_all, is_past)
    if sees_all and is_past:
        return ngettext(
            "%(count)s client needed a decision that day",
            "%(count)s clients needed a decision that day",
            count,
        )
    if sees_all:
        return ngettext(
            "%(count)s client needs a decision today",
            "%(count)s clients need a decision today",
            count,
        )
    if is_past:
        return ngettext(
            "%(count)s of your clients needed a decision that day",
            "%(count)s of your clients needed a decision that day",
            count,
        )
    return ngettext(
        "%(count)s of your clients needs a decision today",
        "%(count)s of your clients need a decision today",
        count,
    )


def _need_of_none(sees_all: bool, is_past: bool) -> str:
    if sees_all and is_past:
        return _("No client needed a decision that day")
    if sees_all:
        return _("No client needs a decision today")
    if is_past:
        return _("None of your clients needed a decision that day")
    return _("None of your clients needs a decision today")


def lead(part: Part, lines: Sequence[Line]) -> str:
    pace, day = part.pace(), part.day
    now, before = pace.on_pace[-1], pace.on_pace[-2]
    if not now.whole:
        return _("No 90-day goal can be judged yet. Goals are judged two weeks after they start.")
    change = int(now.part) - int(before.part)
    named = {
        "part": number(now.part),
        "whole": number(now.whole),
        "change": number(abs(change)),
        "weekday": date_format(day, "l"),
    }
    if not before.whole:
        return _("%(part)s of %(whole)s clients are on pace for their 90-day goals.") % named
    told = _course(change) % named
    pod = _pod_behind(pace, lines) if change < 0 else None
    if pod is None:
        return told
    return _("%(told)s Pod %(pod)s explains most of the drop.") % {"told": told, "pod": pod}


def _course(change: int) -> str:
    if not change:
        return _(
            "%(part)s of %(whole)s clients are on pace for their 90-day goals, "
            "as many as last %(weekday)s."
        )
    if change > 0:
        return _(
            "%(part)s of %(whole)s clients are on pace for their 90-day goals, "
            "%(change)s more than last %(weekday)s."
        )
    return _(
        "%(part)s of %(whole)s clients are on pace for their 90-day goals, "
        "%(change)s fewer than last %(weekday)s."
    )


def _pod_behind(pace: PaceTrend, lines: Sequence[Line]) -> str | None:
    """The pod that lost more than half of the clients who fell off pace within the week."""
    fell = Counter(
        line.who.pod
        for line in lines
        if line.who.pod
        and (states := pace.states.get(line.id))
        and states[-2] is PaceState.ON
        and states[-1] is not PaceState.ON
    )
    if not fell:
        return None
    name, count = fell.most_common(1)[0]
    return name if count * 2 > fell.total() and count > 1 else None
