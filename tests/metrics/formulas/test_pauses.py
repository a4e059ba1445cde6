from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from godview.periods import Period
from metrics.formulas.pauses import Pause, without_long_pauses
from metrics.formulas.retention import Spell, headcount, tenure

SINCE = date(2025, 1, 1)
PAUSED_ON = date(2026, 1, 10)
AS_OF = date(2026, 12, 1)


def paused(days: int | None, as_of: date = AS_OF, left_on: date | None = None):
    end = None if days is None else PAUSED_ON + timedelta(days=days)
    served = tenure("Halden", [Spell(SINCE, left_on)])
    return without_long_pauses(served, [Pause(PAUSED_ON, end)], as_of)


def test_a_pause_of_90_days_leaves_the_client_ours():
    assert paused(90).spells == (Spell(SINCE),)


def test_a_pause_of_91_days_is_a_departure_on_its_first_day_and_then_a_return():
    resumed_on = PAUSED_ON + timedelta(days=91)
    assert paused(91).spells == (Spell(SINCE, PAUSED_ON), Spell(resumed_on))
    around = headcount([paused(91)], Period(date(2026, 1, 1), date(2026, 6, 1)))
    assert (around.lost, around.returned, around.retained) == (1, 1, 1)


@pytest.mark.parametrize(("day", "served"), [(90, True), (91, False)])
def test_an_open_pause_is_judged_by_how_long_it_has_lasted(day, served):
    as_of = PAUSED_ON + timedelta(days=day)
    assert paused(None, as_of).covers(as_of) is served


def test_a_planned_end_in_the_future_does_not_lengthen_a_pause():
    assert paused(200, as_of=PAUSED_ON + timedelta(days=30)).spells == (Spell(SINCE),)


def test_who_leaves_during_a_long_pause_left_when_it_began():
    left_on = PAUSED_ON + timedelta(days=120)
    assert paused(None, left_on=left_on).spells == (Spell(SINCE, PAUSED_ON),)


def test_a_long_pause_after_the_end_of_a_spell_changes_nothing():
    assert paused(None, left_on=PAUSED_ON).spells == (Spell(SINCE, PAUSED_ON),)


def test_a_long_pause_from_the_first_day_leaves_only_what_follows():
    served = tenure("Halden", [Spell(PAUSED_ON)])
    cut = without_long_pauses(served, [Pause(PAUSED_ON, date(2026, 6, 1))], AS_OF)
    assert cut.spells == (Spell(date(2026, 6, 1)),)


def test_pauses_that_follow_each_other_are_one():
    halves = [Pause(PAUSED_ON, date(2026, 3, 1)), Pause(date(2026, 3, 1), date(2026, 5, 1))]
    cut = without_long_pauses(tenure("Halden", [Spell(SINCE)]), halves, AS_OF)
    assert cut.spells == (Spell(SINCE, PAUSED_ON), Spell(date(2026, 5, 1)))


def test_who_leaves_early_in_a_pause_that_nobody_ended_left_on_that_day():
    left_on = PAUSED_ON + timedelta(days=31)
    assert paused(None, left_on=left_on).spells == (Spell(SINCE, left_on),)


DAYS = st.dates(date(2025, 6, 1), date(2026, 11, 1))


@given(st.lists(st.tuples(DAYS, st.integers(1, 400)), max_size=4), DAYS, DAYS)
def test_a_client_is_served_unless_gone_or_in_a_long_pause(stretches, left_on, day):
    pauses = [Pause(start, start + timedelta(days=days)) for start, days in stretches]
    spells = [Spell(date(2025, 1, 1), left_on)]
    cut = without_long_pauses(tenure("Halden", spells), pauses, AS_OF)

    def on_hold(on: date) -> bool:
        return spells[0].covers(on) and any(pause.covers(on) for pause in pauses)

    first = last = day
    while on_hold(first):
        first -= timedelta(days=1)
    while on_hold(last) and last < AS_OF:
        last += timedelta(days=1)
    in_long_pause = on_hold(day) and (last - first).days - 1 > 90
    assert cut.covers(day) == (spells[0].covers(day) and not in_long_pause)
