from decimal import Decimal

import pytest

from metrics.formulas.measure import Measure, of_count, of_money, of_ratio, unknown
from metrics.formulas.ratio import Ratio


def test_a_share_is_handed_out_with_its_counts():
    assert of_ratio(Ratio(18, 20), "share", "nobody").as_json() == {
        "value": 0.9,
        "part": 18,
        "whole": 20,
        "unit": "share",
        "reason": None,
        "small_base": False,
    }


def test_an_unknown_share_says_why():
    measure = of_ratio(Ratio(0, 0), "share", "no clients at the start")
    assert measure.as_json()["value"] is None
    assert measure.reason == "no clients at the start"
    with pytest.raises(ValueError, match="must say why"):
        Measure(value=None, unit="share")


def test_money_is_a_number_to_the_cent():
    measure = of_money(Decimal("433.3349"), "EUR", clients=1, of_clients=2)
    assert measure.as_json()["value"] == 433.33
    assert unknown("EUR", "no exchange rate").as_json()["value"] is None


def test_a_share_of_money_is_small_when_few_clients_are_behind_it():
    assert of_ratio(Ratio(Decimal(3000), Decimal(20000)), "share", "none", cases=5).small_base
    assert not of_ratio(Ratio(Decimal(3), Decimal(10)), "share", "none", cases=50).small_base


def test_a_count_of_few_is_a_small_base():
    assert of_count(1, "clients", whole=6).small_base
    assert not of_count(1, "clients", whole=60).small_base
