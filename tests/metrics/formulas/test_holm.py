import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.holm import holm


def test_three_questions_raise_the_smallest_chance_threefold():
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])


def test_one_question_is_left_as_it_is_and_none_gives_none():
    assert holm([0.04]) == [0.04]
    assert holm([]) == []


def test_statsmodels_corrects_alike():
    from statsmodels.stats.multitest import multipletests

    # Three families only: multipletests collects the garbage each time.
    for chances in ([0.01, 0.011, 0.02, 0.5, 0.9], [0.2, 0.2, 0.001, 0.04], [1.0, 0.0, 0.03]):
        assert holm(chances) == pytest.approx(list(multipletests(chances, method="holm")[1]))


@settings(max_examples=40)
@given(st.lists(st.floats(0, 1), max_size=12))
def test_a_correction_never_lowers_a_chance_and_keeps_their_order(chances):
    corrected = holm(chances)
    assert all(before <= after <= 1 for before, after in zip(chances, corrected, strict=True))
    ranks = sorted(range(len(chances)), key=lambda place: chances[place])
    assert [corrected[place] for place in ranks] == sorted(corrected)
