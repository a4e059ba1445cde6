from datetime import date

import pytest

from metrics.formulas.renew import RefusedProspect, renew_list


def test_5_and_3_and_4_make_12():
    assert RefusedProspect("a large one", 5, 3, 4).score == 12


def test_the_list_begins_with_the_best_then_the_larger_then_the_latest_refusal():
    a = RefusedProspect("A", 4, 4, 4, date(2026, 1, 1))
    b = RefusedProspect("B", 3, 5, 4, date(2025, 1, 1))
    c = RefusedProspect("C", 4, 4, 4, date(2026, 5, 1))
    d = RefusedProspect("D", 5, 5, 5)
    e = RefusedProspect("E", 4, 4, 4)
    assert [one.prospect for one in renew_list([a, b, c, d, e]).ranked] == ["D", "B", "C", "A", "E"]


def test_whoever_lacks_a_part_is_not_ranked_and_says_which():
    unknown = RefusedProspect("A", 5, None, None)
    assert unknown.score is None
    assert unknown.missing == ("capacity", "pitch")
    assert renew_list([unknown]).ranked == ()
    assert renew_list([unknown]).unranked == (unknown,)


def test_a_pitch_of_1_was_our_own_blunder():
    assert RefusedProspect("A", 5, 5, 1).blundered
    assert not RefusedProspect("A", 5, 5, None).blundered


@pytest.mark.parametrize("part", [0, 6])
def test_a_part_is_from_1_to_5(part):
    with pytest.raises(ValueError, match="from 1 to 5"):
        RefusedProspect("A", part, 3, 3)
