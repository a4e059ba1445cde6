"""Pages that can be asked about a part of the agency: where one is, and where else one may go."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest

from clients.models import Client, Department, Fee, Pod, Staff
from godview.access import reach_of
from godview.hindsight import with_hindsight
from metrics.dashboards.onward import Onward
from metrics.dashboards.why.crumbs import altitudes_to, crumbs_to
from metrics.dashboards.why.rows import Link
from metrics.memory import remembered
from metrics.queries.offered import Offered, offered_scopes
from metrics.queries.scopes import SEGMENTS, Scope
from metrics.queries.stamps import Stamp, Stamps
from metrics.views.asked import scope_asked
from metrics.views.days import days_of
from metrics.views.onward import onward_from

# What stays asked for when another part is chosen.
KEPT = ("period", "by", "discount", "records_from", "marks", "rows", "metric")


@dataclass(frozen=True, slots=True)
class Scoped:
    """`text` is how an address names the scope; empty: the whole agency."""

    scope: Scope
    text: str
    onward: Onward
    crumbs: list[Link]
    groups: list[tuple[str, list[Offered]]]
    kept: list[tuple[str, str]]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text)

    @property
    def is_offered(self) -> bool:
        return not self.text or any(
            self.text == one.text for _, some in self.groups for one in some
        )


def scoped(request: HttpRequest, page: str, word: str, stamps: Stamps | None = None) -> Scoped:
    """The scope in the address, if the reader may see it. Names and places are those of today."""
    scope, onward = scope_asked(request), onward_from(request)
    text = "" if scope.is_agency else days_of(request).scope_text
    crumbs, sees_all = [], reach_of(request.user).everything
    with with_hindsight():
        if text:
            below = crumbs_to(scope, days_of(request).today, onward)[1:]
            crumbs = [Link(word, onward.to(page)), *below]
        if text and page == "today" and sees_all:
            crumbs = altitudes_to(scope, days_of(request).today, onward)
        offered = _offered(days_of(request).today, stamps) if sees_all else []
    kept = [(name, value) for name, value in days_of(request).kept if name in KEPT]
    return Scoped(scope, text, replace(onward, scope=text), crumbs, offered, kept)


def segments_offered(today: date, stamps: Stamps) -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds of clients, as groups of a choice."""
    groups = [
        (word, [(one.text, one.name) for one in some]) for word, some in _offered(today, stamps)
    ]
    return [(word, some) for word, some in groups if some[0][0].partition(":")[0] in SEGMENTS]


def _offered(today: date, stamps: Stamps | None) -> list[tuple[str, list[Offered]]]:
    """With stamps at hand, they are read only after a change."""
    if stamps is None:
        return offered_scopes(today)
    return _offered_once(stamps.of(Department, Pod, Staff, Client, Fee), today)


@remembered(2)
def _offered_once(stamp: Stamp, today: date) -> list[tuple[str, list[Offered]]]:
    return offered_scopes(today)
