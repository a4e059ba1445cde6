from decimal import Decimal

import pytest

from training.scoring import is_right, score, score_that_counts

SCORES = [Decimal(60), Decimal(90), Decimal(75)]


def option(right: bool, chosen: bool) -> dict[str, object]:
    return {"choice": 1, "text": "", "right": right, "chosen": chosen}


def test_all_the_right_choices_and_no_other_make_a_right_answer():
    assert is_right([option(True, True), option(True, True), option(False, False)])


def test_a_half_right_answer_is_wrong():
    assert not is_right([option(True, True), option(True, False), option(False, False)])


def test_a_wrong_choice_beside_the_right_one_is_wrong():
    assert not is_right([option(True, True), option(False, True)])


def test_the_score_is_the_share_of_the_weight_answered_right():
    assert score([(True, 3), (False, 1)]) == Decimal("75.00")
    assert score([(True, 1), (True, 1), (False, 1)]) == Decimal("66.67")


def test_no_questions_have_no_score():
    with pytest.raises(ValueError, match="without questions"):
        score([])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("best", "90"), ("first", "60"), ("last", "75"), ("average", "75")],
)
def test_of_several_attempts_the_rule_says_which_counts(rule: str, expected: str):
    assert score_that_counts(SCORES, rule) == Decimal(expected)


@pytest.mark.parametrize("rule", ["best", "first", "last", "average"])
def test_nobody_scores_without_an_attempt(rule: str):
    assert score_that_counts([], rule) is None
