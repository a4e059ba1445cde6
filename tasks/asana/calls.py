"""One token's way into Asana: turns, tries, pages, refusals. The nouns are in the files beside."""

import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import asana
import structlog

from tasks.asana import sdk
from tasks.asana.budget import Lane, RequestBudget
from tasks.asana.errors import (
    AsanaError,
    AsanaUnavailable,
    ExpiredOffsetError,
    ForbiddenError,
    Postponed,
    RateLimited,
    UnauthorizedError,
)
from tasks.asana.patience import watchman

log = structlog.get_logger(__name__)

PAGE_LENGTH = 100
MOST_PAGES = 20_000
RESTARTS = 3
ASKED_WHO = 5


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Full jitter: each wait is drawn between nothing and a limit that doubles up to `cap`.

    A pause that Asana asked for, when it is longer than `longest_wait`, frees the worker instead.
    """

    tries: int = 8
    base: float = 2.0
    cap: float = 10.0
    refused_wait: float = 5.0
    longest_wait: float = 2.0

    def wait(self, attempt: int, dice: random.Random) -> float:
        return dice.uniform(0, min(self.cap, self.base * 2**attempt))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, when we asked (our clock), and what time it was at Asana.

    The envelope is what stood around the data: the next token of events, a webhook's secret.
    """

    data: Any
    next_offset: str | None
    sent_at: datetime
    asana_time: datetime
    page: int = 1
    restarted: bool = False
    envelope: Mapping[str, Any] = field(default_factory=dict)


