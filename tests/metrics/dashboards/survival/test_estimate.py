"""What a worker answers: the fit or its refusal, and the test between segments."""

import json

import pytest

from metrics.dashboards.survival.estimate import Answer, answer, question
from metrics.dashboards.survival.told import test_in_words as in_words
from metrics.formulas.sbg import Sbg
from metrics.formulas.survival import Lived

MODEL = Sbg(0.668, 3.806, 0.0)  # High End of Fader and Hardie (2007)


def high_end(periods: int = 7, clients: int = 1000) -> dict[Lived, int]:
    """As many leave in each period as the model says; the others are still here."""
    lost = [round(clients * MODEL.lost_in(period)) for period in range(1, periods + 1)]
    told = {Lived(0, month, left=True): count for month, count in enumerate(lost)}
    return {**told, Lived(0, periods, left=False): clients - sum(lost)}


def test_the_answer_finds_the_parameters_from_which_the_question_was_made():
    told = answer(question({"": high_end()}, 0.1))
    assert (told.alpha, told.beta) == pytest.approx((0.668, 3.806), rel=0.03)
    assert told.refusal == ""
    assert told.months[0].value == pytest.approx(5.92, abs=0.05)
    assert told.months[0].low < told.months[0].value < told.months[0].high
    assert told.test is None


def test_an_answer_survives_its_way_through_json():
    told = answer(question({"a": high_end(), "b": high_end(5)}, 0.01))
    assert Answer.of_json(json.loads(json.dumps(told.as_json()))).months == told.months
    asked = json.loads(json.dumps(question({"": high_end()}, 0.01)))
    assert answer(asked).alpha == answer(question({"": high_end()}, 0.01)).alpha


def test_too_few_clients_are_refused_and_the_curve_stands_in_with_its_label():
    told = answer(question({"": {Lived(0, 2, left=True): 4, Lived(0, 9, left=False): 8}}, 0.0))
    assert told.refusal == "12 clients; 30 are needed"
    assert "cut off at 60 months" in told.months[0].label
    assert told.alpha is None


def test_segments_that_leave_alike_are_said_to_differ_by_chance_only():
    same = in_words(answer(question({"Law": high_end(), "Retail": high_end()}, 0.0)), "Industry")
    assert "no larger than chance" in same.sentence
    assert same.losses[0][1] == pytest.approx(same.losses[0][2])


def test_segments_that_leave_at_another_pace_are_told_apart():
    quick = {Lived(0, 1, left=True): 60, Lived(0, 7, left=False): 40}
    slow = {Lived(0, 1, left=True): 5, Lived(0, 7, left=False): 95}
    third = {Lived(0, 1, left=True): 30, Lived(0, 7, left=False): 70}
    told = in_words(answer(question({"A": quick, "B": slow, "C": third}, 0.0)), "Pod at the start")
    assert told.sentence.startswith("By pod at the start, clients leave at different paces")
    assert "df = 2, p < 0.001" in told.sentence


def test_clients_who_have_just_come_are_not_among_the_30():
    seen = {Lived(0, 2, left=True): 5, Lived(0, 9, left=False): 20}
    told = answer(question({"": {**seen, Lived(0, 0, left=False): 40}}, 0.0))
    assert told.refusal == "25 clients; 30 are needed"
