import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.early_warning import WEIGHTS, Override, WarningPart, early_warning, ramp

RISKS = {
    "inactivity": 0.8,
    "light": 1.0,
    "goals": 0.5,
    "client breach": 0.25,
    "nps": None,
    "activity": 1.0,
    "payment": 0.0,
}
PARTS = [WarningPart(name, WEIGHTS[name], risk, f"{name} says so") for name, risk in RISKS.items()]


def test_six_of_seven_signs_known_make_694():
    score = early_warning(PARTS)
    assert score.value == pytest.approx(69.4, abs=0.05)
    assert [part.name for part in score.missing] == ["nps"]
    assert score.known_weight == pytest.approx(0.9)


def test_a_missing_sign_is_not_a_good_one():
    wrongly = [part._replace(risk=part.risk or 0.0) for part in PARTS]
    assert early_warning(wrongly).value == pytest.approx(62.5)


def test_the_parts_say_what_they_add_and_why_those_that_add_most_first():
    score = early_warning(PARTS)
    assert sum(share.points for share in score.shares) == pytest.approx(score.value)
    assert score.reasons[:2] == ["inactivity says so", "light says so"]
    assert "payment says so" not in score.reasons


@pytest.mark.parametrize("override", list(Override))
def test_what_speaks_for_itself_lifts_the_score_to_70_at_least(override):
    score = early_warning([WarningPart("light", 20, 0.1)], [override])
    assert (score.value, score.weighed) == (70, pytest.approx(10))
    assert score.reasons == [override.value]
    assert early_warning([WarningPart("light", 20, 0.9)], [override]).value == pytest.approx(90)


def test_without_any_known_sign_there_is_no_score_unless_something_overrides():
    unknown = [WarningPart("nps", 10, None)]
    assert early_warning(unknown).value is None
    assert early_warning([]).value is None
    assert early_warning(unknown, [Override.NOTICE_GIVEN]).value == 70


def test_a_risk_beyond_0_to_1_is_refused():
    with pytest.raises(ValueError, match="light"):
        early_warning([WarningPart("light", 20, 1.5)])


def test_a_ramp_is_0_when_calm_and_1_at_worst_in_either_direction():
    assert [ramp(days, 5, 15) for days in (0, 5, 10, 15, 40)] == [0, 0, 0.5, 1, 1]
    assert ramp(0.75, calm=1.0, worst=0.5) == 0.5
    assert ramp(None, 5, 15) is None
    with pytest.raises(ValueError, match="must differ"):
        ramp(3, 5, 5)


@settings(max_examples=50)
@given(
    st.lists(
        st.builds(WarningPart, st.just("sign"), st.integers(1, 30), st.none() | st.floats(0, 1)),
        max_size=8,
    )
)
def test_a_score_lies_between_its_calmest_and_its_worst_sign(parts):
    score = early_warning(parts)
    risks = [part.risk for part in parts if part.risk is not None]
    if not risks:
        assert score.value is None
    else:
        assert 100 * min(risks) - 1e-6 <= score.value <= 100 * max(risks) + 1e-6
