"""How long our clients have not heard from us: on average, and at worst."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.formulas.ratio import Ratio
from metrics.formulas.spread import median

CONTACT_STANDARD_DAYS = 10


def days_since_contact(last_touch: date | None, client_since: date, as_of: date) -> int:
    """Days since the client last heard from us as a person; never so far: since it is a client.

    A touch dated after `as_of` has not happened yet.

    Unit:    days; the same day is 0, and a client who starts today is at 0.
    Unknown: never, for a client served on that day.
    Error:   a touch that nobody logged makes it too long.
    Source:  docs/definitions.md, 11.
    """
    known = last_touch if last_touch is not None and last_touch <= as_of else None
    return (as_of - (known or client_since)).days


@dataclass(frozen=True, slots=True)
class Silence:
    """Days since contact over a group of clients. The average alone hides who was forgotten."""

    clients: int
    total_days: int
    median: float | None
    longest: int | None
    over_standard: int

    @property
    def mean(self) -> Ratio:
        return Ratio(self.total_days, self.clients)

    @property
    def share_over_standard(self) -> Ratio:
        return Ratio(self.over_standard, self.clients)


def silence(days: Sequence[int], standard: int = CONTACT_STANDARD_DAYS) -> Silence:
    """Average, middle and longest wait, and how many wait longer than the standard.

    Unit:    days, and clients; exactly the standard is still within it.
    Unknown: no clients, no figures.
    Error:   that of the days.
    Source:  docs/definitions.md, 11.
    """
    return Silence(
        clients=len(days),
        total_days=sum(days),
        median=median(days),
        longest=max(days, default=None),
        over_standard=sum(wait > standard for wait in days),
    )
