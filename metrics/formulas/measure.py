"""A number as it is handed out: with its counts, its unit, and the reason when there is none."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from metrics.formulas.ratio import Quantity, Ratio

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Measure:
    """The value of one metric. Unknown is None with a reason, never 0."""

    value: float | Decimal | None
    unit: str
    part: Quantity | None = None
    whole: Quantity | None = None
    reason: str | None = None
    small_base: bool = False

    def __post_init__(self) -> None:
        if self.value is None and not self.reason:
            raise ValueError("An unknown number must say why it is unknown.")

    def as_json(self) -> dict[str, Any]:
        return {
            "value": _plain(self.value),
            "part": _plain(self.part),
            "whole": _plain(self.whole),
            "unit": self.unit,
            "reason": self.reason,
            "small_base": self.small_base,
        }


def _plain(number: float | Decimal | None) -> float | int | None:
    """A JSON number: money to the cent, counts as whole numbers."""
    if isinstance(number, Decimal):
        return float(number.quantize(CENT, ROUND_HALF_UP))
    return number


def of_ratio(
    ratio: Ratio, unit: str, nobody: str, cases: int | None = None, times: float = 1
) -> Measure:
    """A share with its counts; `nobody` says why there is none when the whole is empty.

    `cases` is the number of clients or tasks behind it when the whole is not a count.
    """
    value = ratio.value
    base = cases if cases is not None else ratio.whole
    return Measure(
        value=None if value is None else value * times,
        unit=unit,
        part=ratio.part,
        whole=ratio.whole,
        reason=nobody if value is None else None,
        small_base=Ratio(0, base).small_base,
    )


def of_count(count: int, unit: str, whole: int | None = None) -> Measure:
    return Measure(
        value=count,
        unit=unit,
        part=count if whole is not None else None,
        whole=whole,
        small_base=whole is not None and Ratio(0, whole).small_base,
    )


def of_money(amount: Decimal, currency: str, clients: int, of_clients: int) -> Measure:
    """A sum of money, and from how many clients, of how many, it comes."""
    return Measure(value=amount, unit=currency, part=clients, whole=of_clients)


def unknown(
    unit: str, reason: str, part: Quantity | None = None, whole: Quantity | None = None
) -> Measure:
    return Measure(value=None, unit=unit, part=part, whole=whole, reason=reason)
