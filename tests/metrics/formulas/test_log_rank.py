import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.log_rank import log_rank
from metrics.formulas.survival import Lived, survival_curve
from tests.metrics.formulas.test_survival import left, still_here

# Freireich et al. (1963), weeks in remission, as printed in Cox and Oakes (1984) and in many books:
# log-rank chi-square 16.79 with one degree of freedom.
TREATED = left(6, 6, 6, 7, 10, 13, 16, 22, 23) + still_here(
    *(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
)
PLACEBO = left(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)

SEGMENT = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 12), st.booleans()).map(
        lambda raw: Lived(raw[0], raw[0] + raw[1], raw[2])
    ),
    min_size=3,
    max_size=25,
)


def curves(*segments):
    return {number: survival_curve(spells) for number, spells in enumerate(segments)}


def test_freireichs_remission_times_differ_with_a_statistic_of_1679():
    found = log_rank(curves(TREATED, PLACEBO))
    assert found.statistic == pytest.approx(16.79, abs=5e-3)
    assert (found.df, found.segments[0].lost, found.segments[1].lost) == (1, 9, 21)
    assert found.segments[0].expected == pytest.approx(19.25, abs=5e-3)
    assert found.p == pytest.approx(4.17e-5, rel=5e-3)


def test_two_segments_that_lose_alike_do_not_differ():
    found = log_rank(curves(TREATED, TREATED))
    assert found.statistic == pytest.approx(0, abs=1e-12)
    assert found.p == pytest.approx(1)


def test_one_segment_or_no_loss_leaves_nothing_to_compare():
    assert log_rank({}) is None
    assert log_rank(curves(TREATED)) is None
    assert log_rank(curves(TREATED, [])) is None
    assert log_rank(curves(still_here(3, 4), still_here(5))) is None


def test_an_empty_segment_takes_no_degree_of_freedom():
    assert log_rank(curves(TREATED, PLACEBO, [])) == log_rank(curves(TREATED, PLACEBO))


def test_segments_that_never_meet_have_no_comparison():
    assert log_rank(curves(left(2, 2), left(9, 9, entered=8))) is None


@settings(max_examples=30, deadline=None)
@given(st.lists(SEGMENT, min_size=2, max_size=4))
def test_statsmodels_finds_the_same_difference(segments):
    import numpy as np
    from statsmodels.duration.api import survdiff

    ours = log_rank(curves(*segments))
    if ours is None or ours.df != len(segments) - 1:
        return
    rows = [(spell, number) for number, spells in enumerate(segments) for spell in spells]
    try:
        statistic, p = survdiff(
            np.array([spell.lived + 1 for spell, _ in rows]),
            np.array([int(spell.left) for spell, _ in rows]),
            np.array([number for _, number in rows]),
            entry=np.array([spell.entered + 1 if spell.entered else 0 for spell, _ in rows]),
        )
    except np.linalg.LinAlgError:
        return
    assert ours.statistic == pytest.approx(float(statistic), rel=1e-6, abs=1e-9)
    assert ours.p == pytest.approx(float(p), rel=1e-6)
