"""What a metric is called and means: the one place that pages, commands and people read it from."""

from dataclasses import dataclass
from enum import StrEnum

from godview.translating.later import later

NOT_FROM_HISTORY = {"12", "24", "27"}


class Unit(StrEnum):
    SHARE = "share"
    TIMES = "times"
    CLIENTS = "clients"
    DAYS = "days"
    MONTHS = "months"
    PER_CENT = "per cent"
    TESTS = "tests"
    POINTS = "points"
    INDEX = "index"  # from −1 to +1
    INVOICES = "invoices"
    MONEY = "money"  # shown as the reporting currency


@dataclass(frozen=True, slots=True)
class Metric:
    """One number of the agency.

    `threshold` is where it stops being good: the standard or the target. Without one, it is judged
    against its own history.
    """

    key: str
    name: str
    unit: Unit
    definition: str  # in plain words
    formula: str
    chapter: str  # of docs/definitions.md
    threshold: float | None = None
    lower_is_better: bool = False
    shown_on: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()  # the same thing counted more kindly or more strictly
    permission: str = ""  # needed for the number of a part of the agency
    counts: str = later("{part} of {whole}")  # how its part and its whole are said

    @property
    def source(self) -> str:
        return f"docs/definitions.md, {self.chapter}"

    @property
    def keeps_entries(self) -> bool:
        """Whether it is kept when each fact was entered: not of tasks, and not of scores."""
        return self.chapter not in NOT_FROM_HISTORY

    def is_breached_by(self, value: float | None) -> bool:
        """Whether a value is on the wrong side of the threshold; unknown is not."""
        if value is None or self.threshold is None:
            return False
        return value > self.threshold if self.lower_is_better else value < self.threshold
