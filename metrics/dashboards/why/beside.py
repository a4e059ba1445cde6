"""The same thing counted more kindly and more strictly, side by side, with the gap between."""

from dataclasses import dataclass
from decimal import Decimal

from metrics.catalogue import CATALOGUE, Metric
from metrics.dashboards.numbers import NUMBERS, Facts
from metrics.dashboards.onward import Onward
from metrics.dashboards.why.words import in_words
from metrics.dashboards.why.worked import worked

Value = Decimal | float | None


@dataclass(frozen=True, slots=True)
class Beside:
    """`gap` is in points: how much higher it is than the number that the page is about."""

    name: str
    value: str
    worked: str
    gap: float | None
    url: str


def beside(metric: Metric, facts: Facts, scope: str, period: str, onward: Onward) -> list[Beside]:
    mine = NUMBERS[metric.key](facts).value
    found = []
    for key in metric.beside:
        other = NUMBERS[key](facts)
        found.append(
            Beside(
                name=CATALOGUE[key].name,
                value=in_words(other),
                worked=worked(key, facts, other),
                gap=_gap(mine, other.value),
                url=onward.on(facts.as_of).to("why", key, scope=scope, period=period),
            )
        )
    return found


def _gap(mine: Value, other: Value) -> float | None:
    return None if mine is None or other is None else 100 * (float(other) - float(mine))
