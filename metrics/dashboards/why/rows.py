"""The rows behind a number: what each says, and what it adds to the part and to the whole."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.formulas.ratio import Quantity, Ratio

NOTHING = Ratio(0, 0)
Cells = tuple[Any, ...]


class Kind(StrEnum):
    """How the cells of a column are written; a CSV gets them raw."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    DAYS = "days"
    SHARE = "share"
    TIMES = "times"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind = Kind.TEXT

    @property
    def is_number(self) -> bool:
        return self.kind is not Kind.TEXT


class Link(NamedTuple):
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `amount` is what it adds to a number that is a sum, or one of the values that a
    middle or a maximum is taken from. Its cells are written only when they are shown."""

    fill: Callable[[], Cells]
    counts: Ratio = NOTHING
    amount: float | Decimal | None = None
    state: str = ""

    @property
    def cells(self) -> Cells:
        return self.fill()

    @property
    def side(self) -> str:
        """part: it is in the part. rest: only in the whole. out: in neither."""
        if self.counts.part:
            return "part"
        return "rest" if self.counts.whole else "out"


@dataclass(frozen=True, slots=True)
class Words:
    """What the sides of a number are called: kept, left, not counted."""

    part: str
    rest: str
    out: str = later("not counted")

    def of(self, side: str) -> str:
        return {"part": self.part, "rest": self.rest, "out": self.out}[side]


@dataclass(frozen=True, slots=True)
class Rows:
    """`total` counts all rows behind the number; `rows` are those that the reader may see.

    With `words`, every row says on which side of the number it stands. `sums` says that the
    number is the sum of the amounts.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    total: int
    noun: str = noun("row")
    words: Words | None = None
    sums: bool = False

    @property
    def hidden(self) -> int:
        return self.total - len(self.rows)

    @property
    def counts(self) -> Ratio:
        """What the shown rows add up to: the part and the whole, if all are shown."""
        return added(row.counts for row in self.rows)

    @property
    def amount(self) -> float | Decimal:
        amounts = (row.amount for row in self.rows if row.amount is not None)
        return sum(amounts, start=Decimal(0))

    def on(self, side: str) -> Sequence[Row]:
        """The rows of one side; all of them for no side."""
        return [row for row in self.rows if row.side == side] if side else self.rows


def added(counts: Iterable[Ratio]) -> Ratio:
    part: Quantity = 0
    whole: Quantity = 0
    for one in counts:
        part, whole = part + one.part, whole + one.whole
    return Ratio(part, whole)
