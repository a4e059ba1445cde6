import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.holm import holm


def test_three_questions_raise_the_smallest_chance_threefold():
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])


def test_one_question_is_left_as_it_is_and_none_gives_none():
    assert holm([0.04]) == [0.04]
    assert holm([]) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_statsmodels_corrects_alike(chances):
    from statsmodels.stats.multitest import multipletests

    assert holm(chances) == pytest.approx(list(multipletests(chances, method="holm")[1]))
