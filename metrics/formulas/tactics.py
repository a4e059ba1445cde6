"""Which of the things we tried for clients worked?"""

from dataclasses import dataclass

from metrics.formulas.ratio import Ratio

SHRINK_WINS, SHRINK_CASES = 6, 10  # as if each record began with 6 wins of 10


@dataclass(frozen=True, slots=True)
class TacticRecord:
    """Verdicts on tactics that are over. Running ones have none yet."""

    wins: int = 0
    losses: int = 0
    inconclusive: int = 0

    def __add__(self, other: "TacticRecord") -> "TacticRecord":
        """Counts add up; rates never do."""
        return TacticRecord(
            self.wins + other.wins,
            self.losses + other.losses,
            self.inconclusive + other.inconclusive,
        )

    @property
    def decided(self) -> int:
        return self.wins + self.losses

    @property
    def closed(self) -> int:
        return self.decided + self.inconclusive

    @property
    def odds(self) -> str:
        """Wins to losses as it is said: 7:3, and 7:0 where no ratio exists."""
        return f"{self.wins}:{self.losses}"


def tactic_win_rate(record: TacticRecord) -> Ratio:
    """Share of the decided tactics that won.

    Unit:    share in [0, 1]; those without a clear result are not in it.
    Unknown: none decided.
    Error:   see `wilson`; 7 of 10 may be 40 % or 89 %.
    Source:  docs/definitions.md, 14.
    """
    return Ratio(record.wins, record.decided)


def tactic_win_loss_ratio(record: TacticRecord) -> Ratio:
    """Wins for each loss.

    Unit:    times.
    Unknown: no loss yet; then say the odds, such as 7:0.
    Error:   wide while losses are few.
    Source:  docs/definitions.md, 14.
    """
    return Ratio(record.wins, record.losses)


def decisive_share(record: TacticRecord) -> Ratio:
    """Share of all closed tactics that gave a clear answer.

    Unit, Error: as `tactic_win_rate`. Unknown: none closed. Source: docs/definitions.md, 14.
    """
    return Ratio(record.decided, record.closed)


def shrunk_win_rate(record: TacticRecord) -> float:
    """A win rate to rank by: few cases are pulled to the middle, so 3 of 3 is below 24 of 30.

    Unit:    share in (0, 1).
    Unknown: never; without cases it is 0.6.
    Error:   it is biased on purpose; show the plain rate beside it.
    Source:  docs/definitions.md, 14.
    """
    return (record.wins + SHRINK_WINS) / (record.decided + SHRINK_CASES)
