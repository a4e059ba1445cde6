"""Columns are found by their name, by what others call them, and by what is in them."""

import pytest

from clients.importing.clients import CLIENTS
from clients.importing.guessing import folded, guesses
from clients.importing.kinds import KINDS
from clients.importing.money import FEES
from clients.importing.staff import STAFF
from clients.importing.synonyms import OF_KIND, SYNONYMS
from tasks.importing.kinds import KINDS as TASK_KINDS

HEADERS = {
    "English": ("Client ID", "Company", "Sector", "Country", "Time zone", "State"),
    "Spanish": ("Código", "Empresa", "Industria", "País", "Zona horaria", "Estado"),
    "Russian": ("Код клиента", "Компания", "Отрасль", "Страна", "Часовой пояс", "Статус"),
    "Polish": ("Kod klienta", "Nazwa firmy", "Branża", "Kraj", "Strefa czasowa", "Stan"),
    "Korean": ("고객 번호", "회사명", "업종", "국가", "시간대", "상태"),
}
OURS = ("external_id", "name", "industry", "country", "time_zone", "status")


@pytest.mark.parametrize("language", HEADERS)
def test_headers_are_understood_in_five_languages(language):
    found = guesses(CLIENTS, HEADERS[language], [])
    assert {name: guess.place for name, guess in found.items()} == {
        name: place for place, name in enumerate(OURS)
    }
    assert found["name"].by == "word"


def test_our_own_names_win_over_other_words():
    found = guesses(FEES, ["price", "amount"], [])
    assert (found["amount"].place, found["amount"].by) == (1, "name")


def test_of_two_words_for_one_the_column_whose_values_fit_is_taken():
    rows = [["in spring", "2026-03-01"], ["last May", "2026-05-01"]]
    assert guesses(STAFF, ["Start", "Hire date"], rows)["started_on"].place == 1


def test_values_tell_what_no_word_tells():
    rows = [["ana@agency.example", "designer", "x"], ["leo@agency.example", "sales", "y"]]
    found = guesses(STAFF, ["A", "B", "C"], rows)
    assert {name: (g.place, g.by) for name, g in found.items()} == {
        "email": (0, "values"),
        "role": (1, "values"),
    }


def test_what_fits_two_of_ours_is_left_to_the_person():
    """A date alone may be a start or an end."""
    assert guesses(STAFF, ["A"], [["2026-03-01"]]) == {}


def test_a_column_of_the_file_is_given_once():
    found = guesses(STAFF, ["Title"], [["Ana"]])
    assert list(found) == ["name"]


def test_a_word_is_the_same_without_its_accents_and_asides():
    assert folded(" Teléfono (móvil) *") == folded("TELEFONO")


@pytest.mark.parametrize("kind", [*KINDS, *TASK_KINDS], ids=lambda kind: kind.name)
def test_every_column_has_words_of_others_and_each_kind_knows_its_own_names(kind):
    assert set(kind.column_names) <= set(SYNONYMS)
    assert set(OF_KIND.get(kind.name, {})) <= set(kind.column_names)
