"""What happened, for those who asked to be told: the streams behind `GET /events` and webhooks.

A stream begins with the first token given out for a resource; what happened before was never
anybody's to know. As in Asana a token lives a day, an answer holds a hundred events, and events
may be lost, repeated, late or out of order when a test wants them to be.
"""

import hashlib
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.asana_double.clock import Clock
from tests.asana_double.errors import ApiError

Event = dict[str, Any]
MOST_IN_ONE_ANSWER = 100
LIFETIME = timedelta(hours=24)


class SyncLost(ApiError):
    """412: read the whole resource again, and go on from this fresh token."""

    def __init__(self, fresh: str) -> None:
        super().__init__(
            412,
            "Sync token invalid or too old. If you are attempting to keep resources in sync, you "
            "must fetch the full dataset for this query now and use the new sync token for the "
            "next sync.",
        )
        self.body = {"errors": [{"message": str(self)}], "sync": fresh}


@dataclass
class EventFaults:
    """What the streams do wrong; shares are between 0 and 1, and the dice have a seed."""

    drop: float = 0.0
    duplicate: float = 0.0
    shuffle: bool = False
    delay_seconds: float = 0.0
    delay_share: float = 1.0
    anonymous: float = 0.0  # the user is left out
    forget_old_tokens: bool = False
    seed: int = 1

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)


@dataclass
class Token:
    resource: str
    position: int
    made_at: datetime
    number: int


@dataclass
class Stream:
    events: list[Event] = field(default_factory=list)
    waiting: list[tuple[datetime, Event]] = field(default_factory=list)
    handed: int = 0  # so many have been seen by somebody: their order is settled
    tokens: int = 0
    asked: int = 0  # the newest token that came back

    def settle(self, now: datetime, faults: EventFaults) -> None:
        """Let in what was late; mix what nobody has seen yet."""
        late = [pair for pair in self.waiting if pair[0] > now]
        arrived = [event for due, event in self.waiting if due <= now]
        self.waiting = late
        self.events += arrived
        if faults.shuffle:
            unseen = self.events[self.handed :]
            faults.dice.shuffle(unseen)
            self.events[self.handed :] = unseen


class Journal:
    def __init__(self, clock: Clock, seed: int = 1) -> None:
        self.clock = clock
        self.seed = seed
        self.faults = EventFaults(seed=seed)
        self.streams: dict[str, Stream] = {}
        self.tokens: dict[str, Token] = {}
        self.listeners: list[Callable[[Event, list[str]], None]] = []
        self._lock = threading.Lock()

    @property
    def followed(self) -> bool:
        """Whether anybody wants to know; when not, nothing needs to be written down."""
        return bool(self.streams or self.listeners)

    def record(self, event: Event, reaches: list[str]) -> None:
        """Write one event into the streams of every resource that it bubbles up to."""
        with self._lock:
            for gid in reaches:
                if gid in self.streams:
                    self._into(self.streams[gid], event)
        for listener in self.listeners:
            listener(event, reaches)

    def _into(self, stream: Stream, event: Event) -> None:
        faults, dice = self.faults, self.faults.dice
        if faults.drop and dice.random() < faults.drop:
            return
        if faults.anonymous and dice.random() < faults.anonymous:
            event = {**event, "user": None}
        times = 2 if faults.duplicate and dice.random() < faults.duplicate else 1
        late = faults.delay_seconds and dice.random() < faults.delay_share
        if late:
            due = self.clock.now() + timedelta(seconds=faults.delay_seconds)
            stream.waiting += [(due, event)] * times
        else:
            stream.events += [event] * times

    def read(self, resource: str, sync: str | None) -> tuple[list[Event], str, bool]:
        """The events after a token, the next token, and whether there is more."""
        with self._lock:
            stream = self.streams.setdefault(resource, Stream())
            now = self.clock.now()
            stream.settle(now, self.faults)
            token = self._known(resource, sync, now, stream)
            if token is None:
                raise SyncLost(self._token(resource, stream, len(stream.events), now))
            end = token.position + MOST_IN_ONE_ANSWER
            shown = stream.events[token.position : end]
            reached = token.position + len(shown)
            stream.handed = max(stream.handed, reached)
            fresh = self._token(resource, stream, reached, now)
            return shown, fresh, reached < len(stream.events)

    def lost(self, resource: str) -> SyncLost:
        """Refuse a token that would have been good, as Asana may at any time."""
        with self._lock:
            stream = self.streams.setdefault(resource, Stream())
            stream.settle(self.clock.now(), self.faults)
            return SyncLost(self._token(resource, stream, len(stream.events), self.clock.now()))

    def forget(self, resource: str | None = None) -> None:
        """No token given out until now is good any more, for one resource or for all."""
        gone = [text for text, one in self.tokens.items() if resource in (None, one.resource)]
        for text in gone:
            del self.tokens[text]

    def _known(
        self, resource: str, sync: str | None, now: datetime, stream: Stream
    ) -> Token | None:
        token = self.tokens.get(sync or "")
        if token is None or token.resource != resource or now - token.made_at > LIFETIME:
            return None
        # The last one asked may be asked again: its answer may never have arrived.
        if self.faults.forget_old_tokens and token.number < stream.asked:
            return None
        stream.asked = max(stream.asked, token.number)
        return token

    def _token(self, resource: str, stream: Stream, position: int, now: datetime) -> str:
        stream.handed = max(stream.handed, position)
        stream.tokens += 1
        text = hashlib.md5(f"{self.seed}/{resource}/{stream.tokens}".encode()).hexdigest()
        token = f"{text}:{stream.tokens}"
        self.tokens[token] = Token(resource, position, now, stream.tokens)
        return token
