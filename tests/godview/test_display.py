from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from godview.templatetags import display

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("share", "decimals", "words"),
    [
        (0.764, 0, "76%"),
        (Decimal("0.625"), 0, "63%"),  # half up, where Python's round() says 62
        (0.9675, 1, "96.8%"),
        (1, 0, "100%"),
        (None, 0, "no data yet"),
    ],
)
def test_a_share_is_written_in_per_cent(share, decimals, words):
    assert display.percent(share, decimals) == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (6400, "EUR", "€6,400"),
        (Decimal("1234.5"), "USD", "$1,235"),
        (-20, "EUR", "−€20"),
        (900, "PLN", "900\xa0zł"),
        (900, "CHF", "900\xa0CHF"),
        (0, "EUR", "€0"),
        (None, "EUR", "no data yet"),
    ],
)
def test_money_carries_its_currency_and_no_cents(amount, currency, words):
    assert display.money(amount, currency) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [(9_999, "€9,999"), (61_200, "€61k"), (1_234_000, "€1.23m"), (-61_200, "−€61k")],
)
def test_money_on_a_tile_is_short_above_ten_thousand(amount, words):
    assert display.money_short(amount, "EUR") == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(Decimal("57.3000"), "57.3"), (Decimal("100.0000"), "100"), (Decimal("-2.1"), "−2.1")],
)
def test_a_number_is_written_as_it_was_typed(value, words):
    assert display.plain(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 7), "7 Nov"),
        (date(2025, 11, 7), "7 Nov 2025"),
        (datetime(2026, 11, 7, 23, 30, tzinfo=UTC), "7 Nov"),
        (None, "–"),
    ],
)
def test_a_day_names_its_year_only_when_it_is_another(value, words):
    assert display.day(value, TODAY) == words


def test_a_moment_is_told_on_the_agencys_clock():
    assert display.moment(datetime(2026, 7, 1, 11, 22, tzinfo=UTC), TODAY) == "Wed 1 Jul, 12:22"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "today"), (1, "yesterday"), (12, "12 days ago"), (None, "never")],
)
def test_days_ago_are_said_as_people_say_them(count, words):
    assert display.days_ago(count) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (59, "0 min"),
        (300, "5 min"),
        (11_400, "3 h 10 min"),
        (7_200, "2 h"),
        (187_200, "2 d 4 h"),
        (172_800, "2 d"),
    ],
)
def test_a_length_of_time_is_told_in_its_two_largest_parts(seconds, words):
    assert display.spell_out(seconds) == words


def test_counts_take_the_plural():
    assert [display.counted(n, "client") for n in (0, 1, 2)] == [
        "0 clients",
        "1 client",
        "2 clients",
    ]
    assert display.plural(1, "reply,replies") == "1 reply"
    assert display.plural(3, "reply,replies") == "3 replies"


def test_a_change_shows_its_sign():
    assert [display.signed(n) for n in (3, -2, 0, None)] == ["+3", "−2", "0", "no data yet"]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Jan Dahl", "JD"), ("Ana de la Ruiz", "AR"), ("Madonna", "M"), ("42", "?")],
)
def test_initials_are_of_the_first_and_the_last_name(name, letters):
    assert display.initials(name) == letters


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Decimal("57.3"), "€", "€57.30"),
        (Decimal("68.0000"), "€", "€68"),
        (Decimal("900"), "zł", "900\xa0zł"),
        (Decimal("2.7"), "%", "2.7%"),
        (Decimal("168.0000"), "/ mo", "168 / mo"),
        (Decimal("5"), "", "5"),
        (None, "€", "no data yet"),
    ],
)
def test_a_goals_number_carries_its_unit_as_people_write_it(value, unit, words):
    assert display.with_unit(value, unit) == words


def test_nothing_is_less_than_nothing():
    assert display.number(-0.04, 1) == "0.0"
    assert display.percent(-0.001) == "0%"
    assert display.percent(-0.14) == "−14%"
