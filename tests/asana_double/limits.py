"""What Asana allows a token: so many requests a minute, so many at once, and so much work.

What was refused counts too.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil

from tests.asana_double.errors import ApiError
from tests.asana_double.routing import Call


@dataclass
class RateLimit:
    """A sliding window for each token; off until `per_minute` is set."""

    per_minute: int | None = None
    window_seconds: float = 60.0
    refused: int = 0
    _calls: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def take(self, token: str, now: float) -> None:
        if self.per_minute is None:
            return
        calls = self._calls[token]
        while calls and calls[0] <= now - self.window_seconds:
            calls.popleft()
        full = len(calls) >= self.per_minute
        calls.append(now)
        if full:
            self.refused += 1
            wait = ceil(calls[-self.per_minute] + self.window_seconds - now)
            raise ApiError(
                429, "You have made too many requests recently.", {"Retry-After": str(max(1, wait))}
            )


@dataclass
class Crowd:
    """Requests of a token that are on their way at the same time."""

    reads: int = 50
    writes: int = 15
    refused: int = 0
    most: int = 0
    _inside: dict[tuple[str, bool], int] = field(default_factory=lambda: defaultdict(int))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def entered(self, call: Call) -> Iterator[bool]:
        """Whether there is still room. Asana refuses the others without telling how long."""
        reads = call.method == "GET"
        key = (call.token, reads)
        with self._lock:
            self._inside[key] += 1
            room = self._inside[key] <= (self.reads if reads else self.writes)
            self.most = max(self.most, self._inside[key])
            self.refused += not room
        try:
            yield room
        finally:
            with self._lock:
                self._inside[key] -= 1


# Fields for which Asana must follow links, and so charges more.
DEAR = ("custom_fields", "followers", "likes", "hearts", "dependencies", "dependents", "tags")


@dataclass
class CostLimit:
    """A bucket of work for each token, charged afterwards: it may fall below nothing."""

    per_minute: float | None = None
    refused: int = 0
    _balance: dict[str, float] = field(default_factory=dict)
    _seen: dict[str, float] = field(default_factory=dict)

    def check(self, token: str, now: float) -> None:
        if self.per_minute is None:
            return
        balance = self._balance.get(token, self.per_minute)
        passed = now - self._seen.get(token, now)
        balance = min(self.per_minute, balance + passed * self.per_minute / 60)
        self._balance[token], self._seen[token] = balance, now
        if balance <= 0:
            self.refused += 1
            self._balance[token] = balance - 1  # a refusal is work too
            wait = ceil((1 - balance) * 60 / self.per_minute)
            raise ApiError(
                429, "You have made too many expensive requests.", {"Retry-After": str(wait)}
            )

    def charge(self, call: Call) -> None:
        if self.per_minute is not None:
            self._balance[call.token] = self._balance.get(call.token, self.per_minute) - cost(call)


def cost(call: Call) -> float:
    """So much for each thing shown, more for each link that must be followed to show it."""
    fields = call.query.get("opt_fields", "").split(",")
    links = sum(1 for path in fields if "." in path)
    dear = sum(1 for path in fields if path.split(".")[0] in DEAR)
    return 1 + call.shown * (0.1 + 0.1 * links + dear)
