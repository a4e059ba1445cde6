from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from godview.periods import Period
from metrics.formulas.ratio import Ratio
from metrics.formulas.retention import (
    Headcount,
    Spell,
    Tenure,
    annual_rate,
    churn_between,
    headcount,
    logo_churn_rate,
    monthly_rate,
    retention_rate,
    seed_retention_rate,
    stripe_churn_rate,
    tenure,
)

JANUARY = Period(date(2026, 1, 1), date(2026, 2, 1))
LONG_AGO = date(2024, 5, 1)


def stayed(count: int) -> list[Tenure]:
    return [tenure(("stayed", n), [Spell(LONG_AGO)]) for n in range(count)]


def left(count: int, day: date = date(2026, 1, 15)) -> list[Tenure]:
    return [tenure(("left", n), [Spell(LONG_AGO, day)]) for n in range(count)]


def won(count: int, ended: date | None = None) -> list[Tenure]:
    return [tenure(("won", n), [Spell(date(2026, 1, 10), ended)]) for n in range(count)]


def won_and_left(count: int) -> list[Tenure]:
    return [
        tenure(("won and left", n), [Spell(date(2026, 1, 5), date(2026, 1, 25))])
        for n in range(count)
    ]


def returned(count: int) -> list[Tenure]:
    spells = [Spell(LONG_AGO, date(2025, 6, 1)), Spell(date(2026, 1, 20))]
    return [tenure(("returned", n), spells) for n in range(count)]


def test_ten_clients_four_won_two_lost_is_80_percent_never_60():
    count = headcount(stayed(8) + left(2) + won(4), JANUARY)
    assert (count.start, count.end, count.gained) == (10, 12, 4)
    assert retention_rate(count) == Ratio(8, 10)
    assert seed_retention_rate(count) == Ratio(8, 10)
    assert retention_rate(count).value == 0.8


def test_a_client_won_and_lost_meanwhile_fools_the_seed_form_only():
    count = headcount(stayed(9) + left(1) + won(3) + won_and_left(1), JANUARY)
    assert count.joined_and_left == 1
    assert seed_retention_rate(count).value == 0.8
    assert retention_rate(count).value == 0.9


def test_a_former_client_who_returns_hides_a_loss_from_the_seed_form_only():
    count = headcount(stayed(9) + left(1) + returned(1), JANUARY)
    assert (count.gained, count.returned) == (0, 1)
    assert seed_retention_rate(count).value == 1.0
    assert retention_rate(count).value == 0.9


def test_a_client_who_leaves_and_comes_back_meanwhile_is_kept_and_listed():
    spells = [Spell(LONG_AGO, date(2026, 1, 8)), Spell(date(2026, 1, 22))]
    count = headcount([*stayed(1), tenure("prodigal", spells)], JANUARY)
    assert retention_rate(count) == Ratio(2, 2)
    assert count.left_and_came_back == ("prodigal",)
    assert (count.lost, count.returned) == (1, 1)


def test_a_hundred_clients_and_twelve_departures_of_which_ten_count():
    prodigal = [Spell(LONG_AGO, date(2026, 1, 8)), Spell(date(2026, 1, 22))]
    tenures = stayed(89) + left(10) + [tenure("prodigal", prodigal)] + won_and_left(1) + won(7)
    count = headcount(tenures, JANUARY)
    assert (count.start, count.lost, count.gained) == (100, 12, 8)
    assert logo_churn_rate(count) == Ratio(10, 100)
    assert stripe_churn_rate(count) == Ratio(12, 108)
    assert stripe_churn_rate(count).value == pytest.approx(0.1111, abs=5e-5)


def test_who_left_on_the_first_day_was_never_at_risk_and_on_the_last_is_lost():
    gone_before = left(1, day=JANUARY.start)
    gone_at_the_end = left(1, day=JANUARY.end)
    gone_the_day_after = left(1, day=JANUARY.end + timedelta(days=1))
    assert retention_rate(headcount(gone_before, JANUARY)).value is None
    assert retention_rate(headcount(gone_at_the_end, JANUARY)) == Ratio(0, 1)
    assert retention_rate(headcount(gone_the_day_after, JANUARY)) == Ratio(1, 1)


def test_the_last_paid_day_is_not_churned():
    spell = Spell(LONG_AGO, date(2026, 1, 15))
    assert spell.covers(date(2026, 1, 14))
    assert not spell.covers(date(2026, 1, 15))


def test_a_renewed_contract_is_one_spell():
    renewed = tenure("renewed", [Spell(date(2026, 1, 15)), Spell(LONG_AGO, date(2026, 1, 15))])
    assert renewed.spells == (Spell(LONG_AGO),)
    count = headcount([renewed], JANUARY)
    assert (count.lost, count.returned, count.retained) == (0, 0, 1)


def test_a_contract_inside_another_changes_nothing():
    spells = [Spell(LONG_AGO), Spell(date(2025, 1, 1), date(2025, 2, 1))]
    assert tenure("two services", spells).spells == (Spell(LONG_AGO),)


def test_a_spell_that_ends_before_it_starts_is_nothing():
    assert tenure("bad data", [Spell(date(2026, 1, 9), date(2026, 1, 9))]).spells == ()


def test_nobody_has_no_retention():
    count = headcount([], JANUARY)
    assert count == Headcount(0, 0, 0, 0, 0, 0, (), 0)
    assert retention_rate(count).value is None
    assert logo_churn_rate(count).value is None


@pytest.mark.parametrize(("monthly", "yearly"), [(0.03, 0.306), (0.055, 0.493), (0.08, 0.632)])
def test_a_monthly_rate_comes_to_this_in_a_year(monthly, yearly):
    assert annual_rate(monthly) == pytest.approx(yearly, abs=5e-4)
    assert monthly_rate(annual_rate(monthly), 12) == pytest.approx(monthly)


DAYS = st.dates(date(2025, 10, 1), date(2026, 5, 1))
SPELLS = st.lists(st.builds(Spell, DAYS, st.none() | DAYS), max_size=4)
TENURES = st.lists(SPELLS, max_size=12).map(
    lambda many: [tenure(number, spells) for number, spells in enumerate(many)]
)


@given(TENURES)
def test_retention_and_churn_make_a_whole(tenures):
    count = headcount(tenures, JANUARY)
    kept, lost = retention_rate(count), logo_churn_rate(count)
    assert kept.part + lost.part == kept.whole == lost.whole
    assert churn_between(tenures, JANUARY) == lost
    if kept.value is not None:
        assert kept.value + lost.value == pytest.approx(1)
        assert 0 <= kept.value <= 1


@given(TENURES)
def test_start_plus_who_came_less_who_went_is_the_end(tenures):
    count = headcount(tenures, JANUARY)
    assert count.start + count.gained + count.returned - count.lost == count.end


@given(SPELLS, DAYS)
def test_joining_spells_changes_on_no_day_whether_a_client_is_served(spells, day):
    joined = tenure("anyone", spells)
    assert joined.covers(day) == any(spell.covers(day) for spell in spells)
    for earlier, later in zip(joined.spells, joined.spells[1:], strict=False):
        assert earlier.end is not None
        assert earlier.end < later.start
