"""How many clients came, left and returned, month by month.

Growth from an eighth of the size of today; a revolving door at five eighths, where about as many
leave as come; then a better process, and growth again.
"""

from dataclasses import dataclass
from datetime import date

from godview.periods import add_months

DOOR_OPENS, DOOR_CLOSES, LAST_QUARTER = 15 / 36, 23 / 36, 33 / 36
SHARE_AT_START, SHARE_IN_THE_DOOR, SHARE_BEFORE_LAST_QUARTER = 20 / 160, 100 / 160, 153 / 160


@dataclass
class Month:
    """What changed after `start` and up to `end`."""

    start: date
    end: date
    adds: int
    losses: int
    returns: int

    @property
    def days(self) -> int:
        return (self.end - self.start).days


@dataclass(frozen=True)
class Plan:
    at_start: int
    months: list[Month]

    def month_with(self, day: date) -> int:
        return next(n for n, month in enumerate(self.months) if month.start < day <= month.end)


def plan(clients: int, months: int, today: date) -> Plan:
    """`clients` at `today`, and the same story in whatever time and size."""
    sizes = [_size(clients, n, months) for n in range(months + 1)]
    losses = _whole([_lost(clients, sizes[n], n, months) for n in range(months)])
    returns = _whole([_returned(losses, n, months) for n in range(months)])
    planned = []
    for n in range(months):
        start, end = add_months(today, n - months), add_months(today, n + 1 - months)
        adds = sizes[n + 1] - sizes[n] + losses[n] - returns[n]
        if adds < 0:
            losses[n] -= adds
            adds = 0
        planned.append(Month(start, end, adds, losses[n], returns[n]))
    return Plan(sizes[0], planned)


def _size(clients: int, month: int, months: int) -> int:
    """How many are served after so many months."""
    at = month / months
    if at >= LAST_QUARTER:
        share = _between(at, LAST_QUARTER, 1, SHARE_BEFORE_LAST_QUARTER, 1)
    elif at >= DOOR_CLOSES:
        share = _between(
            at, DOOR_CLOSES, LAST_QUARTER, SHARE_IN_THE_DOOR, SHARE_BEFORE_LAST_QUARTER
        )
    elif at >= DOOR_OPENS:
        share = SHARE_IN_THE_DOOR
    else:
        share = _between(at, 0, DOOR_OPENS, SHARE_AT_START, SHARE_IN_THE_DOOR)
    return max(1, round(clients * share))


def _between(at: float, start: float, end: float, first: float, last: float) -> float:
    return first + (last - first) * (at - start) / (end - start)


def _lost(clients: int, served: int, month: int, months: int) -> float:
    at = month / months
    if at >= LAST_QUARTER - 1e-9:
        return clients / 160 * 5 / 3
    if at >= DOOR_CLOSES:
        return served * (0.04 if at < DOOR_CLOSES + 1 / 9 else 0.02)
    return served * (0.08 if at >= DOOR_OPENS else 0.03 + 0.02 * at / DOOR_OPENS)


def _returned(losses: list[int], month: int, months: int) -> float:
    """One in twelve of those who left is won back, once the process is better."""
    if not DOOR_CLOSES <= month / months < LAST_QUARTER:
        return 0
    return sum(losses) / 12 / ((LAST_QUARTER - DOOR_CLOSES) * months)


def _whole(shares: list[float]) -> list[int]:
    """Whole numbers that add up to the same: what is cut off one is carried to the next."""
    found, carried = [], 0.0
    for share in shares:
        carried += share
        found.append(int(carried + 1e-9))
        carried -= found[-1]
    return found
