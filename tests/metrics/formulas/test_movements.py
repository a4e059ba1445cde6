from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.movements import (
    Movements,
    Standing,
    arpa,
    gross_revenue_churn_rate,
    grr,
    movements,
    net_revenue_churn_rate,
    nrr,
    quick_ratio,
    quick_ratio_without_reactivation,
)

D = Decimal


def paid(start: int, end: int, **more) -> Standing:
    return Standing(D(start), D(end), paid_before=more.pop("paid_before", start > 0), **more)


# Start A 5,000 B 4,000 C 3,000 D 2,000 E 6,000; F is new with 3,500, G returned with 1,500.
EXAMPLE = movements(
    [
        paid(5000, 5000),
        paid(4000, 6000),
        paid(3000, 2000),
        paid(2000, 0),
        paid(6000, 6000),
        paid(0, 3500),
        paid(0, 1500, paid_before=True),
    ]
)


def test_the_worked_example_falls_into_these_lines():
    assert (EXAMPLE.start, EXAMPLE.end) == (20_000, 24_000)
    assert (EXAMPLE.new, EXAMPLE.reactivation, EXAMPLE.expansion) == (3500, 1500, 2000)
    assert (EXAMPLE.churned, EXAMPLE.contraction) == (2000, 1000)
    assert EXAMPLE.unexplained == 0


def test_the_worked_example_keeps_85_percent_gross_and_95_net():
    assert grr(EXAMPLE).value == 0.85
    assert nrr(EXAMPLE).value == 0.95


def test_the_worked_example_churns_15_percent_gross_and_below_zero_net():
    assert gross_revenue_churn_rate(EXAMPLE).value == 0.15
    assert net_revenue_churn_rate(EXAMPLE).value == -0.025


def test_the_worked_example_wins_233_times_what_it_loses():
    assert quick_ratio(EXAMPLE).value == pytest.approx(2.33, abs=5e-3)
    assert quick_ratio_without_reactivation(EXAMPLE).value == pytest.approx(1.83, abs=5e-3)


def test_the_average_fee_is_4000_at_both_ends():
    assert arpa(EXAMPLE.start, EXAMPLE.payers_at_start).value == 4000
    assert arpa(EXAMPLE.end, EXAMPLE.payers_at_end).value == 4000


def test_10_lost_10_smaller_10_bigger_of_100_is_20_percent_gross_and_10_net():
    moved = movements([paid(10, 0), paid(40, 30), paid(50, 60)])
    assert gross_revenue_churn_rate(moved).value == 0.2
    assert net_revenue_churn_rate(moved).value == 0.1


def test_without_losses_there_is_no_quick_ratio():
    assert quick_ratio(movements([paid(0, 500), paid(100, 200)])).value is None


def test_nobody_has_no_rates():
    nothing = movements([])
    assert nothing == Movements()
    for rate in (grr, nrr, gross_revenue_churn_rate, net_revenue_churn_rate, quick_ratio):
        assert rate(nothing).value is None
    assert arpa(nothing.end, 0).value is None


def test_a_fee_on_hold_is_no_churn_and_yet_not_kept():
    moved = movements([paid(1000, 0, paused_at_end=True), paid(1000, 1000)])
    assert (moved.paused, moved.churned) == (1000, 0)
    assert gross_revenue_churn_rate(moved).value == 0
    assert grr(moved).value == 0.5
    assert moved.unexplained == 0


def test_a_fee_that_resumes_is_neither_new_nor_a_return():
    moved = movements([paid(0, 1000, paid_before=True, paused_at_start=True)])
    assert (moved.resumed, moved.new, moved.reactivation) == (1000, 0, 0)
    assert moved.unexplained == 0


def test_a_change_of_rate_is_no_contraction():
    # EUR 1,000 at 1.10, then at 1.08
    moved = movements([Standing(D("1100.00"), D("1100.00"), fx=D("-20.00"), paid_before=True)])
    assert (moved.start, moved.fx, moved.end) == (1100, -20, 1080)
    assert moved.contraction == 0
    assert moved.unexplained == 0


def test_a_client_taken_over_from_another_pod_is_no_new_business():
    moved = movements(
        [
            paid(1000, 1000),
            paid(0, 700, came_from_elsewhere=True),
            paid(400, 500, went_elsewhere=True),
        ]
    )
    assert (moved.transferred, moved.new, moved.churned) == (200, 0, 0)
    assert moved.expansion == 100  # it was ours when the period started, so its growth counts
    assert (moved.start, moved.end, moved.payers_at_end) == (1400, 1700, 2)
    assert moved.unexplained == 0


MONEY = st.integers(-200_00, 10_000_00).map(lambda cents: D(cents) / 100) | st.just(D(0))
STANDINGS = st.lists(
    st.builds(
        Standing,
        start=MONEY,
        end=MONEY,
        fx=st.integers(-500, 500).map(lambda cents: D(cents) / 100),
        paid_before=st.booleans(),
        paused_at_start=st.booleans(),
        paused_at_end=st.booleans(),
        came_from_elsewhere=st.booleans(),
        went_elsewhere=st.booleans(),
    ),
    max_size=30,
)


@settings(max_examples=1000)
@given(STANDINGS)
def test_the_lines_add_up_to_the_cent_even_with_bad_data(standings):
    moved = movements(standings)
    assert moved.unexplained == 0
    for line in ("new", "reactivation", "contraction", "churned", "paused", "resumed"):
        assert getattr(moved, line) >= 0


@given(STANDINGS)
def test_gross_retention_is_never_above_100_percent(standings):
    kept = grr(movements([s for s in standings if s.start >= 0])).value
    assert kept is None or 0 <= kept <= 1


@given(STANDINGS)
def test_net_retention_is_never_below_gross(standings):
    moved = movements([s for s in standings if s.start >= 0 and s.end >= 0])
    if grr(moved).value is not None:
        assert nrr(moved).value >= grr(moved).value
