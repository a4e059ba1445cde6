from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.nps import Answer, Nps, firm_scores, latest_answers, may_ask, nps

DAY = date(2026, 6, 1)


def test_11_promoters_5_between_and_4_detractors_make_plus_35():
    score = Nps(11, 5, 4)
    assert score.value == 35
    assert score.se == pytest.approx(17.7, abs=0.05)
    assert (score.interval.low, score.interval.high) == pytest.approx((0.3, 69.7), abs=0.05)
    assert not score.small_base


def test_when_20_of_30_clients_answered_the_error_is_smaller():
    score = Nps(11, 5, 4, asked_of=30)
    assert score.interval.high - score.value == pytest.approx(20.4, abs=0.05)
    assert Nps(11, 5, 4, asked_of=20).se == 0


def test_9_and_10_promote_and_up_to_6_detract():
    assert nps([0, 6, 7, 8, 9, 10]) == Nps(2, 2, 2)
    assert nps([8.9, 6.5]) == Nps(0, 2, 0)  # the means of firms


def test_without_answers_there_is_no_score():
    assert nps([]).value is None
    assert nps([]).se is None
    assert nps([]).interval is None


@pytest.mark.parametrize("score", [-1, 11])
def test_an_answer_is_from_0_to_10(score):
    with pytest.raises(ValueError, match="from 0 to 10"):
        nps([score])


def test_more_answers_than_clients_cannot_be():
    with pytest.raises(ValueError, match="20 answers from 19"):
        _ = Nps(11, 5, 4, asked_of=19).se


def test_the_only_client_there_is_leaves_no_doubt():
    assert Nps(1, 0, 0, asked_of=1).se == 0


def test_only_the_latest_answer_of_a_person_counts():
    answers = [Answer("A", "Ada", 2, DAY), Answer("A", "Ada", 9, DAY + timedelta(days=3))]
    assert latest_answers(reversed(answers)) == [answers[1]]


def test_a_talkative_firm_counts_once():
    answers = [Answer("A", n, 10, DAY) for n in range(9)] + [Answer("A", 9, 0, DAY)]
    answers.append(Answer("B", 1, 3, DAY))
    assert firm_scores(answers) == {"A": 9.0, "B": 3.0}
    assert nps(firm_scores(answers).values()).value == 0


def test_a_second_survey_within_90_days_is_refused():
    assert may_ask(None, DAY)
    assert not may_ask(DAY, DAY + timedelta(days=89))
    assert may_ask(DAY, DAY + timedelta(days=90))


@settings(max_examples=60)
@given(st.lists(st.integers(0, 10), min_size=1, max_size=50))
def test_the_standard_error_is_that_of_a_mean_of_plus_and_minus_100(scores):
    points = [100 * ((score >= 9) - (score <= 6)) for score in scores]
    mean = sum(points) / len(points)
    variance = sum((point - mean) ** 2 for point in points) / len(points)
    found = nps(scores)
    assert found.value == pytest.approx(mean)
    assert found.se == pytest.approx((variance / len(points)) ** 0.5, abs=1e-6)
    assert -100 <= found.interval.low <= found.interval.high <= 100
