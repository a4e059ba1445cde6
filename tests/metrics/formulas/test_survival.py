from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.survival import Lived, months_of, restricted_mean, survival_curve


def left(*months: int, entered: int = 0) -> list[Lived]:
    return [Lived(entered, month, left=True) for month in months]


def still_here(*months: int, entered: int = 0) -> list[Lived]:
    return [Lived(entered, month, left=False) for month in months]


TEN_CLIENTS = left(2, 3, 5, 8) + still_here(3, 6, 8, 12, 12, 12)
SPELLS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 30), st.booleans()).map(
        lambda raw: Lived(raw[0], raw[0] + raw[1], raw[2])
    ),
    min_size=1,
    max_size=60,
)


def test_ten_clients_of_whom_four_left_and_six_are_still_here():
    curve = survival_curve(TEN_CLIENTS)
    rows = [curve.at(month) for month in (2, 3, 5, 8)]
    assert [row.survival for row in rows] == pytest.approx([0.9, 0.8, 0.6857, 0.5486], abs=5e-5)
    assert [row.se for row in rows] == pytest.approx([0.0949, 0.1265, 0.1515, 0.1724], abs=5e-5)
    assert [row.dbtr for row in rows] == pytest.approx([0.10, 0.10, 0.114, 0.137], abs=5e-4)
    assert [row.at_risk for row in rows] == [10, 9, 7, 5]
    assert (curve.clients, curve.lost) == (10, 4)


def test_six_of_ten_still_here_is_not_the_share_that_stays():
    assert survival_curve(TEN_CLIENTS).months[-1].survival < 0.6


def test_a_median_that_was_not_reached_does_not_exist():
    assert survival_curve(TEN_CLIENTS).median is None
    assert survival_curve(left(2, 4, 6, 8)).median == 4


def test_within_12_months_they_stay_875_on_average():
    mean = restricted_mean(survival_curve(TEN_CLIENTS), 12)
    assert mean.months == pytest.approx(8.75, abs=5e-3)
    assert mean.interval.low < 8.75 < mean.interval.high <= 12


def test_a_horizon_that_nobody_has_reached_has_no_mean():
    curve = survival_curve(TEN_CLIENTS)
    assert restricted_mean(curve, 13) is not None  # three were seen through month 12
    assert restricted_mean(curve, 14) is None
    assert restricted_mean(survival_curve(left(2, 4)), 60).months == pytest.approx(3)


def test_nobody_has_no_curve():
    curve = survival_curve([])
    assert (curve.months, curve.clients, curve.median) == ((), 0, None)
    assert curve.at(0) is None
    assert restricted_mean(curve, 12) is None


def test_a_client_taken_over_in_month_20_is_at_risk_only_from_then_on():
    curve = survival_curve(left(5) + still_here(30) + left(25, entered=20))
    assert [curve.at(month).at_risk for month in (5, 20, 21, 25)] == [2, 1, 2, 2]
    assert curve.at(25).survival == pytest.approx(0.5 * 0.5)


def test_a_client_imported_and_gone_in_the_same_month_was_never_at_risk():
    curve = survival_curve(still_here(30) + left(20, entered=20))
    assert (curve.unseen, curve.lost, curve.clients) == (1, 0, 2)


def test_who_leaves_in_the_first_month_leaves_in_month_0():
    first = survival_curve(left(0) + still_here(0)).at(0)
    assert (first.at_risk, first.lost, first.survival, first.dbtr) == (2, 1, 0.5, 0.5)
    assert first.hazard.value == 0.5


def test_before_the_first_loss_there_is_no_band_and_after_the_last_client_neither():
    curve = survival_curve(left(2, 4))
    assert curve.at(1)[3:7] == (1.0, 0.0, None, None)
    assert curve.at(4)[3:7] == (0.0, None, None, None)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 15), date(2026, 2, 14), 0),
        (date(2026, 1, 15), date(2026, 2, 15), 1),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2026, 3, 1), date(2026, 3, 1), 0),
    ],
)
def test_a_month_is_full_when_its_day_comes_round(start, end, months):
    assert months_of(start, end) == months


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_full_months_never_run_ahead_of_the_calendar(start, days):
    end = start + timedelta(days=days)
    assert days / 31 - 1 < months_of(start, end) <= days / 28


@settings(max_examples=40, deadline=None)
@given(SPELLS)
def test_statsmodels_finds_the_same_curve_for_late_entries_too(spells):
    from statsmodels.duration.api import SurvfuncRight

    ours = survival_curve(spells)
    seen = [spell for spell in spells if not spell.entered or spell.entered < spell.lived]
    if not any(spell.left for spell in seen):
        assert all(row.survival == 1 for row in ours.months)
        return
    theirs = SurvfuncRight(
        [spell.lived + 1 for spell in seen],
        [int(spell.left) for spell in seen],
        entry=[spell.entered + 1 if spell.entered else 0 for spell in seen],
    )
    rows = [ours.at(int(time) - 1) for time in theirs.surv_times]
    assert [row.at_risk for row in rows] == [int(n) for n in theirs.n_risk]
    assert [row.survival for row in rows] == pytest.approx(list(theirs.surv_prob), abs=1e-9)
    for row, se in zip(rows, theirs.surv_prob_se, strict=True):
        if row.se is not None:
            assert row.se == pytest.approx(se, abs=1e-9)


def test_the_band_is_drawn_on_the_scale_of_the_log_of_minus_the_log():
    # month 8: ln S = -0.6004, Greenwood's root 0.3142; reach = e^(1.96 x 0.5233) = 2.789
    eighth = survival_curve(TEN_CLIENTS).at(8)
    assert eighth.low == pytest.approx(0.5486**2.789, abs=1e-3)
    assert eighth.high == pytest.approx(0.5486 ** (1 / 2.789), abs=1e-3)


@settings(max_examples=60)
@given(SPELLS)
def test_what_left_each_month_and_what_is_left_make_a_whole(spells):
    curve = survival_curve(spells)
    if not curve.months:
        return
    assert sum(row.dbtr for row in curve.months) + curve.months[-1].survival == pytest.approx(1)
    shares = [row.survival for row in curve.months]
    assert shares == sorted(shares, reverse=True)
    assert all(row.low is None or 0 <= row.low <= row.survival <= row.high for row in curve.months)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=50))
def test_without_anybody_still_here_the_curve_is_the_plain_share(months):
    curve = survival_curve(left(*months))
    for row in curve.months:
        assert row.survival == pytest.approx(sum(m > row.month for m in months) / len(months))


def test_150_curves_of_the_agency_take_less_than_60_milliseconds():
    spells = [Lived(i % 7 if i % 3 else 0, 3 + i * 7 % 58, bool(i % 4)) for i in range(160)]
    seconds = []
    for _ in range(3):
        started = process_time()
        for _ in range(150):
            survival_curve(spells)
        seconds.append(process_time() - started)
    assert min(seconds) < 0.06
