from decimal import Decimal

import pytest

from metrics.formulas.lifetime import lifetime_margin
from metrics.formulas.margin import ClientMoney, margin

D = Decimal


def test_of_2500_with_1200_of_hours_and_300_passed_through_40_percent_are_left():
    share = margin(ClientMoney(D(2500), D(1200), D(300)))
    assert share.value == pytest.approx(0.40)
    assert lifetime_margin(2500, share.value, 0.04) == pytest.approx(25_000)


def test_a_client_that_costs_more_than_it_pays_has_a_margin_below_zero():
    assert margin(ClientMoney(D(1000), D(1100))).value == pytest.approx(-0.1)


def test_without_hours_or_without_revenue_there_is_no_margin():
    assert margin(ClientMoney(D(1000), None)) is None
    assert margin(ClientMoney(D(0), D(100))).value is None


def test_several_clients_pool_their_money_and_one_unknown_makes_all_unknown():
    both = ClientMoney(D(1000), D(500)) + ClientMoney(D(3000), D(500), D(100))
    assert both == ClientMoney(D(4000), D(1000), D(100))
    assert (both + ClientMoney(D(1), None)).left is None
