from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from metrics.attention import Facts, Limits, cases, default_limits
from metrics.formulas.activity import activity_change
from metrics.formulas.pace import PaceState

NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
TODAY = date(2026, 11, 19)
LIMITS = Limits(default_limits(10), week_is_locked=True, week_number=47)
FINE = Facts(
    client=1,
    name="Halden",
    mrr=Decimal(1000),
    pace_state=PaceState.ON,
    pace_ratio=1.0,
    weeks_off_pace=0,
    days_since_contact=3,
    goals_met=4,
    goals_committed=5,
    goals_this_week=2,
    reply_due_at=None,
    reply_text="",
    ends_on=None,
    paused=False,
)

FELL = activity_change([10, 12, 11, 9, 10, 12, 11, 9], 5)


def found(*clients, limits=LIMITS):
    return cases(clients, limits, NOW, TODAY)


def reasons(**changes):
    return [
        (r.rule, r.bad, r.fact) for case in found(replace(FINE, **changes)) for r in case.reasons
    ]


def test_a_client_that_breaks_no_rule_is_not_on_the_list():
    assert found(FINE) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"pace_state": PaceState.OFF, "pace_ratio": 0.68, "weeks_off_pace": 3},
            ("pace", True, "32% behind pace"),
        ),
        ({"days_since_contact": 12}, ("contact", True, "12 days without contact")),
        (
            {"reply_due_at": NOW - timedelta(days=2, hours=4)},
            ("reply", True, "Reply 2 d 4 h late"),
        ),
        ({"goals_met": 2, "goals_committed": 9}, ("goals", True, "2 of 9 weekly goals hit")),
        ({"goals_this_week": 0}, ("no_goals", False, "No weekly goals")),
        ({"ends_on": TODAY + timedelta(days=21)}, ("ends", False, "Leaves in 21 days")),
        ({"red_streak": 2}, ("reds", True, "2 red weeks in a row")),
        ({"weeks_light_disagrees": 3}, ("disagree", True, "numbers are red for 3 weeks")),
        ({"activity": FELL}, ("activity", False, "Activity at 48%")),
        ({"payment_days_late": 8}, ("payment", False, "Payment 8 days late")),
        ({"notice_on": TODAY}, ("notice", True, "Notice given")),
        (
            {"sponsor_left_on": TODAY - timedelta(days=90)},
            ("sponsor", True, "The person who decides has left"),
        ),
        ({"days_since_heard": 31}, ("silence", False, "Nothing heard for 31 days")),
        ({"replies_late": 3, "replies_due": 5}, ("breach", False, "3 of 5 replies late")),
        ({"deadlines_moved": 3}, ("moved", True, "3 deadlines moved or made anew")),
        ({"tasks_late": (96, 9, 8, 7, 2)}, ("late", False, "5 tasks overdue")),
        (
            {"nps": 6.0, "nps_on": TODAY - timedelta(days=90)},
            ("nps", False, "NPS answer 6"),
        ),
    ],
)
def test_each_rule_says_what_is_true(changes, reason):
    assert reasons(**changes) == [reason]


@pytest.mark.parametrize(
    "changes",
    [
        {"days_since_contact": 10},  # exactly the standard is within it
        {"pace_state": PaceState.BEHIND, "pace_ratio": 0.85},
        {"goals_met": 2, "goals_committed": 4},  # half is not below half
        {"goals_met": 0, "goals_committed": 3},  # too few to alarm
        {"reply_due_at": NOW + timedelta(minutes=1)},
        {"ends_on": TODAY + timedelta(days=31)},
        {"days_since_contact": None},
        {"red_streak": 1},
        {"weeks_light_disagrees": 1},
        {"activity": activity_change([10, 12], 1)},  # still learning
        {"activity": activity_change([10, 12, 11, 9, 10, 12, 11, 9], 10)},
        {"payment_days_late": 7},
        {"sponsor_left_on": TODAY - timedelta(days=91)},
        {"days_since_heard": 30},
        {"replies_late": 2, "replies_due": 2},
        {"deadlines_moved": 1},
        {"tasks_late": (96, 9, 8, 7)},
        {"nps": 6.5, "nps_on": TODAY},
        {"nps": 0.0, "nps_on": TODAY - timedelta(days=91)},
    ],
)
def test_at_its_limit_a_rule_keeps_quiet(changes):
    assert reasons(**changes) == []


def test_missing_goals_are_no_alarm_before_the_week_is_locked():
    early = replace(LIMITS, week_is_locked=False)
    assert found(replace(FINE, goals_this_week=0), limits=early) == []


def test_a_client_on_hold_is_left_alone():
    assert reasons(paused=True, days_since_contact=40, goals_this_week=0) == []


def test_a_client_is_on_the_list_once_with_the_worst_reason_first():
    [case] = found(replace(FINE, days_since_contact=12, goals_this_week=0))
    assert [reason.rule for reason in case.reasons] == ["contact", "no_goals"]
    assert case.bad


def test_the_worst_come_first_then_the_longest_open_times_the_fee_then_the_name():
    late = replace(FINE, days_since_contact=12)
    clients = [
        replace(FINE, client=1, name="No goals", goals_this_week=0, mrr=Decimal(9000)),
        replace(late, client=2, name="Small", mrr=Decimal(100)),
        replace(late, client=3, name="Large", mrr=Decimal(5000)),
        replace(late, client=4, name="Long", days_since_contact=60, mrr=Decimal(100)),
    ]
    assert [case.name for case in found(*clients)] == ["Long", "Large", "Small", "No goals"]


def test_tasks_are_overdue_since_as_many_as_the_limit_are():
    [case] = found(replace(FINE, tasks_late=(96, 9, 8, 7, 2, 1)))
    assert case.days_open == 2
    assert case.reasons[0].words == "6 tasks overdue by up to 96 days"


def test_equal_cases_are_in_the_order_of_their_names():
    silent = replace(FINE, goals_this_week=0)
    twins = [replace(silent, client=1, name="Zenith"), replace(silent, client=2, name="Acme")]
    assert [case.name for case in found(*twins)] == ["Acme", "Zenith"]


def test_an_unknown_fee_is_not_the_smallest_one():
    silent = replace(FINE, days_since_contact=12)
    clients = [
        replace(silent, client=1, name="Small", mrr=Decimal(100)),
        replace(silent, client=2, name="Unknown", mrr=None),
        replace(silent, client=3, name="Large", mrr=Decimal(5000)),
    ]
    assert [case.name for case in found(*clients)] == ["Large", "Unknown", "Small"]
