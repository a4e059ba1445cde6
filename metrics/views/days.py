"""The two days that every page of numbers takes from its address, read and kept in one place.

`?as_of=` is the day that the numbers speak of. With `?known_on=`, they are counted from what had
been entered by the end of that day, and the page is only read: nothing can be done on it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from godview.access import reach_of, staff_of
from godview.hindsight import with_hindsight
from godview.periods import parse_day
from metrics.dashboards.late import Late, late_entries
from metrics.queries.known import as_known_on
from metrics.queries.scopes import AGENCY, Kind, Scope

View = TypeVar("View", bound=Callable[..., HttpResponse])
NAMES = ("as_of", "known_on")
NOT_KEPT = (*NAMES, "page", "try", "format")


class DayRefusedError(ValueError):
    """A sentence about the day in the address that cannot be shown."""


@dataclass
class Days:
    """`known_on` is None where everything that is known today counts."""

    today: date
    as_of: date
    known_on: date | None
    asked: QueryDict
    user: Any
    scope: Scope = AGENCY
    scope_text: str = "agency"

    def about(self, kind: Kind, row: Any) -> None:
        """The page speaks of one client, team or person."""
        self.scope, self.scope_text = Scope(kind, row.pk, row.name), f"{kind}:{row.slug}"

    @property
    def is_past(self) -> bool:
        return self.known_on is not None or self.as_of != self.today

    @property
    def in_address(self) -> dict[str, str]:
        """Those that are not today, as every address onward has them."""
        found = {"known_on": self.known_on.isoformat()} if self.known_on else {}
        return {"as_of": self.as_of.isoformat(), **found} if self.as_of != self.today else found

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What else the address asks for: a form that chooses other days sends it along."""
        return [
            (name, value)
            for name, values in self.asked.lists()
            if name not in NOT_KEPT
            for value in values
        ]

    @cached_property
    def late(self) -> Late | None:
        """What came in later about the same days, as far as the reader may see it."""
        if self.known_on is None:
            return None
        with with_hindsight():
            return late_entries(self.user, self.scope, self.scope_text, self.as_of, self.known_on)


def takes_days(view: View) -> View:
    """Read both days before the page is made; a day that cannot be is answered with its reason."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            days = _read(request)
        except DayRefusedError as refused:
            return _refuse(request, str(refused))
        request.days = days  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return cast(View, asked)


def as_known_then(view: View) -> View:
    """The same, and the whole page is made from what was known on the day that is asked for."""

    @wraps(view)
    def known(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        days = days_of(request)
        if days.known_on is None or request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        # Who reads is a matter of today; both are remembered with the user.
        staff_of(request.user), reach_of(request.user)
        with as_known_on(days.known_on):
            return view(request, *args, **kwargs)

    return takes_days(cast(View, known))


def days_of(request: HttpRequest) -> Days:
    """As they were read; outside a page of numbers it is today, and everything is known."""
    today = timezone.localdate()
    found: Days = getattr(request, "days", None) or Days(
        today, today, None, request.GET, request.user
    )
    return found


def _read(request: HttpRequest) -> Days:
    today = timezone.localdate()
    as_of, known_on = (_day(request.GET.get(name, ""), today) for name in NAMES)
    is_then = known_on is not None and known_on < today
    return Days(today, as_of or today, known_on if is_then else None, request.GET, request.user)


def _day(text: str, today: date) -> date | None:
    if not text.strip():
        return None
    try:
        day = parse_day(text.strip())
    except ValueError as error:
        raise DayRefusedError(str(error)) from None
    if day > today:
        raise DayRefusedError(
            _("%(day)s has not come yet. Choose today or a past day.") % {"day": text}
        )
    return day


def _refuse(request: HttpRequest, sentence: str) -> HttpResponse:
    """The page is not shown for some other day: its numbers would be taken for those asked for."""
    today = timezone.localdate()
    days = Days(today, today, None, request.GET, request.user)
    context = {"sentence": sentence, "days": days}
    return render(request, "metrics/no_such_day.html", context, status=400)
