from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.factories.training import ChoiceFactory, ModuleVersionFactory, QuestionFactory
from training.models import ModuleVersion
from training.versions import draft_next, publish, withdraw

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)


def test_a_draft_with_a_complete_question_is_published():
    draft = ModuleVersionFactory(published_on=None, questions=1)
    publish(version=draft, on=MONDAY)
    draft.refresh_from_db()
    assert draft.published_on == MONDAY


def test_without_questions_it_stays_a_draft():
    draft = ModuleVersionFactory(published_on=None)
    with pytest.raises(ValidationError, match="at least one question"):
        publish(version=draft, on=MONDAY)


@pytest.mark.parametrize(
    ("kind", "rights", "sentence"),
    [
        ("single", [False, False], "at least one right choice"),
        ("single", [True, True], "Only one choice may be right"),
        ("single", [True], "at least two choices"),
        ("multiple", [False, False], "at least one right choice"),
        ("true_false", [True, False, False], "exactly two choices"),
        ("true_false", [True, True], "Only one choice may be right"),
    ],
)
def test_an_incomplete_question_stops_it_and_is_named(kind: str, rights: list[bool], sentence: str):
    draft = ModuleVersionFactory(published_on=None, questions=1)
    question = QuestionFactory(version=draft, position=2, kind=kind, text="Who calls first?")
    for right in rights:
        ChoiceFactory(question=question, is_right=right)
    with pytest.raises(ValidationError, match=f"Question 2, “Who calls first.*{sentence}"):
        publish(version=draft, on=MONDAY)


def test_several_right_choices_are_fine_where_the_kind_says_so():
    draft = ModuleVersionFactory(published_on=None)
    question = QuestionFactory(version=draft, kind="multiple")
    ChoiceFactory.create_batch(2, question=question, is_right=True)
    assert publish(version=draft, on=MONDAY).published_on == MONDAY


def test_a_published_version_is_not_published_again():
    with pytest.raises(ValidationError, match="published already"):
        publish(version=ModuleVersionFactory(questions=1), on=MONDAY)


def test_a_version_cannot_begin_before_the_one_it_follows():
    first = ModuleVersionFactory(published_on=date(2026, 4, 1))
    second = ModuleVersionFactory(module=first.module, number=2, published_on=None, questions=1)
    with pytest.raises(ValidationError, match="2026-04-01"):
        publish(version=second, on=MONDAY)


def test_an_old_draft_cannot_overtake_a_later_version():
    later = ModuleVersionFactory(number=2)
    old = ModuleVersionFactory(module=later.module, number=1, published_on=None, questions=1)
    with pytest.raises(ValidationError, match="later version is published"):
        publish(version=old, on=MONDAY)


def test_the_next_version_begins_as_a_copy_and_leaves_the_first_alone():
    first = ModuleVersionFactory(
        questions=2, body="Call back.", pass_mark=70, months_valid=6, score_rule="last"
    )
    draft = draft_next(version=first)
    assert (draft.number, draft.published_on) == (2, None)
    assert (draft.body, draft.pass_mark, draft.months_valid, draft.score_rule) == (
        "Call back.", 70, 6, "last",
    )  # fmt: skip
    assert [
        (question.text, [(choice.text, choice.is_right) for choice in question.choices.all()])
        for question in draft.questions.all()
    ] == [(f"Question {n}?", [("Right", True), ("Wrong", False)]) for n in (1, 2)]
    assert first.questions.count() == 2


def test_only_what_has_not_begun_is_withdrawn():
    waiting = ModuleVersionFactory(published_on=date(2026, 3, 3))
    assert withdraw(version=waiting, today=MONDAY).published_on is None
    with pytest.raises(ValidationError, match="nothing to withdraw"):
        withdraw(version=ModuleVersionFactory(published_on=MONDAY), today=MONDAY)


def test_the_current_version_is_the_newest_published_one():
    first = ModuleVersionFactory(published_on=date(2026, 1, 1))
    second = ModuleVersionFactory(module=first.module, number=2, published_on=MONDAY)
    ModuleVersionFactory(module=first.module, number=3, published_on=None)
    assert ModuleVersion.objects.current_on(date(2026, 3, 1)).get() == first
    assert ModuleVersion.objects.current_on(MONDAY).get() == second


def test_every_change_of_a_version_is_kept():
    draft = ModuleVersionFactory(published_on=None, questions=1)
    publish(version=draft, on=MONDAY)
    assert [row.published_on for row in draft.history.all()] == [MONDAY, None]
