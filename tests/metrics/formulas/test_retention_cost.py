from decimal import Decimal

import pytest

from metrics.formulas.ratio import Ratio
from metrics.formulas.retention_cost import (
    CostKind,
    retention_cost,
    winning_against_keeping,
)

YEAR = retention_cost(
    [
        (CostKind.GIFTS, Decimal(2400)),
        (CostKind.EVENTS, Decimal(1600)),
        (CostKind.EXTRAS, Decimal(3000)),
        (CostKind.HOURS, Decimal(2400)),
        (CostKind.SALARIES, Decimal(18_000)),
        (CostKind.FIXED, Decimal(600)),
    ]
)


def test_80_clients_kept_cost_8750_each_to_operate_and_350_in_full():
    assert (YEAR.operating, YEAR.full) == (7000, 28_000)
    assert YEAR.operating_per_client(80).value == 87.5
    assert YEAR.full_per_client(80).value == 350


def test_when_nobody_was_kept_there_is_no_cost_per_client():
    assert YEAR.operating_per_client(0).value is None
    assert YEAR.full_per_client(0).value is None


def test_nothing_spent_is_nothing_and_not_unknown():
    assert retention_cost([]).full_per_client(80).value == 0


def test_winning_against_keeping_is_counted_from_our_own_books():
    assert winning_against_keeping(Ratio(Decimal(21_000), 6), Ratio(28_000, 80)) == (
        pytest.approx(10)
    )
    assert winning_against_keeping(Ratio(100, 0), Ratio(28_000, 80)) is None
    assert winning_against_keeping(Ratio(100, 1), Ratio(0, 80)) is None
