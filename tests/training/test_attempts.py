from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from clients.models import Staff
from tests.factories.clients import StaffFactory
from tests.factories.training import (
    ChoiceFactory,
    CompletionFactory,
    ModuleVersionFactory,
    QuestionFactory,
    attempted,
)
from training.attempts import keep_answers, start_attempt, submit_attempt
from training.models import Attempt, Completion, ModuleVersion, Question

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture
def ana() -> Staff:
    return StaffFactory(name="Ana")


@pytest.fixture
def version() -> ModuleVersion:
    return ModuleVersionFactory(questions=4, pass_mark=75, months_valid=12)


def choose(attempt: Attempt, rights: Sequence[bool]) -> None:
    """Answer the questions in order, each rightly or wrongly."""
    keep_answers(
        attempt=attempt,
        chosen={
            answer.pk: [o["choice"] for o in answer.options if o["right"] == right]
            for answer, right in zip(attempt.answers.all(), rights, strict=False)
        },
    )


def take(staff: Staff, version: ModuleVersion, rights: Sequence[bool], now: datetime) -> Attempt:
    attempt = start_attempt(staff=staff, version=version, now=now)
    choose(attempt, rights)
    return submit_attempt(attempt=attempt, now=now)


def test_starting_keeps_the_questions_in_the_words_of_that_moment(
    ana: Staff, version: ModuleVersion
):
    attempt = start_attempt(staff=ana, version=version, now=NOW)
    Question.objects.update(text="Changed behind its back")
    answers = list(attempt.answers.all())
    assert [answer.question_text for answer in answers] == [f"Question {n}?" for n in range(1, 5)]
    assert [option["text"] for option in answers[0].options] == ["Right", "Wrong"]
    assert not any(answer.chosen_ids for answer in answers)


def test_starting_twice_goes_on_with_the_same_attempt(ana: Staff, version: ModuleVersion):
    first = start_attempt(staff=ana, version=version, now=NOW)
    choose(first, [True])
    again = start_attempt(staff=ana, version=version, now=NOW + timedelta(days=1))
    assert again == first
    assert [bool(answer.chosen_ids) for answer in again.answers.all()] == [True] + [False] * 3
    assert again.started_on == TODAY


def test_three_of_four_right_is_75_and_passes_a_mark_of_75(ana: Staff, version: ModuleVersion):
    attempt = take(ana, version, [True, True, True, False], NOW)
    assert (attempt.score, attempt.submitted_on, attempt.is_passed) == (Decimal(75), TODAY, True)
    completion = Completion.objects.get()
    assert (completion.staff, completion.version, completion.attempt) == (ana, version, attempt)
    assert (completion.completed_on, completion.expires_on) == (TODAY, date(2027, 3, 2))
    assert attempt.right_count == 3


def test_below_the_mark_there_is_a_score_and_no_completion(ana: Staff, version: ModuleVersion):
    attempt = take(ana, version, [True, True, False, False], NOW)
    assert (attempt.score, attempt.is_passed) == (Decimal(50), False)
    assert not Completion.objects.exists()


def test_a_heavier_question_counts_more(ana: Staff):
    version = ModuleVersionFactory(questions=1)
    heavy = QuestionFactory(version=version, position=2, weight=3)
    ChoiceFactory(question=heavy, is_right=True)
    ChoiceFactory(question=heavy)
    assert take(ana, version, [False, True], NOW).score == Decimal(75)


def test_without_an_answer_it_is_not_handed_in_and_the_rest_is_kept(
    ana: Staff, version: ModuleVersion
):
    attempt = start_attempt(staff=ana, version=version, now=NOW)
    choose(attempt, [True, True])
    with pytest.raises(ValidationError, match="question 3, 4"):
        submit_attempt(attempt=attempt, now=NOW)
    attempt.refresh_from_db()
    assert attempt.is_open
    assert [bool(answer.chosen_ids) for answer in attempt.answers.all()] == [
        True,
        True,
        False,
        False,
    ]


def test_handing_in_twice_changes_nothing(ana: Staff, version: ModuleVersion):
    attempt = take(ana, version, [True] * 4, NOW)
    again = submit_attempt(attempt=attempt, now=NOW + timedelta(days=1))
    assert (again.submitted_at, again.score) == (NOW, Decimal(100))
    assert Completion.objects.count() == 1


