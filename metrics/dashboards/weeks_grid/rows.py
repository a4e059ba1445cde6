"""Who or what stands on a line of the grid, as far as the reader may see it, by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from godview.folding import by_letters
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line
from metrics.dashboards.today.people import last_name_first

Kind = Literal["people", "pods", "clients"]
SCOPES = {"people": "manager", "pods": "pod", "clients": "client"}


@dataclass(frozen=True, slots=True)
class Unit:
    id: int
    name: str
    slug: str
    url: str
    scope: str  # as an address names it


def units_of(kind: Kind, lines: Sequence[Line], onward: Onward) -> list[Unit]:
    """The clients on the lines, or the pods and the managers who answer for them."""
    return sorted(set(_found(kind, lines, onward)), key=lambda unit: by_letters(unit.name))


def _found(kind: Kind, lines: Sequence[Line], onward: Onward) -> Iterable[Unit]:
    for line in lines:
        who = line.who
        if kind == "clients":
            yield Unit(
                who.id, who.name, who.slug, onward.to("client", who.slug), f"client:{who.slug}"
            )
        elif kind == "pods" and who.pod_id and who.pod_slug:
            url = onward.to("pod", who.pod_slug)
            yield Unit(who.pod_id, who.pod or "", who.pod_slug, url, f"pod:{who.pod_slug}")
        elif kind == "people" and who.manager_id and (slug := who.manager_slug):
            url, name = onward.person(who.manager_id, slug), last_name_first(who.manager or "")
            if url:  # whose page is not open to the reader, has no line either
                yield Unit(who.manager_id, name, slug, url, f"manager:{slug}")
