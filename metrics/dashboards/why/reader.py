"""Who reads the rows: the clients they may see, by name, and where a name leads."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from godview.access import reach_of
from metrics.dashboards.onward import Onward
from metrics.dashboards.why.rows import Link
from metrics.queries.names import Name, names_seen_by


@dataclass(frozen=True)
class Reader:
    user: Any
    as_of: date
    onward: Onward

    @cached_property
    def names(self) -> dict[Hashable, Name]:
        """The clients that the reader may see; one query, when first asked for."""
        return names_seen_by(self.user, self.as_of)

    @property
    def sees_all(self) -> bool:
        """Whether no row is hidden from the reader, those about no one client among them."""
        return reach_of(self.user).everything or reach_of(self.user).every_client

    def sees(self, client: Hashable) -> bool:
        return client in self.names

    def client(self, client: Hashable) -> Link:
        name = self.names[client]
        return Link(name.name, self.onward.to("client", name.slug))

    def team(self, client: Hashable) -> tuple[Link | None, Link | None]:
        """The client's pod and its manager on the day."""
        name = self.names[client]
        pod = Link(name.pod, self.onward.to("pod", name.pod_slug)) if name.pod_slug else None
        if not name.manager_slug:
            return pod, None
        return pod, Link(name.manager, self.onward.person(name.manager_id, name.manager_slug))
