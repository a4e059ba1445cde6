from datetime import date, timedelta

import pytest

from metrics.formulas.ratio import Ratio
from metrics.formulas.warning_judge import Departure, ScoreReading, judge

DAY = date(2026, 1, 1)
LATER = date(2026, 12, 31)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def read(client: str, *scores: tuple[int, float | None]) -> list[ScoreReading]:
    return [ScoreReading(client, day(number), score) for number, score in scores]


def test_five_of_twelve_lost_clients_were_green_30_days_before():
    readings, losses = [], []
    for number in range(12):
        readings += read(f"client {number}", (10, 20.0 if number < 5 else 80.0))
        losses.append(Departure(f"client {number}", day(40)))
    found = judge(readings, losses, LATER)
    assert found.watermelon == Ratio(5, 12)
    assert found.watermelon.value == pytest.approx(0.417, abs=5e-4)


def test_a_warning_followed_by_a_loss_is_right_and_one_followed_by_nothing_wrong():
    readings = read("A", (0, 30), (30, 75), (60, 90)) + read("B", (30, 80), (60, 20))
    found = judge(readings, [Departure("A", day(100))], LATER)
    assert found.precision == Ratio(1, 2)
    assert found.recall == Ratio(1, 1)
    assert found.lead_days == (70,)  # from its first day, without a break
    assert found.lead_days_median == 70


def test_a_loss_without_a_warning_was_not_foreseen():
    readings = read("A", (0, 90), (30, 20), (60, 20))
    found = judge(readings, [Departure("A", day(150))], LATER)
    assert found.recall == Ratio(0, 1)
    assert found.precision == Ratio(0, 1)
    assert found.lead_days_median is None


def test_what_is_read_on_the_day_of_the_loss_or_later_foresees_nothing():
    readings = read("A", (40, 95), (50, 95))
    assert judge(readings, [Departure("A", day(40))], LATER).recall == Ratio(0, 1)


def test_a_warning_whose_90_days_are_not_over_is_not_judged_yet():
    readings = read("A", (0, 80), (10, 20))
    assert judge(readings, [], day(89)).precision == Ratio(0, 0)
    assert judge(readings, [], day(90)).precision == Ratio(0, 1)


def test_a_warning_that_was_right_at_once_does_not_count_before_a_wrong_one_could():
    readings = read("A", (0, 80)) + read("B", (0, 80), (7, 20))
    lost = [Departure("A", day(20))]
    assert judge(readings, lost, day(89)).precision == Ratio(0, 0)
    assert judge(readings, lost, day(97)).precision == Ratio(1, 2)


def test_a_warning_that_stands_for_ever_is_wrong_until_the_client_leaves():
    readings = read("A", *((number, 80.0) for number in range(0, 200, 30)))
    assert judge(readings, [], day(185)).precision == Ratio(0, 1)
    assert judge(readings, [Departure("A", day(184))], day(185)).precision == Ratio(1, 1)


def test_the_judge_never_looks_ahead():
    readings = read("A", (0, 20), (30, 95))
    losses = [Departure("A", day(60))]
    early = judge(readings, losses, day(29))
    assert (early.precision, early.recall, early.watermelon) == (Ratio(0, 0),) * 3


def test_an_unknown_score_does_not_end_a_warning_and_is_no_green():
    readings = read("A", (0, 80), (30, None), (60, 85))
    assert judge(readings, [Departure("A", day(70))], LATER).lead_days == (70,)
    unread = judge(read("A", (5, None)), [Departure("A", day(70))], LATER)
    assert (unread.watermelon, unread.unread) == (Ratio(0, 0), 1)


def test_without_losses_and_warnings_nothing_is_known():
    found = judge([], [], LATER)
    assert (found.precision.value, found.recall.value, found.watermelon.value) == (None,) * 3
