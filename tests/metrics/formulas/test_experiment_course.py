from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.experiment_course import (
    Look,
    Outcome,
    Plan,
    outcome,
    record_of_tests,
    sample_share,
)
from metrics.formulas.experiments import StoppingRule, VerdictState
from metrics.formulas.proportions import Arm
from metrics.formulas.tactics import TacticRecord

START = date(2026, 9, 1)
PLAN = Plan(started_on=START, planned_visitors=6745)
LATER = START + timedelta(days=365)
A, B = Arm(5000, 200), Arm(5000, 250)
WIN = (Arm(6745, 270), Arm(6745, 340))


def look(days: int, *arms: Arm) -> Look:
    return Look(START + timedelta(days=days), arms)


def test_a_test_that_nobody_has_read_is_too_early():
    found = outcome(PLAN, [], LATER)
    assert found.state is VerdictState.TOO_EARLY
    assert found.reasons == ("nobody has been counted yet",)
    assert outcome(PLAN, [look(9, Arm(0, 0), Arm(0, 0))], LATER).state is VerdictState.TOO_EARLY


def test_a_control_alone_cannot_be_judged():
    found = outcome(PLAN, [look(9, A)], LATER)
    assert found.reasons == ("it needs a control and at least one variant",)
    assert found.decided_on is None


def test_at_5000_of_6745_visitors_the_worked_example_runs_on_and_is_drawn_with_the_wide_interval():
    found = outcome(PLAN, [look(14, A, B)], LATER)
    assert found.state is VerdictState.RUNNING
    assert found.decided_on is None
    seen = found.leading
    assert seen is not None
    assert seen.confidence is None
    half = (seen.interval.high - seen.interval.low) / 2
    assert half == pytest.approx(0.0127, abs=0.00005)  # not the 0.81 that would tempt
    assert seen.lift == pytest.approx(0.25)
    assert sample_share(PLAN, found.look).value == pytest.approx(5000 / 6745)


def test_the_first_reading_with_the_whole_sample_decides_and_no_later_one_changes_it():
    won = look(28, *WIN)
    level = look(60, Arm(20_000, 1000), Arm(20_000, 1001))
    found = outcome(PLAN, [look(14, A, B), won, level], LATER)
    assert found.state is VerdictState.WON
    assert (found.look, found.decided_on) == (won, won.day)
    assert found.leading is not None
    assert found.leading.confidence == pytest.approx(0.996, abs=0.001)


def test_on_an_earlier_day_it_is_not_known_yet():
    looks = [look(14, A, B), look(28, *WIN)]
    assert outcome(PLAN, looks, START + timedelta(days=27)).state is VerdictState.RUNNING
    assert outcome(PLAN, looks, START + timedelta(days=28)).state is VerdictState.WON


def test_a_test_stopped_early_is_no_difference_however_good_it_looked():
    plan = replace(PLAN, ended_on=START + timedelta(days=20))
    found = outcome(plan, [look(14, Arm(5000, 200), Arm(5000, 400))], LATER)
    assert found.state is VerdictState.NO_DIFFERENCE
    assert found.decided_on == plan.ended_on
    assert "stopped at 5,000 of 6,745" in found.reasons[0]
    assert outcome(plan, [], LATER).reasons[0].startswith("stopped at 0 of 6,745")


def test_a_sequential_test_stops_where_its_interval_first_clears_zero():
    plan = replace(PLAN, rule=StoppingRule.SEQUENTIAL)
    sure = look(21, Arm(5000, 200), Arm(5000, 300))
    found = outcome(plan, [look(14, A, B), sure, look(30, *WIN)], LATER)
    assert (found.state, found.decided_on) == (VerdictState.WON, sure.day)
    assert outcome(plan, [look(14, A, B)], LATER).state is VerdictState.RUNNING


def test_visitors_split_unevenly_make_it_invalid_for_good_only_with_the_whole_sample():
    uneven, even = look(9, Arm(3000, 120), Arm(3400, 150)), look(28, *WIN)
    assert outcome(PLAN, [uneven], LATER).state is VerdictState.INVALID
    assert outcome(PLAN, [uneven], LATER).decided_on is None
    assert outcome(PLAN, [uneven, even], LATER).state is VerdictState.WON
    spoilt = look(28, Arm(6800, 280), Arm(7400, 400))
    found = outcome(PLAN, [spoilt, look(40, *WIN)], LATER)
    assert (found.state, found.decided_on, found.seen) == (
        VerdictState.INVALID,
        spoilt.day,
        (),
    )


def test_stopped_while_its_split_is_wrong_it_stays_invalid():
    plan = replace(PLAN, ended_on=START + timedelta(days=10))
    found = outcome(plan, [look(9, Arm(3000, 120), Arm(3400, 150))], LATER)
    assert (found.state, found.decided_on) == (VerdictState.INVALID, plan.ended_on)


def test_one_clear_variant_of_two_wins_and_leads():
    arms = (Arm(6745, 270), Arm(6745, 276), Arm(6745, 360))
    found = outcome(PLAN, [look(28, *arms)], LATER)
    assert found.state is VerdictState.WON
    assert found.leading is not None
    assert found.leading.variant == 2


def test_without_conversions_in_the_control_there_is_no_lift():
    found = outcome(PLAN, [look(9, Arm(500, 0), Arm(500, 30))], LATER)
    assert found.leading is not None
    assert found.leading.lift is None
    assert found.leading.lift_interval is None


def test_a_record_counts_valid_tests_that_are_over():
    states = [
        *[VerdictState.WON] * 3,
        VerdictState.LOST,
        VerdictState.NO_DIFFERENCE,
        VerdictState.INVALID,
    ]
    found = [Outcome(state, (), decided_on=START) for state in states]
    found.append(Outcome(VerdictState.RUNNING, ()))
    assert record_of_tests(found) == TacticRecord(wins=3, losses=1, inconclusive=1)


counts = st.integers(0, 9000).flatmap(
    lambda n: st.tuples(st.just(n), st.integers(0, n)).map(lambda pair: Arm(*pair))
)


@settings(max_examples=60)
@given(st.lists(st.tuples(counts, counts), max_size=4), st.sampled_from(StoppingRule))
def test_an_incomplete_fixed_sample_is_never_won_or_lost(pairs, rule):
    plan = replace(PLAN, rule=rule)
    looks = [look(7 * place, *arms) for place, arms in enumerate(pairs, start=1)]
    found = outcome(plan, looks, LATER)
    if rule is StoppingRule.FIXED and all(one.fewest < 6745 for one in looks):
        assert found.state not in (VerdictState.WON, VerdictState.LOST)
    strict = outcome(replace(plan, alpha=0.01), looks, LATER)
    if strict.state in (VerdictState.WON, VerdictState.LOST) and rule is StoppingRule.FIXED:
        assert strict.state is found.state  # more confidence never makes a verdict


@settings(max_examples=60)
@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=5))
def test_once_decided_a_later_reading_changes_nothing(pairs):
    looks = [look(7 * place, *arms) for place, arms in enumerate(pairs, start=1)]
    before = outcome(PLAN, looks[:-1], LATER)
    if before.decided_on is not None:
        assert outcome(PLAN, looks, LATER) == before


def test_what_is_read_after_a_test_was_stopped_changes_nothing():
    plan = replace(PLAN, ended_on=START + timedelta(days=20))
    found = outcome(plan, [look(14, A, B), look(28, *WIN)], LATER)
    assert (found.state, found.decided_on) == (VerdictState.NO_DIFFERENCE, plan.ended_on)
