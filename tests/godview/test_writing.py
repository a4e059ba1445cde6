from datetime import date

import pytest
from django.utils import translation

from godview.templatetags import display

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("language", "share", "money", "tile", "number"),
    [
        ("en", "96.8%", "€16,400", "€61k", "1,234.5"),
        ("es", "96,8\xa0%", "16.400\xa0€", "61\xa0mil\xa0€", "1234,5"),
        ("ru", "96,8\xa0%", "16\xa0400\xa0€", "61\xa0тыс.\xa0€", "1\xa0234,5"),
        ("pl", "96,8%", "16\xa0400\xa0€", "61\xa0tys.\xa0€", "1234,5"),
        ("ko", "96.8%", "€16,400", "€6.1만", "1,234.5"),
    ],
)
def test_each_language_writes_numbers_as_its_readers_do(language, share, money, tile, number):
    with translation.override(language):
        assert display.percent(0.9675, 1) == share
        assert display.money(16_400, "EUR") == money
        assert display.money_short(61_200, "EUR") == tile
        assert display.number(1234.5, 1) == number


@pytest.mark.parametrize(
    ("language", "day", "weekday", "month"),
    [
        ("en", "7 Nov 2025", "Thu 19 Nov", "Nov 2026"),
        ("es", "7 nov 2025", "jue 19 nov", "nov 2026"),
        ("ru", "7 нояб. 2025", "чт 19 нояб.", "нояб. 2026"),
        ("pl", "7 lis 2025", "czw. 19 lis", "lis 2026"),
        ("ko", "2025년 11월 7일", "11월 19일 (목)", "2026년 11월"),
    ],
)
def test_each_language_writes_dates_in_its_own_order(language, day, weekday, month):
    with translation.override(language):
        assert display.day(date(2025, 11, 7), TODAY) == day
        assert display.weekday(TODAY, TODAY) == weekday
        assert display.month(TODAY) == month


def test_where_no_language_is_spoken_the_source_speaks():
    with translation.override(None):
        assert display.money(16_400, "EUR") == "€16,400"
        assert display.day(date(2026, 9, 7), TODAY) == "7 Sep"
