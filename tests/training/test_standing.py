from datetime import date
from decimal import Decimal

import pytest

from training.facts import Demand, Module, Pass, Person, Try, Version
from training.standing import Standing, State, Subject, standing

STARTED = date(2026, 1, 5)
PUBLISHED = date(2026, 1, 1)
DAY = date(2026, 6, 1)
ANA = Person(1, "designer", STARTED, None)
V1 = Version(11, 7, 1, PUBLISHED, 80, "best")
V2 = Version(12, 7, 2, date(2026, 5, 1), 80, "best")
BY_DAYS = Demand(7, "", 30, None, 14, date(2020, 1, 1), None)


def subject(
    *versions: Version, demands: list[Demand] | None = None, retired_on: date | None = None
):
    return Subject(
        Module(7, "calls", "Calls", "", retired_on),
        versions or (V1,),
        [BY_DAYS] if demands is None else demands,
    )


def taken(score: int, on: date, version: Version = V1) -> Try:
    return Try(1, version.id, on, on, Decimal(score))


def passed(on: date, until: date | None = None, version: Version = V1) -> Pass:
    return Pass(1, version.id, on, until)


def of(
    about: Subject | None = None,
    passes: list[Pass] | None = None,
    tries: list[Try] | None = None,
    day: date = DAY,
    person: Person = ANA,
) -> Standing:
    found = standing(person, about or subject(), passes or [], tries or [], day)
    assert found is not None
    return found


def test_nothing_done_is_not_begun_and_overdue_after_the_due_day():
    found = of()
    assert (found.state, found.due_on) == (State.NOT_BEGUN, date(2026, 2, 4))
    assert found.is_due
    assert found.is_overdue
    assert found.score is None


def test_on_the_due_day_it_is_due_but_not_overdue():
    found = of(day=date(2026, 2, 4))
    assert found.is_due
    assert not found.is_overdue
    assert not of(day=date(2026, 2, 3)).is_due


def test_a_failed_attempt_keeps_its_score():
    found = of(tries=[taken(60, date(2026, 2, 1)), taken(70, date(2026, 2, 2))])
    assert (found.state, found.score) == (State.FAILED, Decimal(70))


def test_an_open_attempt_is_in_progress_until_it_is_submitted():
    going = Try(1, V1.id, date(2026, 5, 30), date(2026, 6, 2), Decimal(90))
    assert of(tries=[going]).state is State.IN_PROGRESS
    assert of(tries=[going], day=date(2026, 5, 29)).state is State.NOT_BEGUN


def test_passed_in_date_is_passed_and_never_overdue():
    found = of(passes=[passed(date(2026, 3, 1))], tries=[taken(90, date(2026, 3, 1))])
    assert (found.state, found.score) == (State.PASSED, Decimal(90))
    assert found.passed_on == date(2026, 3, 1)
    assert not found.is_overdue


def test_a_later_failed_attempt_does_not_undo_a_pass():
    found = of(
        passes=[passed(date(2026, 3, 1))],
        tries=[taken(90, date(2026, 3, 1)), taken(40, date(2026, 4, 1))],
    )
    assert (found.state, found.score) == (State.PASSED, Decimal(90))


def test_the_past_knows_nothing_of_a_later_pass():
    found = of(
        passes=[passed(date(2026, 3, 1))],
        tries=[taken(90, date(2026, 3, 1))],
        day=date(2026, 2, 28),
    )
    assert (found.state, found.score, found.passed_on) == (State.NOT_BEGUN, None, None)


def test_expiry_opens_the_module_again_and_it_is_due_that_day():
    expiring = [passed(date(2026, 1, 10), date(2026, 5, 10))]
    tries = [taken(90, date(2026, 1, 10))]
    assert of(passes=expiring, tries=tries, day=date(2026, 5, 9)).state is State.PASSED
    found = of(passes=expiring, tries=tries, day=date(2026, 5, 10))
    assert (found.state, found.due_on) == (State.EXPIRED, date(2026, 5, 10))
    assert found.is_due
    assert not found.is_overdue
    assert of(passes=expiring, tries=tries, day=date(2026, 5, 11)).is_overdue


def test_what_expired_must_be_earned_again():
    found = of(
        passes=[passed(date(2026, 1, 10), date(2026, 5, 10))],
        tries=[taken(90, date(2026, 1, 10)), taken(60, date(2026, 5, 12))],
    )
    assert (found.state, found.score) == (State.FAILED, Decimal(60))


def test_an_early_renewal_leaves_no_gap():
    found = of(
        passes=[
            passed(date(2026, 1, 10), date(2026, 5, 10)),
            passed(date(2026, 5, 1), date(2026, 9, 1)),
        ],
        tries=[taken(90, date(2026, 1, 10)), taken(85, date(2026, 5, 1))],
    )
    assert (found.state, found.expires_on) == (State.PASSED, date(2026, 9, 1))
    assert found.score == Decimal(90)