class Calls:
    """One token's way into Asana, shared by the threads of one process. Build it after a fork."""

    def __init__(
        self,
        base_url: str,
        token: str,
        budget: RequestBudget,
        *,
        now: Callable[[], datetime],
        retries: RetryPolicy | None = None,
        timeout: tuple[int, int] = (5, 60),
        connections: int = 8,
        dice: random.Random | None = None,
        lane: Lane = Lane.INTERACTIVE,
        renew: Callable[[str], str] | None = None,
    ) -> None:
        self.requests = 0
        self.refusals = 0
        self.stopped = threading.Event()
        self.lane = lane
        self._renew = renew
        self._renewing = threading.Lock()
        self._budget = budget
        self._now = now
        self._retries = retries or RetryPolicy()
        self._timeout = timeout
        self._dice = dice or random.Random()  # noqa: S311  jitter, not a secret
        self._counting = threading.Lock()
        self._announced: set[str] = set()
        self._api = sdk.connect(base_url, token, connections)
        self._users = asana.UsersApi(self._api)

    def one(self, call: Callable[..., Any], gid: str, wanted: tuple[str, ...]) -> Answer:
        return self.ask(call, (gid,), {"opt_fields": ",".join(wanted)}, dict)

    def pages(
        self,
        call: Callable[..., Any],
        path: tuple[str, ...],
        wanted: tuple[str, ...],
        offset: str | None = None,
        **query: str | None,
    ) -> Iterator[Answer]:
        """Every page, from the start or from `offset`. An offset that expired starts it anew.

        The first page after a new start says so in `restarted`: what was read before it may have
        moved, so a complete list begins again there.
        """
        asked = {name: value for name, value in query.items() if value is not None}
        asked |= {"opt_fields": ",".join(wanted), "limit": str(PAGE_LENGTH)}
        seen: set[str] = set()
        number, restarts, restarted = 1, 0, False
        while number <= MOST_PAGES:
            place = {"offset": offset} if offset else {}
            try:
                answer = self.ask(call, path, asked | place, list, number, restarted)
            except ExpiredOffsetError:
                if offset is None or restarts == RESTARTS:
                    raise
                offset, number, restarts, restarted = None, 1, restarts + 1, True
                seen.clear()
                continue
            yield answer
            offset, restarted, number = answer.next_offset, False, number + 1
            if offset is None:
                return
            if offset in seen:
                raise AsanaError("Asana's pages lead in a circle: the same place came twice")
            seen.add(offset)
        raise AsanaError(f"The list did not end after {MOST_PAGES} pages")

    def ask(
        self,
        call: Callable[..., Any],
        path: tuple[str, ...],
        query: dict[str, str],
        expected: type,
        page: int = 1,
        restarted: bool = False,
        *,
        again: bool = True,
        writes: bool = False,
    ) -> Answer:
        """One answer, after as many tries as the policy allows. Refusals cost no try.

        What must not happen twice is asked once (`again` is false): after a lost answer nobody
        knows whether it happened.
        """
        attempt, is_new = 0, False
        while True:
            self._take_turn(writes)
            token = self._api.configuration.access_token
            sent_at = self._now()
            try:
                body, headers = self._once(call, path, query, expected)
            except RateLimited as refusal:
                self._pause(refusal)
            except UnauthorizedError as refusal:
                if not is_new and self._is_renewed(token):
                    is_new = True
                    continue
                # One odd answer must not shut a working connection.
                if not self._is_still_known():
                    raise
                attempt += 1
                if attempt >= self._retries.tries:
                    raise ForbiddenError("Asana refuses only this (401)", 401) from refusal
                self._wait(self._retries.wait(attempt, self._dice))
            except AsanaUnavailable as problem:
                attempt += 1
                if not again or attempt >= self._retries.tries:
                    raise problem.after(attempt) from problem
                self._wait(self._retries.wait(attempt, self._dice))
            else:
                self._note_announcement(headers)
                time = _server_time(headers) or sent_at
                following = body.get("next_page")
                offset = following.get("offset") if isinstance(following, dict) else None
                return Answer(body["data"], offset or None, sent_at, time, page, restarted, body)

    def _once(
        self, call: Callable[..., Any], path: tuple[str, ...], query: dict[str, str], expected: type
    ) -> tuple[dict[str, Any], Any]:
        with self._counting:
            self.requests += 1
        try:
            # A new dict each time: the SDK writes into the one it is given.
            with watchman.within(sum(self._timeout) + self._timeout[1]):
                body, _, headers = call(
                    *path, dict(query), full_payload=True, _request_timeout=self._timeout
                )
        except sdk.RAISED as error:
            raise sdk.as_our_error(error) from error
        finally:
            self._budget.done()
        if not isinstance(body, dict) or not isinstance(body.get("data"), expected):
            raise AsanaUnavailable("Asana's answer is not what was asked for")
        return body, headers

    def _note_announcement(self, headers: Any) -> None:
        """Asana says in a header which of its ways will change soon: once into the log."""
        announced = headers.get("Asana-Change")
        if announced and announced not in self._announced:
            self._announced.add(announced)
            log.warning("asana_announces_a_change", change=announced[:500])

    def _is_renewed(self, refused: str) -> bool:
        """Whether there is another token now: the same person's, so all threads may go on."""
        if self._renew is None:
            return False
        with self._renewing:
            if self._api.configuration.access_token == refused:
                self._api.configuration.access_token = self._renew(refused)
            return bool(self._api.configuration.access_token != refused)

    def _is_still_known(self) -> bool:
        """Whether the token itself is good: false only when Asana says no to it each time."""
        for attempt in range(ASKED_WHO):
            self._wait(self._retries.wait(attempt, self._dice) if attempt else 0)
            self._take_turn()
            try:
                self._once(self._users.get_user_with_http_info, ("me",), {}, dict)
            except UnauthorizedError:
                continue
            except (AsanaError, AsanaUnavailable):
                return True
            return True
        return False

    def _take_turn(self, writes: bool = False) -> None:
        """Wait until the budget that all workers share has a request for us."""
        while seconds := self._budget.take(self.lane, writes=writes):
            if seconds > self._retries.longest_wait:
                raise Postponed(seconds)
            self._wait(seconds)
        if self.stopped.is_set():
            self._budget.done()
            raise Postponed(0)

    def _pause(self, refusal: RateLimited) -> None:
        with self._counting:
            self.refusals += 1
        wanted = refusal.retry_after
        seconds = self._retries.refused_wait if wanted is None else wanted
        self._budget.pause(seconds * self._dice.uniform(1.0, 1.2))

    def _wait(self, seconds: float) -> None:
        if self.stopped.wait(seconds) if seconds else self.stopped.is_set():
            raise Postponed(0)


def _server_time(headers: Any) -> datetime | None:
    try:
        return parsedate_to_datetime(headers["Date"])
    except (KeyError, TypeError, ValueError):
        return None
