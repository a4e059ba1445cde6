import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ledger.glossary import concepts
from tasks.ledger.names import likeness, plain


@pytest.mark.parametrize(
    "disguise",
    [
        "LANDING PAGE",
        "Landing\u00a0page",
        "Lan\u200bding page",
        "Lаnding pаge",
        "Länding page",
        "Landing page (copy)",
        "Landing page v2",
        "\u202eLanding page",
        "Ｌanding page 17.11.",
    ],
    ids=str,
)
def test_no_disguise_makes_another_name(disguise: str):
    assert plain(disguise) == "landing page"
    assert likeness("Landing page", disguise) == 1.0


def test_names_of_other_things_are_not_alike():
    assert likeness("Landing page", "Quarterly invoice") < 0.2
    assert likeness("Google ads report", "Facebook ads report") < 0.5


def test_the_order_of_words_counts_little():
    assert likeness("Prepare landing page for spring", "Spring landing page: prepare for") > 0.8


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str):
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, other) == pytest.approx(likeness(other, one))


def test_the_same_work_is_recognised_in_five_languages():
    english = concepts("Prepare the monthly report").keys()
    for other in (
        "Preparar el informe mensual",
        "Подготовить ежемесячный отчёт",
        "Przygotować raport miesięczny",
        "월간 보고서 준비",
    ):
        assert concepts(other).keys() == english
