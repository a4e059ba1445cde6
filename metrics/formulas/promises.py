"""How often is what was promised put off in the open, and how often is it tried in silence?"""

from dataclasses import dataclass

from metrics.formulas.ratio import Ratio


@dataclass(frozen=True, slots=True)
class PromiseRecord:
    """The promises that were due in a period; what was added after a lock was not promised."""

    committed: int = 0
    postponed: int = 0  # with an approved postponement, once or more
    days_slipped: int = 0  # of the postponed ones together, from the first to the last agreed day
    attempted: int = 0  # changed without anybody's agreement: moved, deleted, hidden

    def __add__(self, other: "PromiseRecord") -> "PromiseRecord":
        return PromiseRecord(
            self.committed + other.committed,
            self.postponed + other.postponed,
            self.days_slipped + other.days_slipped,
            self.attempted + other.attempted,
        )


def postponement_rate(record: PromiseRecord) -> Ratio:
    """Share of the promises that were put off with a reason and an approval.

    Unit:    share in [0, 1]; 3 of 20 is 15 %.
    Unknown: nothing was due.
    Error:   see `wilson`.
    Source:  docs/definitions.md, 24.
    """
    return Ratio(record.postponed, record.committed)


def postponement_days_mean(record: PromiseRecord) -> Ratio:
    """How many days a postponed promise slipped, on average.

    Unit:    days, from the promised to the last approved day.
    Unknown: nothing was postponed.
    Error:   a few long ones rule it while there are few.
    Source:  docs/definitions.md, 24.
    """
    return Ratio(record.days_slipped, record.postponed)


def attempted_change_rate(record: PromiseRecord) -> Ratio:
    """Share of the promises that somebody changed without asking.

    Unit, Unknown, Error: as `postponement_rate`. Source: docs/definitions.md, 24.
    """
    return Ratio(record.attempted, record.committed)
