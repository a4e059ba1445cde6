"""What Asana allows a token: so many requests a minute, refused ones counted too."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import ceil

from tests.asana_double.errors import ApiError


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
