from decimal import Decimal

import pytest

from metrics.formulas.training import (
    RequiredModule,
    training_completion_rate,
    training_score,
    training_score_with_zero,
)

D = Decimal
# Six required: 90, 80, 85 and 95 passed, 60 failed, one not begun.
WORKED_EXAMPLE = [
    RequiredModule(passed=True, score=D(90)),
    RequiredModule(passed=True, score=D(80)),
    RequiredModule(passed=True, score=D(85)),
    RequiredModule(passed=True, score=D(95)),
    RequiredModule(passed=False, score=D(60)),
    RequiredModule(passed=False, score=None),
]


def test_four_of_six_required_modules_are_passed():
    assert training_completion_rate(WORKED_EXAMPLE).value == pytest.approx(0.667, abs=5e-4)


def test_the_mean_score_is_of_what_was_attempted():
    assert training_score(WORKED_EXAMPLE).value == 82.0
    assert training_score_with_zero(WORKED_EXAMPLE).value == pytest.approx(68.3, abs=0.05)


def test_a_module_passed_once_and_out_of_date_is_not_complete():
    expired = RequiredModule(passed=False, score=D(90))
    assert training_completion_rate([expired]).value == 0


def test_nothing_required_is_not_100_percent():
    assert training_completion_rate([]).value is None
    assert training_score([]).value is None
    assert training_score_with_zero([]).value is None


def test_what_was_passed_by_a_certificate_has_no_score():
    certified = RequiredModule(passed=True, score=None)
    assert training_completion_rate([certified]).value == 1
    assert training_score_with_zero([certified]).value is None


def test_a_module_passed_with_0_is_attempted():
    assert training_score_with_zero([RequiredModule(passed=True, score=D(0))]).value == 0
