"""What Asana tells of a project since we last asked: which things changed, never how."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import asana

from tasks.asana import fields
from tasks.asana.calls import MOST_PAGES, Calls
from tasks.asana.errors import AsanaError, AsanaUnavailable, TokenLostError


@dataclass(frozen=True, slots=True)
class EventPage:
    events: list[dict[str, Any]]
    sync_token: str


class EventCalls(Calls):
    def events(self, resource: str, sync_token: str) -> Iterator[EventPage]:
        """All that happened after the token, in pages, each with the token to go on from.

        Raises TokenLostError, with a fresh token, when Asana no longer knows this one. The SDK's
        own reader of events never gets beyond its second page, and hides a lost token.
        """
        for _ in range(MOST_PAGES):
            page, has_more = self._events(resource, sync_token)
            yield page
            if not has_more:
                return
            if page.sync_token == sync_token:
                raise AsanaError("Asana's events lead in a circle: the same token came twice")
            sync_token = page.sync_token
        raise AsanaError(f"The events did not end after {MOST_PAGES} pages")

    def events_token(self, resource: str) -> str:
        """A token that stands for now."""
        try:
            page, _ = self._events(resource, "")
        except TokenLostError as lost:
            if not lost.fresh:
                raise AsanaUnavailable("Asana gave no token for its events", 412) from lost
            return lost.fresh
        return page.sync_token

    def _events(self, resource: str, sync_token: str) -> tuple[EventPage, bool]:
        call = asana.EventsApi(self._api).get_events_with_http_info
        query = {"opt_fields": ",".join(fields.EVENT)}
        if sync_token:
            query["sync"] = sync_token
        answer = self.ask(call, (resource,), query, list)
        fresh = answer.envelope.get("sync")
        if not isinstance(fresh, str) or not fresh:
            raise AsanaUnavailable("Asana's events came without a token")
        events = [event for event in answer.data if isinstance(event, dict)]
        return EventPage(events, fresh), answer.envelope.get("has_more") is True
