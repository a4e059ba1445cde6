from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.experiments import (
    StoppingRule,
    Trial,
    VerdictState,
    designer_record,
    sample_ratio_p,
    verdict,
)
from metrics.formulas.proportions import Arm
from metrics.formulas.tactics import TacticRecord

A, B = Arm(5000, 200), Arm(5000, 250)
TRIAL = Trial([A, B], planned_visitors=6745, days=14)
DONE = replace(TRIAL, planned_visitors=5000)


def scaled(arm: Arm, times: float) -> Arm:
    return Arm(int(arm.visitors * times), int(arm.conversions * times))


def test_a_difference_seen_at_5000_of_6745_visitors_is_running_and_not_a_win():
    found = verdict(TRIAL)
    assert found.state is VerdictState.RUNNING
    assert not found.state.is_final
    assert found.reasons == ("5,000 of 6,745 planned visitors per arm: judged then, not before",)
    assert found.comparisons == ()  # nothing to be tempted by


def test_the_same_difference_at_the_planned_visitors_is_a_win():
    found = verdict(DONE)
    assert found.state is VerdictState.WON
    assert found.reasons == (
        "variant 1: +1.00 points, probably between +0.19 and +1.81; by chance alone 1.6%",
    )


def test_the_other_way_round_it_is_a_loss():
    assert verdict(replace(DONE, arms=[B, A])).state is VerdictState.LOST


def test_equal_arms_at_the_planned_visitors_do_not_differ():
    assert verdict(replace(DONE, arms=[A, Arm(5000, 205)])).state is VerdictState.NO_DIFFERENCE


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"days": 6}, "6 of at least 7 days"),
        ({"arms": [Arm(99, 30), Arm(99, 40)]}, "99 of at least 100 visitors"),
        ({"arms": [Arm(5000, 24), Arm(5000, 90)]}, "24 of at least 25 conversions"),
    ],
)
def test_under_the_floors_it_is_too_early_whatever_the_plan_says(change, reason):
    found = verdict(replace(DONE, planned_visitors=50, **change))
    assert found.state is VerdictState.TOO_EARLY
    assert reason in found.reasons[0]


def test_visitors_split_otherwise_than_planned_make_the_test_invalid():
    uneven = replace(DONE, arms=[Arm(5000, 200), Arm(5400, 300)])
    assert verdict(uneven).state is VerdictState.INVALID
    assert "not split as planned (5,000 and 5,400)" in verdict(uneven).reasons[0]
    planned = replace(uneven, split=(50, 54))
    assert verdict(planned).state is VerdictState.WON


def test_before_anybody_came_it_is_running():
    found = verdict(Trial([Arm(0, 0), Arm(0, 0)], 1000, 0))
    assert (found.state, found.reasons) == (VerdictState.RUNNING, ("nobody has been counted yet",))


def test_a_test_that_may_be_looked_at_pays_for_it():
    looked = replace(TRIAL, rule=StoppingRule.SEQUENTIAL)
    assert verdict(looked).state is VerdictState.RUNNING
    clear = replace(looked, arms=[A, Arm(5000, 300)])
    assert verdict(clear).state is VerdictState.WON
    assert verdict(replace(clear, arms=[A, Arm(5000, 120)])).state is VerdictState.LOST


def test_at_its_planned_end_a_test_looked_at_without_result_shows_no_difference():
    looked = replace(DONE, rule=StoppingRule.SEQUENTIAL)
    assert verdict(looked).state is VerdictState.NO_DIFFERENCE


def test_of_two_variants_each_must_be_more_certain():
    weak = Arm(5000, 243)  # p = 0.037 alone
    assert verdict(replace(DONE, arms=[A, weak])).state is VerdictState.WON
    both = verdict(replace(DONE, arms=[A, weak, Arm(5000, 201)]))
    assert both.state is VerdictState.NO_DIFFERENCE
    assert both.comparisons[0].interval.low < 0  # as the correction has it
    assert both.comparisons[0].p == pytest.approx(2 * 0.0366, abs=1e-4)


def test_a_second_metric_raises_the_bar_too():
    assert verdict(replace(DONE, arms=[A, Arm(5000, 243)], other_questions=1)).state is (
        VerdictState.NO_DIFFERENCE
    )


def test_one_variant_won_is_a_win_and_one_lost_beside_an_open_one_goes_on():
    won = replace(DONE, arms=[A, Arm(5000, 290), Arm(5000, 200)])
    assert verdict(won).state is VerdictState.WON
    some = replace(TRIAL, arms=[A, Arm(5000, 100), A], rule=StoppingRule.SEQUENTIAL)
    assert verdict(some).reasons == ("some variants lost already, the others go on",)


def test_a_split_needs_a_share_for_each_arm():
    with pytest.raises(ValueError, match="one share"):
        sample_ratio_p([1, 2], [1])
    assert sample_ratio_p([100]) is None


def test_when_everybody_converts_there_is_no_difference():
    found = verdict(replace(DONE, arms=[Arm(5000, 5000)] * 2))
    assert found.state is VerdictState.NO_DIFFERENCE
    assert found.reasons == ("nobody or everybody converted in all arms",)


def test_the_record_of_a_designer_counts_finished_valid_tests_only():
    states = [*([VerdictState.WON] * 3), VerdictState.LOST, VerdictState.NO_DIFFERENCE]
    unfinished = [VerdictState.RUNNING, VerdictState.TOO_EARLY, VerdictState.INVALID]
    assert designer_record(states + unfinished) == TacticRecord(3, 1, 1)
    assert designer_record([]) == TacticRecord()


@settings(max_examples=40)
@given(st.integers(25, 500), st.integers(25, 500), st.sampled_from(StoppingRule))
def test_one_variant_is_judged_as_its_interval_says(first, second, rule):
    trial = replace(DONE, arms=[Arm(5000, first), Arm(5000, second)], rule=rule)
    (found,) = verdict(trial).comparisons
    if rule is StoppingRule.SEQUENTIAL:
        apart = found.interval.low > 0 or found.interval.high < 0
        assert found.state.is_final
        assert (found.state is not VerdictState.NO_DIFFERENCE) is apart
    assert found.interval.low < found.found.difference < found.interval.high


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(5, 5000), min_size=2, max_size=5))
def test_scipy_finds_the_same_split(visitors):
    from scipy.stats import chisquare

    assert sample_ratio_p(visitors) == pytest.approx(chisquare(visitors).pvalue, rel=1e-9)


@settings(max_examples=60)
@given(st.floats(0.1, 0.99), st.integers(100, 900))
def test_a_fixed_test_never_speaks_before_its_planned_visitors(share, conversions):
    early = [scaled(A, share), scaled(Arm(5000, conversions), share)]
    assert not verdict(replace(DONE, arms=early)).state.is_final
