from datetime import date
from decimal import Decimal

import pytest

from godview.periods import Period
from metrics.formulas.book import Book
from metrics.formulas.movements import movements
from metrics.formulas.mrr import Fee, MissingRateError, Rates
from metrics.formulas.pauses import Pause
from metrics.formulas.retention import Spell, tenure

D = Decimal
SINCE = date(2025, 1, 1)
JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))


def fee(amount: int, start: date = SINCE, end: date | None = None, **more) -> Fee:
    model = more.get("model", "retainer")
    return Fee("Halden", start, end, D(amount), more.get("currency", "EUR"), "month", model)


def book(*fees: Fee, served: list[Spell] | None = None, pauses: tuple[Pause, ...] = ()) -> Book:
    rates = Rates("EUR", {"USD": [(SINCE, D("1.10")), (date(2026, 6, 20), D("1.08"))]})
    spells = served if served is not None else [Spell(SINCE)]
    return Book({"Halden": tenure("Halden", spells)}, {"Halden": fees}, rates, {"Halden": pauses})


def moved(kept: Book):
    return movements([kept.standing("Halden", JUNE)])


def test_ending_one_of_two_contracts_is_a_contraction():
    bridge = moved(book(fee(3000), fee(1000, end=date(2026, 6, 10))))
    assert (bridge.contraction, bridge.churned) == (1000, 0)


def test_a_new_price_on_the_boundary_day_belongs_to_the_period_it_is_seen_in():
    kept = book(fee(3000, end=JUNE.end), fee(3500, start=JUNE.end))
    assert moved(kept).expansion == 500


def test_a_fee_left_open_by_a_client_who_left_is_not_revenue():
    kept = book(fee(3000), served=[Spell(SINCE, date(2026, 6, 15))])
    assert kept.mrr(["Halden"], date(2026, 6, 14)).amount == 3000
    assert kept.mrr(["Halden"], date(2026, 6, 15)).amount == 0
    assert moved(kept).churned == 3000


def test_a_client_who_comes_back_is_a_reactivation_even_with_a_new_contract():
    spells = [Spell(SINCE, date(2025, 9, 1)), Spell(date(2026, 6, 5))]
    kept = book(fee(3000, end=date(2025, 9, 1)), fee(2000, start=date(2026, 6, 5)), served=spells)
    assert (moved(kept).reactivation, moved(kept).new) == (2000, 0)


def test_a_client_who_never_paid_is_new_however_long_it_is_served():
    assert moved(book(fee(2000, start=date(2026, 6, 5)))).new == 2000


def test_only_variable_work_before_makes_the_first_contract_new():
    hours = fee(900, end=date(2026, 6, 5), model="time_and_materials")
    assert moved(book(hours, fee(2000, start=date(2026, 6, 5)))).new == 2000


def test_a_client_on_hold_pays_nothing_and_what_it_would_pay_is_shown():
    kept = book(fee(3000), pauses=(Pause(date(2026, 6, 10), date(2026, 7, 10)),))
    assert kept.mrr(["Halden"], date(2026, 6, 15)).amount == 0
    assert kept.paused_mrr(["Halden"], date(2026, 6, 15)).amount == 3000
    assert kept.mrr(["Halden"], date(2026, 7, 10)).amount == 3000
    assert kept.paused_mrr(["Halden"], date(2026, 7, 10)).amount == 0
    assert moved(kept).paused == 3000


def test_a_change_of_rate_stands_on_its_own_line():
    bridge = moved(book(fee(1000, currency="USD")))
    assert (bridge.start, bridge.end, bridge.fx, bridge.contraction) == (1100, 1080, -20, 0)
    assert bridge.unexplained == 0


def test_a_currency_first_seen_in_the_period_is_valued_at_its_end():
    rates = Rates("EUR", {"GBP": [(date(2026, 6, 10), D("1.2"))]})
    kept = Book(
        {"Halden": tenure("Halden", [Spell(date(2026, 6, 10))])},
        {"Halden": [fee(1000, start=date(2026, 6, 10), currency="GBP")]},
        rates,
    )
    assert (moved(kept).new, moved(kept).fx) == (1200, 0)


def test_a_currency_without_a_rate_makes_the_sum_unknown():
    with pytest.raises(MissingRateError, match="CHF"):
        book(fee(1000), fee(1000, currency="CHF")).mrr(["Halden"], date(2026, 6, 1))


def test_a_client_nobody_has_heard_of_pays_nothing():
    assert book().mrr(["Nobody"], date(2026, 6, 1)).amount == 0
