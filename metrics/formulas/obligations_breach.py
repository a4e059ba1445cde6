"""How often do promises between client and agency wait longer than agreed?"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from metrics.formulas.ratio import Ratio

ALLOWED_BUSINESS_DAYS = 1.0


class Duty(NamedTuple):
    """Something one side owed the other: a reply, a text, an access."""

    due_at: datetime  # after an agreed extension: the extended moment
    done_at: datetime | None  # an out-of-office reply is not an answer

    def is_due(self, now: datetime) -> bool:
        return self.due_at <= now

    def is_breached(self, now: datetime) -> bool:
        """Late or never. Done just when it was due is in time; still open then is not."""
        if not self.is_due(now):
            return False
        return self.done_at is None or self.done_at > self.due_at


def breach_rate(duties: Iterable[Duty], now: datetime) -> Ratio:
    """Share of what was due by now that was done late or never.

    What is open and not due yet says nothing, and is left out. A later answer does not undo it.

    Unit:    share in [0, 1].
    Unknown: nothing was due.
    Error:   see `wilson`.
    Source:  docs/definitions.md, 25.
    """
    due = [duty for duty in duties if duty.is_due(now)]
    return Ratio(sum(duty.is_breached(now) for duty in due), len(due))


def lost_days(waited: float, allowed: float = ALLOWED_BUSINESS_DAYS) -> float:
    """Business days waited beyond the one that was agreed.

    Unit:    business days in the client's calendar; the input too.
    Unknown: never; for what is still open, what has been waited so far.
    Error:   as exact as the holidays of the calendar.
    Source:  docs/definitions.md, 25: 7.5 waited are 6.5 lost.
    """
    return max(0.0, waited - allowed)
