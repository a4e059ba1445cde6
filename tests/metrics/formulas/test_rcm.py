from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.rcm import RcmClient, RcmCode, Wakefulness, fifths, halves, rcm


def test_ten_sums_of_money_fall_into_fifths_and_equal_ones_share_a_score():
    assert fifths([1, 1, 1, 2, 3, 4, 5, 8, 8, 20]) == [1, 1, 1, 2, 3, 3, 4, 5, 5, 5]


def test_of_days_few_are_good():
    days = [3, 10, 10, 30, 45, 60, 90, 120, 200, 400]
    assert fifths(days, low_is_good=True) == [5, 5, 5, 4, 3, 3, 2, 2, 1, 1]


def test_if_all_are_equal_all_get_3():
    assert fifths([7] * 40) == [3] * 40
    assert fifths([]) == []


def client(n, days=10, capacity=100, money=50):
    return RcmClient(n, days, capacity, money)


def test_a_small_base_is_cut_in_two_at_the_median():
    table = rcm([client(1, 5, 10, 1), client(2, 50, 20, 2), client(3, 500, 30, 3)])
    assert table.binary
    assert [code.code for code in table.codes] == ["100", "111", "011"]


def test_or_at_a_threshold_that_itself_counts_as_reached():
    table = rcm([client(1, 30, 100, Decimal(9))], recency=30, capacity=101, money=Decimal(9))
    assert [code.code for code in table.codes] == ["101"]
    assert halves([]) == []


def test_from_25_clients_on_there_are_fifths():
    assert rcm([client(n) for n in range(24)]).binary
    table = rcm([client(n, days=n, capacity=n, money=n) for n in range(25)])
    assert not table.binary
    assert table.codes[0].code == "511"
    assert table.codes[24].code == "155"


def test_without_capacity_there_is_no_code_but_a_line_in_the_list_of_what_is_missing():
    table = rcm([client(1), client(2, capacity=None), client(3, days=None, money=None)])
    assert [code.client for code in table.codes] == [1]
    assert table.missing == ((2, ("capacity",)), (3, ("last paid work", "money")))


@pytest.mark.parametrize(
    ("digits", "state", "word"),
    [
        ("555", Wakefulness.ACTIVE, "Best clients"),
        ("551", Wakefulness.ACTIVE, "perhaps drop"),
        ("515", Wakefulness.ACTIVE, "do not push"),
        ("155", Wakefulness.SLEEPING, "Wake them up"),
        ("111", Wakefulness.SLEEPING, "Let them rest"),
        ("355", Wakefulness.BETWEEN, "Wake them up"),
    ],
)
def test_each_code_has_its_rule_to_work_by(digits, state, word):
    code = RcmCode("them", *(int(digit) for digit in digits), binary=False)
    assert code.wakefulness is state
    assert word in code.rule


def test_on_a_small_base_1_is_high():
    assert RcmCode("them", 1, 1, 1, binary=True).rule.startswith("Best clients")
    assert RcmCode("them", 0, 0, 0, binary=True).wakefulness is Wakefulness.SLEEPING


@settings(max_examples=60)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=60))
def test_more_is_never_scored_lower_and_the_two_directions_mirror(values):
    scores = fifths(values)
    pairs = sorted(zip(values, scores, strict=True))
    assert [score for _, score in pairs] == sorted(scores)
    assert set(scores) <= {1, 2, 3, 4, 5}
    assert fifths([-value for value in values], low_is_good=True) == scores
