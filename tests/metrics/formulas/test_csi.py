import pytest

from metrics.formulas.csi import Satisfaction, csi, csi_of_all
from metrics.formulas.ratio import Ratio

QUALITY, CONTACT = Satisfaction("quality", 5, 4), Satisfaction("contact", 4, 5)


def test_quality_speed_and_contact_reach_49_of_60():
    found = csi([QUALITY, Satisfaction("speed", 3, 3), CONTACT])
    assert found == Ratio(49, 60)
    assert found.value == pytest.approx(0.817, abs=5e-4)


def test_a_part_without_an_answer_is_left_out_with_its_weight():
    assert csi([QUALITY, Satisfaction("speed", 3, None), CONTACT]) == Ratio(40, 45)


def test_without_any_answer_there_is_no_index():
    assert csi([Satisfaction("speed", 3, None)]).value is None
    assert csi([]).value is None


def test_each_client_counts_once_however_many_parts_it_answered():
    assert csi_of_all([Ratio(60, 60), Ratio(5, 10), Ratio(0, 0)]).value == pytest.approx(0.75)
    assert csi_of_all([Ratio(0, 0)]).value is None


def test_a_score_beyond_the_best_or_a_weight_of_nothing_is_refused():
    with pytest.raises(ValueError, match="from 0 to 5"):
        csi([Satisfaction("speed", 3, 6)])
    with pytest.raises(ValueError, match="above 0"):
        csi([Satisfaction("speed", 0, 3)])
