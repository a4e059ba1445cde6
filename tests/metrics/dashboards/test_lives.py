"""Stretches of clients as lives: what is seen of each, and which segment it belongs to."""

from datetime import date, timedelta

import pytest

from clients.models import Fee
from metrics.dashboards.lives import NOT_KNOWN, OTHERS, lives, segments
from metrics.formulas.book import Book
from metrics.formulas.mrr import Rates
from metrics.formulas.retention import Spell, Tenure
from metrics.formulas.survival import Lived
from metrics.queries.beginnings import records_begin
from metrics.queries.books import read_book
from metrics.queries.scopes import AGENCY
from tests.factories.clients import AssignmentFactory, FeeFactory, PodFactory
from tests.metrics.histories import client

DAY = date(2026, 7, 1)


def book(*tenures: Tenure) -> Book:
    return Book({one.client: one for one in tenures}, {}, Rates("EUR"))


def test_who_was_here_before_the_records_began_is_seen_only_from_then():
    old = Tenure(1, (Spell(date(2025, 1, 1)),))
    assert lives(book(old), DAY, date(2026, 1, 1))[0].lived == Lived(12, 18, left=False)
    assert lives(book(old), DAY, None)[0].lived == Lived(0, 18, left=False)


def test_who_left_before_the_records_began_and_who_comes_later_is_not_counted():
    gone = Tenure(1, (Spell(date(2024, 1, 1), date(2025, 1, 1)),))
    later = Tenure(2, (Spell(DAY + timedelta(days=1)),))
    assert lives(book(gone, later), DAY, date(2026, 1, 1)) == []


def test_a_departure_after_the_day_has_not_happened_yet():
    leaving = Tenure(1, (Spell(date(2026, 1, 1), DAY + timedelta(days=5)),))
    assert lives(book(leaving), DAY, None)[0].lived == Lived(0, 6, left=False)


def test_a_client_who_came_back_lives_twice():
    back = Tenure(1, (Spell(date(2025, 1, 1), date(2025, 6, 1)), Spell(date(2026, 1, 1))))
    assert [life.lived for life in lives(book(back), DAY, None)] == [
        Lived(0, 5, left=True),
        Lived(0, 6, left=False),
    ]


def found_by(by: str) -> dict[str, int]:
    read = read_book(AGENCY, DAY)
    parts = segments(lives(read, DAY, None), by, read)
    return {name: len(mine) for name, mine in parts.items()}


@pytest.mark.django_db
def test_a_segment_is_what_the_client_was_when_it_came():
    amber, basalt = PodFactory(name="Amber"), PodFactory(name="Basalt")
    began = date(2026, 1, 5)
    for number in range(6):
        one = client(f"Moved {number}", (began, None))
        AssignmentFactory(client=one, pod=amber, started_on=began, ended_on=date(2026, 3, 1))
        AssignmentFactory(client=one, pod=basalt, started_on=date(2026, 3, 1))
        FeeFactory(client=one, service="SEO", starts_on=began, ends_on=date(2026, 4, 1))
        FeeFactory(client=one, service="PPC", starts_on=date(2026, 4, 1), finance_model="out_staff")
    assert found_by("pod") == {"Amber": 6}
    assert found_by("service") == {"SEO": 6}
    assert found_by("model") == {str(Fee.FinanceModel.RETAINER.label): 6}
    assert found_by("year") == {"2026": 6}


@pytest.mark.django_db
def test_thirds_by_the_first_fee_and_small_segments_together():
    for number in range(15):
        one = client(f"Client {number}", fee=1000 * (number + 1), industry="Law")
        one.industry = "Law" if number < 9 else f"Trade {number % 3}"
        one.save()
    client("Pays nothing")
    sizes = found_by("size")
    assert list(sizes.values()) == [5, 6, 4, 1]
    assert list(sizes)[-1] == NOT_KNOWN
    assert [name.split(",")[0] for name in sizes][:3] == ["Small", "Middle", "Large"]
    assert found_by("industry") == {"Law": 9, OTHERS: 7}


@pytest.mark.django_db
def test_the_records_begin_with_the_first_departure():
    assert records_begin() is None
    client("Gone", (date(2024, 1, 1), date(2024, 5, 1)))
    client("Here")
    assert records_begin() == date(2024, 5, 1)
