import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.habits import (
    Contrast,
    Silence,
    contrast_of_means,
    contrast_of_shares,
    top_third,
    winners_habits,
)
from metrics.formulas.ratio import Ratio

VALUES = st.lists(st.integers(0, 30), min_size=3, max_size=20)


def test_the_best_third_wins_and_equal_ones_stay_together():
    scores = {"A": 0.9, "B": 0.8, "C": 0.7, "D": 0.6, "E": 0.5, "F": 0.4, "G": None}
    assert top_third(scores) == ({"A", "B"}, {"C", "D", "E", "F"})
    assert top_third({**scores, "C": 0.8}) == ({"A", "B", "C"}, {"D", "E", "F"})
    assert top_third({"A": None}) == (set(), set())


def test_winners_call_more_often_and_the_interval_says_how_sure_that_is():
    found = contrast_of_means("calls a month", [9, 8, 10, 9], [5, 6, 4, 5, 5, 6])
    assert found.difference == pytest.approx(9 - 31 / 6)
    assert 0 < found.interval.low < found.difference < found.interval.high
    assert (found.winners_n, found.others_n) == (4, 6)


def test_two_people_are_too_few_to_have_a_habit():
    found = contrast_of_means("calls a month", [9, 8], [5, 6, 4])
    assert found == Silence("calls a month", "2 and 3 people; 3 are needed in each group")


def test_where_all_do_exactly_the_same_nothing_can_be_tested():
    assert isinstance(contrast_of_means("calls", [4, 4, 4], [3, 3, 3]), Silence)


def test_under_20_cases_a_share_is_silent_too():
    found = contrast_of_shares("on time", Ratio(18, 19), Ratio(10, 40))
    assert found.reason == "19 and 40 cases; 20 are needed in each group"
    assert isinstance(contrast_of_shares("on time", Ratio(0, 0), Ratio(10, 40)), Silence)


def test_shares_of_all_or_none_do_not_break():
    found = contrast_of_shares("on time", Ratio(20, 20), Ratio(30, 30))
    assert (found.difference, found.p) == (0, 1)
    assert found.interval.low < 0 < found.interval.high


def test_of_ten_habits_each_must_be_surer():
    weak = contrast_of_shares("on time", Ratio(50, 60), Ratio(40, 60))
    assert 0.03 < weak.p < 0.05
    assert winners_habits([weak]).findings[0].certain
    nothing = contrast_of_shares("other", Ratio(30, 60), Ratio(30, 60))
    among_ten = winners_habits([nothing] * 9 + [weak])
    assert among_ten.findings[0].contrast is weak
    assert not among_ten.findings[0].certain


def test_habits_without_enough_cases_are_named_apart():
    silent = Silence("training", "2 and 3 people")
    assert winners_habits([silent]).silent == (silent,)
    assert winners_habits([silent]).findings == ()
    assert winners_habits([]).findings == ()


@pytest.mark.filterwarnings("ignore:Precision loss")  # the judge's, where all are nearly alike
@settings(max_examples=30, deadline=None)
@given(VALUES, VALUES)
def test_scipy_finds_the_same_difference_of_means(winners, others):
    from scipy.stats import ttest_ind

    found = contrast_of_means("calls", winners, others)
    if isinstance(found, Silence):
        return
    theirs = ttest_ind(winners, others, equal_var=False)
    band = theirs.confidence_interval()
    assert found.p == pytest.approx(theirs.pvalue, rel=1e-6, abs=1e-12)
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (band.low, band.high), rel=1e-6, abs=1e-9
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 200), st.integers(20, 200), st.floats(0, 1), st.floats(0, 1))
def test_statsmodels_finds_the_same_interval_of_shares(n, m, a, b):
    from statsmodels.stats.proportion import confint_proportions_2indep

    winners, others = Ratio(int(n * a), n), Ratio(int(m * b), m)
    found = contrast_of_shares("on time", winners, others)
    assert isinstance(found, Contrast)
    low, high = confint_proportions_2indep(winners.part, n, others.part, m, method="newcomb")
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=1e-9)
