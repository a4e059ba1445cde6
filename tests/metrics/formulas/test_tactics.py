import pytest

from metrics.formulas.ratio import wilson
from metrics.formulas.tactics import (
    TacticRecord,
    decisive_share,
    shrunk_win_rate,
    tactic_win_loss_ratio,
    tactic_win_rate,
)

WORKED_EXAMPLE = TacticRecord(wins=7, losses=3, inconclusive=4)


def test_7_wins_3_losses_and_4_without_a_result():
    assert tactic_win_loss_ratio(WORKED_EXAMPLE).value == pytest.approx(2.33, abs=5e-3)
    assert tactic_win_rate(WORKED_EXAMPLE).value == 0.7
    assert decisive_share(WORKED_EXAMPLE).value == pytest.approx(10 / 14)


def test_seven_of_ten_may_be_40_or_89_percent():
    interval = wilson(tactic_win_rate(WORKED_EXAMPLE))
    assert interval.low == pytest.approx(0.397, abs=5e-4)
    assert interval.high == pytest.approx(0.892, abs=5e-4)


def test_seven_wins_are_half_of_all_closed_ones():
    assert WORKED_EXAMPLE.wins / WORKED_EXAMPLE.closed == 0.5


def test_without_a_loss_there_are_odds_and_no_ratio():
    unbeaten = TacticRecord(wins=7)
    assert tactic_win_loss_ratio(unbeaten).value is None
    assert unbeaten.odds == "7:0"


def test_three_of_three_rank_below_24_of_30():
    assert shrunk_win_rate(TacticRecord(3, 0)) == pytest.approx(0.692, abs=5e-4)
    assert shrunk_win_rate(TacticRecord(24, 6)) == pytest.approx(0.75)


def test_nothing_decided_is_no_rate():
    assert tactic_win_rate(TacticRecord(inconclusive=4)).value is None
    assert decisive_share(TacticRecord()).value is None


def test_records_of_several_clients_add_up_their_counts():
    assert TacticRecord(3, 0, 1) + TacticRecord(4, 3, 3) == WORKED_EXAMPLE
