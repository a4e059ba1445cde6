"""Pages that can be asked about a part of the agency: where one is, and where else one may go."""

from dataclasses import dataclass, replace

from django.http import HttpRequest

from godview.access import reach_of
from godview.hindsight import with_hindsight
from metrics.dashboards.onward import Onward
from metrics.dashboards.why.crumbs import crumbs_to
from metrics.dashboards.why.rows import Link
from metrics.queries.offered import Offered, offered_scopes
from metrics.queries.scopes import Scope
from metrics.views.asked import scope_asked
from metrics.views.days import days_of
from metrics.views.onward import onward_from

# What stays asked for when another part is chosen.
KEPT = ("period", "by", "discount", "records_from")


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
    def is_offered(self) -> bool:
        return not self.text or any(
            self.text == one.text for _, some in self.groups for one in some
        )


def scoped(request: HttpRequest, page: str, word: str) -> Scoped:
    """The scope in the address, if the reader may see it. Names and places are those of today."""
    scope, onward = scope_asked(request), onward_from(request)
    text = "" if scope.is_agency else days_of(request).scope_text
    crumbs = []
    with with_hindsight():
        if text:
            below = crumbs_to(scope, days_of(request).today, onward)[1:]
            crumbs = [Link(word, onward.to(page)), *below]
        sees_all = reach_of(request.user).everything
        offered = offered_scopes(days_of(request).today) if sees_all else []
    kept = [(name, value) for name, value in days_of(request).kept if name in KEPT]
    return Scoped(scope, text, replace(onward, scope=text), crumbs, offered, kept)
