"""Which clients stayed, and which left: client retention and logo churn."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from godview.periods import Period
from metrics.formulas.ratio import Ratio


class Spell(NamedTuple):
    """A stretch in which a client was served: from `start` up to, and without, `end`."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Tenure:
    """One client's spells, oldest first, apart from each other. `tenure` makes it from raw rows."""

    client: Hashable
    spells: tuple[Spell, ...]

    def covers(self, day: date) -> bool:
        """A client who leaves on `day` is already gone that day."""
        # Asked for every client and instant, so without the calls that any() makes.
        for start, end in self.spells:  # noqa: SIM110
            if start <= day and (end is None or day < end):
                return True
        return False

    @property
    def began(self) -> date | None:
        """The day on which we first served the client."""
        return self.spells[0].start if self.spells else None

    def start_of_spell(self, day: date) -> date | None:
        """Since when the client has been with us without a break, seen from `day`."""
        return next((spell.start for spell in self.spells if spell.covers(day)), None)


def tenure(client: Hashable, spells: Iterable[Spell]) -> Tenure:
    """Join spells that touch or overlap: a contract renewed, or a second one beside the first."""
    joined: list[Spell] = []
    kept = (spell for spell in spells if spell.end is None or spell.start < spell.end)
    for spell in sorted(kept, key=lambda spell: spell.start):
        last = joined[-1] if joined else None
        if last is None or (last.end is not None and last.end < spell.start):
            joined.append(spell)
        elif last.end is not None and (spell.end is None or spell.end > last.end):
            joined[-1] = Spell(last.start, spell.end)
    return Tenure(client, tuple(joined))


@dataclass(frozen=True, slots=True)
class Headcount:
    """Who came and went in a period; events dated after its start, up to and on its end.

    `start` + `gained` + `returned` - `lost` is `end`, always.
    """

    start: int
    end: int
    retained: int
    gained: int  # started for the first time ever
    returned: int  # started again
    lost: int  # left; one client can leave twice
    left_and_came_back: tuple[Hashable, ...]  # here at both ends, away in between
    joined_and_left: int  # first started and left inside the period


def headcount(tenures: Iterable[Tenure], period: Period) -> Headcount:
    """Count the clients at both ends of a period and what happened in between."""
    start = end = retained = gained = returned = lost = joined_and_left = 0
    came_back: list[Hashable] = []
    for client in tenures:
        at_start, at_end = client.covers(period.start), client.covers(period.end)
        starts = [s for s in client.spells if _inside(s.start, period)]
        ends = sum(_inside(s.end, period) for s in client.spells)
        is_new = bool(starts) and starts[0].start == client.began
        start += at_start
        end += at_end
        retained += at_start and at_end
        gained += is_new
        returned += len(starts) - is_new
        lost += ends
        joined_and_left += is_new and _inside(starts[0].end, period)
        if at_start and at_end and ends:
            came_back.append(client.client)
    return Headcount(
        start, end, retained, gained, returned, lost, tuple(came_back), joined_and_left
    )


def _inside(day: date | None, period: Period) -> bool:
    """An event counts when its result is seen at the end and not yet at the start."""
    return day is not None and period.start < day <= period.end


def retention_rate(count: Headcount) -> Ratio:
    """Share of the clients served when the period starts who are still served when it ends.

    Clients won in between are left out, so new business cannot hide a loss. A client who left
    and came back in between counts as kept.

    Unit:    share in [0, 1] over the period, not annualised; the churn rate is 1 minus it.
    Unknown: nobody at the start gives a ratio without value, never 0 or 1.
    Error:   one standard error is sqrt(p(1 - p) / n); 18 of 20 is 0.90 give or take 0.07.
    Source:  docs/definitions.md, 1.
    """
    return Ratio(count.retained, count.start)


def seed_retention_rate(count: Headcount) -> Ratio:
    """The formula in print: clients at the end without those gained, over clients at the start.

    Shown beside the true form; wrong when a client joins and leaves inside the period (too low,
    even below 0), or returns (too high).

    Unit:    share over the period.
    Unknown: nobody at the start.
    Error:   as `retention_rate`, plus the two faults above.
    Source:  docs/definitions.md, 1; seed trap: start 10, 4 won, 2 left is 80 %, never 60 %.
    """
    return Ratio(count.end - count.gained, count.start)


def logo_churn_rate(count: Headcount) -> Ratio:
    """Share of the clients served when the period starts who are gone when it ends.

    Unit:    share in [0, 1] over the period.
    Unknown: nobody at the start.
    Error:   as `retention_rate`; the two always add up to 1.
    Source:  docs/definitions.md, 2 (ChartMogul's form: joined and left, and left and came back,
             are no churn).
    """
    return retention_rate(count).rest


def churn_between(tenures: Iterable[Tenure], period: Period) -> Ratio:
    """`logo_churn_rate` straight from the tenures, where the rest of the headcount is not needed.

    Unit, Unknown, Error, Source: as `logo_churn_rate`.
    """
    start, end = period.start, period.end
    stayed = [client.covers(end) for client in tenures if client.covers(start)]
    return Ratio(len(stayed) - sum(stayed), len(stayed))


def stripe_churn_rate(count: Headcount) -> Ratio:
    """Every departure in the period over everybody who could have left, new clients too.

    Unit:    share over the period; above 1 only if clients leave more than once.
    Unknown: nobody at the start and nobody new.
    Error:   as `retention_rate`.
    Source:  docs/definitions.md, 2 (Stripe's form).
    """
    return Ratio(count.lost, count.start + count.gained)


def annual_rate(monthly: float) -> float:
    """What a monthly churn rate comes to in a year, if every month is like it: 3 % is 30.6 %.

    Unit:    share a year from a share a month.
    Unknown: never.
    Error:   that of the month, about twelve times as wide while it is small.
    Source:  docs/definitions.md, 2.
    """
    return 1 - (1 - monthly) ** 12


def monthly_rate(over_period: float, months: float) -> float:
    """The even monthly churn that adds up to this much over so many months.

    Unit:    share a month.
    Unknown: never; one month is returned as it is.
    Error:   that of the period, over the months.
    Source:  docs/definitions.md, 2, the other way round.
    """
    return over_period if months == 1 else float(1 - (1 - over_period) ** (1 / months))


def clients_on(tenures: Sequence[Tenure], day: date) -> int:
    """How many clients are served on a day."""
    return sum(client.covers(day) for client in tenures)
