"""Clients by when they began: how many could leave in each period since, and how many did."""

from collections.abc import Iterable
from typing import NamedTuple

from metrics.formulas.survival import Lived


class Cohort(NamedTuple):
    """Clients who began together, and how many were lost in each period since, up to now."""

    clients: int
    lost: tuple[int, ...]


class Exposure(NamedTuple):
    """Over all cohorts: who could leave in the n-th period of the relationship, and who did."""

    at_risk: int
    lost: int


def exposures(cohorts: Iterable[Cohort]) -> list[Exposure]:
    """Add cohorts up by period of the relationship; each counts up to its own age."""
    table: list[Exposure] = []
    for clients, lost in cohorts:
        here = clients
        for period, gone in enumerate(lost):
            if period == len(table):
                table.append(Exposure(0, 0))
            table[period] = Exposure(table[period].at_risk + here, table[period].lost + gone)
            here -= gone
        if here < 0:
            raise ValueError(f"A cohort of {clients} cannot lose {sum(lost)}.")
    return table


def exposures_of(spells: Iterable[Lived]) -> list[Exposure]:
    """The same from single clients: month 0 is the first period, seen only when it was full.

    Who was taken over from older records counts from the first full period after that.
    """
    table: list[list[int]] = []
    for spell in spells:
        seen = periods_seen(spell)
        table.extend([0, 0] for _ in range(seen.stop - len(table)))
        for period in seen:
            table[period][0] += 1
        if spell.left and seen:
            table[seen[-1]][1] += 1
    return [Exposure(*row) for row in table]


def periods_seen(spell: Lived) -> range:
    """The periods in which this client could have left, as far as we know; there may be none."""
    first = spell.entered + 1 if spell.entered > 0 else 0
    return range(first, spell.lived + 1 if spell.left else spell.lived)