def test_a_gap_between_two_passes_begins_a_new_round():
    found = of(
        passes=[
            passed(date(2026, 1, 10), date(2026, 3, 10)),
            passed(date(2026, 4, 1), date(2026, 9, 1)),
        ],
        tries=[taken(95, date(2026, 1, 10)), taken(85, date(2026, 4, 1))],
    )
    assert (found.state, found.score) == (State.PASSED, Decimal(85))


def test_a_new_version_opens_a_passed_module_again_with_days_for_the_retake():
    about = subject(V1, V2)
    found = of(about, [passed(date(2026, 3, 1))], [taken(90, date(2026, 3, 1))], date(2026, 5, 2))
    assert (found.state, found.version_id) == (State.NEW_VERSION, V2.id)
    assert (found.score, found.passed_on) == (None, date(2026, 3, 1))
    assert found.due_on == date(2026, 5, 15)
    assert found.is_due
    assert not found.is_overdue
    assert of(about, [passed(date(2026, 3, 1))], day=date(2026, 5, 16)).is_overdue


def test_before_the_new_version_the_old_one_counts():
    found = of(subject(V1, V2), [passed(date(2026, 3, 1))], day=date(2026, 4, 30))
    assert (found.state, found.version_id) == (State.PASSED, V1.id)


def test_a_third_version_gives_no_second_delay():
    third = V2._replace(id=13, number=3, published_on=date(2026, 5, 20))
    found = of(subject(V1, V2, third), [passed(date(2026, 3, 1))])
    assert (found.version_id, found.due_on) == (13, date(2026, 5, 15))


def test_a_new_version_does_not_excuse_what_had_expired_before():
    old = passed(date(2026, 1, 10), date(2026, 4, 1))
    found = of(subject(V1, V2), [old], day=date(2026, 5, 2))
    assert (found.state, found.due_on) == (State.NEW_VERSION, date(2026, 4, 1))
    assert found.is_overdue


def test_a_failure_in_an_old_version_is_not_a_failure_in_the_new_one():
    found = of(subject(V1, V2), tries=[taken(10, date(2026, 3, 1))])
    assert (found.state, found.score, found.due_on) == (State.NOT_BEGUN, None, date(2026, 2, 4))


def test_passing_the_new_version_closes_it():
    found = of(
        subject(V1, V2),
        [passed(date(2026, 3, 1)), passed(date(2026, 5, 20), version=V2)],
        [taken(90, date(2026, 3, 1)), taken(80, date(2026, 5, 20), V2)],
    )
    assert (found.state, found.score) == (State.PASSED, Decimal(80))


def test_a_pass_without_an_attempt_has_no_score():
    found = of(passes=[passed(date(2026, 3, 1))])
    assert (found.state, found.is_attempted) == (State.PASSED, False)


@pytest.mark.parametrize(
    ("demand", "due_on"),
    [
        (BY_DAYS._replace(due_within_days=0), STARTED),
        (BY_DAYS._replace(starts_on=date(2026, 4, 1)), date(2026, 5, 1)),
        (BY_DAYS._replace(due_within_days=None, due_on=date(2026, 3, 31)), date(2026, 3, 31)),
        (BY_DAYS._replace(due_within_days=None, due_on=date(2025, 3, 31)), STARTED),
    ],
    ids=["at the start", "required later", "by a date", "came after the date"],
)
def test_the_due_date_follows_from_the_start_or_the_date(demand: Demand, due_on: date):
    assert of(subject(demands=[demand])).due_on == due_on


def test_nobody_is_late_with_a_module_that_was_not_published_yet():
    late = V1._replace(published_on=date(2026, 5, 20))
    assert of(subject(late)).due_on == date(2026, 6, 19)


def test_of_two_demands_the_stricter_one_counts():
    mine = BY_DAYS._replace(role="designer", due_within_days=10)
    assert of(subject(demands=[BY_DAYS, mine])).due_on == date(2026, 1, 15)


@pytest.mark.parametrize(
    "demand",
    [
        BY_DAYS._replace(role="salesperson"),
        BY_DAYS._replace(starts_on=date(2026, 6, 2)),
        BY_DAYS._replace(ends_on=DAY),
    ],
    ids=["another role", "not yet", "no longer"],
)
def test_what_is_not_required_has_no_due_date(demand: Demand):
    found = of(subject(demands=[demand]))
    assert (found.is_required, found.due_on, found.is_due, found.is_overdue) == (
        False, None, False, False,
    )  # fmt: skip


def test_a_retired_or_unpublished_module_has_no_standing():
    assert standing(ANA, subject(retired_on=DAY), [], [], DAY) is None
    assert standing(ANA, subject(V1._replace(published_on=date(2026, 6, 2))), [], [], DAY) is None


def test_who_left_has_no_standing_from_that_day():
    gone = ANA._replace(ended_on=DAY)
    assert standing(gone, subject(), [], [], DAY) is None
    assert standing(gone, subject(), [], [], date(2026, 5, 31)) is not None