def test_a_submitted_attempt_keeps_its_answers(ana: Staff, version: ModuleVersion):
    attempt = take(ana, version, [False] * 4, NOW)
    choose(attempt, [True] * 4)
    kept = [option for answer in attempt.answers.all() for option in answer.options]
    assert all(option["chosen"] != option["right"] for option in kept)


def test_a_draft_or_a_replaced_version_cannot_be_started(ana: Staff, version: ModuleVersion):
    draft = ModuleVersionFactory(published_on=None, questions=1)
    ModuleVersionFactory(module=version.module, number=2, published_on=TODAY, questions=1)
    for refused in (draft, version):
        with pytest.raises(ValidationError, match="not the version that is taught now"):
            start_attempt(staff=ana, version=refused, now=NOW)


def test_an_attempt_at_a_version_replaced_meanwhile_is_not_scored(
    ana: Staff, version: ModuleVersion
):
    attempt = start_attempt(staff=ana, version=version, now=NOW)
    choose(attempt, [True] * 4)
    ModuleVersionFactory(module=version.module, number=2, published_on=TODAY, questions=1)
    with pytest.raises(ValidationError, match="not the version that is taught now"):
        submit_attempt(attempt=attempt, now=NOW)
    assert not Completion.objects.exists()


def test_a_late_evening_in_the_agency_counts_for_that_day(ana: Staff, version: ModuleVersion):
    midnight_utc = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # 00:30 of 2 July in London
    attempt = take(ana, version, [True] * 4, midnight_utc)
    assert attempt.submitted_on == date(2026, 7, 2)
    assert Completion.objects.get().completed_on == date(2026, 7, 2)


def test_a_worse_attempt_the_same_day_leaves_the_completion(ana: Staff, version: ModuleVersion):
    take(ana, version, [True] * 4, NOW)
    take(ana, version, [False] * 4, NOW + timedelta(hours=1))
    take(ana, version, [True] * 4, NOW + timedelta(hours=2))
    assert Completion.objects.count() == 1


def test_a_renewal_must_be_earned_again(ana: Staff, version: ModuleVersion):
    take(ana, version, [True] * 4, NOW)
    take(ana, version, [False] * 4, NOW + timedelta(days=300))
    assert Completion.objects.count() == 1
    take(ana, version, [True] * 4, NOW + timedelta(days=301))
    latest = Completion.objects.first()
    assert latest is not None
    assert latest.completed_on == date(2026, 12, 28)


def test_with_the_average_rule_two_attempts_must_average_the_mark(ana: Staff):
    version = ModuleVersionFactory(questions=4, pass_mark=75, score_rule="average")
    take(ana, version, [True, True, False, False], NOW)
    take(ana, version, [True, True, True, False], NOW + timedelta(hours=1))
    assert not Completion.objects.exists()
    take(ana, version, [True] * 4, NOW + timedelta(hours=2))
    assert Completion.objects.count() == 1


def test_with_the_first_rule_there_is_no_second_attempt(ana: Staff):
    version = ModuleVersionFactory(questions=2, score_rule="first")
    take(ana, version, [True, False], NOW)
    with pytest.raises(ValidationError, match="Only the first attempt counts"):
        start_attempt(staff=ana, version=version, now=NOW)


def test_with_the_first_rule_an_expiry_gives_a_fresh_first_attempt(ana: Staff):
    version = ModuleVersionFactory(questions=2, score_rule="first", months_valid=1)
    attempted(ana, version, 100, date(2026, 1, 10))
    assert take(ana, version, [True, True], NOW).is_passed
    assert Completion.objects.count() == 2


def test_after_a_pass_by_certificate_the_average_starts_afresh(ana: Staff):
    version = ModuleVersionFactory(questions=2, score_rule="average")
    attempted(ana, version, 0, date(2026, 1, 10))
    CompletionFactory(staff=ana, version=version, completed_on=date(2026, 2, 1))
    take(ana, version, [True, True], NOW)
    assert Completion.objects.count() == 2
