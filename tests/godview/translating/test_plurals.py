"""One, two, five and twenty-one, in each language by its own catalogue."""

from datetime import date

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import get_format

from godview.periods import monday_of
from godview.templatetags.display import counted, days_ago
from godview.translating import catalogues

COUNTS = (1, 2, 5, 21)


@pytest.mark.parametrize(
    ("language", "clients", "days"),
    [
        (
            "en",
            ["1 client", "2 clients", "5 clients", "21 clients"],
            ["yesterday", "2 days ago", "5 days ago", "21 days ago"],
        ),
        (
            "es",
            ["1 cliente", "2 clientes", "5 clientes", "21 clientes"],
            ["ayer", "hace 2 días", "hace 5 días", "hace 21 días"],
        ),
        (
            "ru",
            ["1 клиент", "2 клиента", "5 клиентов", "21 клиент"],
            ["вчера", "2 дня назад", "5 дней назад", "21 день назад"],
        ),
        (
            "pl",
            ["1 klient", "2 klientów", "5 klientów", "21 klientów"],
            ["wczoraj", "2 dni temu", "5 dni temu", "21 dni temu"],
        ),
        (
            "ko",
            ["고객 1곳", "고객 2곳", "고객 5곳", "고객 21곳"],
            ["어제", "2일 전", "5일 전", "21일 전"],
        ),
    ],
)
def test_each_language_counts_as_its_readers_do(language, clients, days):
    with translation.override(language):
        assert [counted(count, "client") for count in COUNTS] == clients
        assert [days_ago(count) for count in COUNTS] == days


@pytest.mark.parametrize(("language", "forms"), [("es", 2), ("ru", 3), ("pl", 3), ("ko", 1)])
def test_every_counted_text_has_as_many_forms_as_the_language(language, forms):
    catalog = catalogues.read(language)
    plurals = [message for message in catalog if isinstance(message.id, tuple)]
    assert catalog.num_plurals == forms
    assert len(plurals) > 100
    assert {len(message.string) for message in plurals} == {forms}


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_a_week_begins_on_monday_in_every_language(language):
    with translation.override(language):
        assert get_format("FIRST_DAY_OF_WEEK") == 1
        assert monday_of(date(2026, 11, 22)) == date(2026, 11, 16)
