from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.ratio import Ratio
from metrics.formulas.waterfall import waterfall_of_shares, waterfall_of_sums

PODS = st.dictionaries(
    st.sampled_from("ABCDEF"),
    st.integers(0, 40).flatmap(lambda n: st.builds(Ratio, st.integers(0, n), st.just(n))),
    max_size=6,
)
SUMS = st.dictionaries(
    st.sampled_from("ABCDEF"), st.decimals(-1000, 1000, allow_nan=False, places=2), max_size=6
)


def test_pod_cobalt_explains_most_of_the_drop():
    before = {"Amber": Decimal(9000), "Cobalt": Decimal(8000), "Fern": Decimal(3000)}
    after = {"Amber": Decimal(8500), "Cobalt": Decimal(5000), "Fern": Decimal(3300)}
    found = waterfall_of_sums(before, after)
    assert found.change == -3200
    assert found.leader.part == "Cobalt"
    assert found.leader.value == -3000
    assert found.leader_share == pytest.approx(0.9375)
    assert found.explains_most


def test_a_growth_is_led_by_the_part_that_grew_most():
    found = waterfall_of_sums({"A": 1, "B": 5}, {"A": 7, "B": 4})
    assert [one.part for one in found.contributions] == ["A", "B"]
    assert found.leader_share == pytest.approx(1.2)


def test_a_part_that_is_new_or_gone_counts_from_or_to_nothing():
    found = waterfall_of_sums({"A": 3}, {"B": 1})
    assert {one.part: one.change for one in found.contributions} == {"A": -3, "B": 1}


def test_without_a_change_nobody_leads():
    assert waterfall_of_sums({"A": 3, "B": 2}, {"A": 2, "B": 3}).leader is None
    assert waterfall_of_sums({}, {}).leader is None
    assert not waterfall_of_sums({}, {}).explains_most


def test_the_pod_whose_own_rate_fell_explains_the_drop_of_a_share():
    before = {"Amber": Ratio(19, 20), "Cobalt": Ratio(19, 20)}
    after = {"Amber": Ratio(19, 20), "Cobalt": Ratio(15, 20)}
    found = waterfall_of_shares(before, after)
    assert found.leader.part == "Cobalt"
    assert found.leader.change == Fraction(-1, 10) == found.change


def test_a_weaker_pod_that_grew_lowers_the_whole_without_having_changed():
    before = {"Amber": Ratio(18, 20), "Cobalt": Ratio(10, 20)}
    after = {"Amber": Ratio(9, 10), "Cobalt": Ratio(15, 30)}
    found = waterfall_of_shares(before, after)
    assert found.change == Fraction(-1, 10)
    assert sum(one.change for one in found.contributions) == Fraction(-1, 10)


def test_a_share_of_nobody_cannot_be_explained():
    assert waterfall_of_shares({}, {"A": Ratio(1, 2)}) is None
    assert waterfall_of_shares({"A": Ratio(1, 2)}, {"A": Ratio(0, 0)}) is None


@settings(max_examples=60)
@given(PODS, PODS)
def test_the_parts_of_a_share_add_up_exactly(before, after):
    found = waterfall_of_shares(before, after)
    if found is None:
        return
    assert sum(one.change for one in found.contributions) == found.change
    assert found.after == Fraction(
        sum(one.part for one in after.values()), sum(one.whole for one in after.values())
    )


@settings(max_examples=60)
@given(SUMS, SUMS)
def test_the_parts_of_a_sum_add_up_to_the_cent(before, after):
    found = waterfall_of_sums(before, after)
    assert sum(one.change for one in found.contributions) == found.change
    assert found.change == Fraction(sum(after.values())) - Fraction(sum(before.values()))
