"""Links that lead onwards and keep what the address asks for: the days and the period."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from godview.periods import Period

TEAMS = ("department", "pod", "manager")


@dataclass(frozen=True, slots=True)
class Onward:
    """Both days and `period` as they stand in the address; empty where it does not say.

    `people` are those whose page the reader may open; None: everybody's.
    """

    as_of: str = ""
    period: str = ""
    people: frozenset[int] | None = None
    known_on: str = ""
    scope: str = ""  # of a page that can be asked about a part of the agency

    def to(self, page: str, *names: str, **asked: str) -> str:
        """The address of a page by its name, with what was asked for still in it."""
        kept = {
            "as_of": self.as_of,
            "known_on": self.known_on,
            "period": self.period,
            **asked,
        }
        query = urlencode({key: value for key, value in kept.items() if value}, safe=":")
        return _reversed(page, names) + (f"?{query}" if query else "")

    def on(self, day: date) -> "Onward":
        """The same, seen from another day."""
        return replace(self, as_of=day.isoformat())

    def person(self, staff_id: int | None, slug: str) -> str:
        """The page of a person, or nothing where it is not for the reader."""
        is_open = self.people is None or staff_id in self.people
        return self.to("person", slug) if is_open else ""

    def within(self, page: str, *names: str, **asked: str) -> str:
        """The address of a page about the same part of the agency."""
        return self.to(page, *names, scope=self.scope, **asked)

    def clients(self, **asked: str) -> str:
        """The table of the clients of the same part of the agency."""
        kind, _, name = self.scope.partition(":")
        narrowed = {kind: name} if kind in TEAMS else {"segment": self.scope}
        return self.to("clients", **{**narrowed, **asked})

    def part(self, kind: str, slug: str, **asked: str) -> str:
        """Today, of a part of the agency."""
        return self.to("today", scope=f"{kind}:{slug}", **asked)

    def why_here(self, metric: str, period: Period | None = None) -> str:
        """The rows behind a number of the page's own scope."""
        return self.why(metric, self.scope or "agency", period)

    def why(self, metric: str, scope: str, period: Period | None = None) -> str:
        """The rows behind a number of a scope, such as pod:cobalt."""
        told = str(period) if period else self.period
        return self.to("why", metric, scope=scope, period=told)


@lru_cache(maxsize=16384)
def _reversed(page: str, names: tuple[str, ...]) -> str:
    """Remembered: a page holds hundreds of addresses, and to work each out is slow."""
    return reverse(page, args=names)
