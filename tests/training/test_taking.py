import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clients.models import Staff
from tests.factories.training import ChoiceFactory, ModuleVersionFactory, QuestionFactory
from tests.training.conftest import signed_in
from training.models import Attempt, Completion, ModuleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ModuleVersion:
    """Two single-choice questions and one with two right choices of three."""
    made = ModuleVersionFactory(module__slug="calls", module__title="Calls", questions=2)
    several = QuestionFactory(version=made, position=3, kind="multiple", text="Which two?")
    for text, right in (("Phone", True), ("E-mail", True), ("Pigeon", False)):
        ChoiceFactory(question=several, text=text, is_right=right)
    return made


@pytest.fixture
def learner(ana: Staff) -> Client:
    return signed_in(ana)


@pytest.fixture
def attempt(learner: Client, version: ModuleVersion) -> Attempt:
    response = learner.post("/training/calls/start/")
    made = Attempt.objects.get()
    assert response.url == f"/training/attempts/{made.pk}/"
    return made


def url(attempt: Attempt) -> str:
    return f"/training/attempts/{attempt.pk}/"


def answers(attempt: Attempt, right: bool = True) -> dict[str, Any]:
    return {
        f"answer_{answer.pk}": [o["choice"] for o in answer.options if o["right"] == right]
        for answer in attempt.answers.all()
    }


def checked(text: str) -> int:
    return len(re.findall(r"<input[^>]*\bchecked\b", text))


def test_every_question_is_on_the_page_and_nothing_gives_the_answer_away(
    learner: Client, attempt: Attempt
):
    text = learner.get(url(attempt)).content.decode()
    for expected in ("Question 1?", "Question 2?", "Which two?", "Pigeon", "Choose all that"):
        assert expected in text
    assert "is_right" not in text
    assert checked(text) == 0


def test_all_right_passes_and_shows_the_result(learner: Client, attempt: Attempt):
    response = learner.post(url(attempt), {**answers(attempt), "submit": "1"}, follow=True)
    assert response.redirect_chain == [(url(attempt), 302)]
    text = response.content.decode()
    assert "100%" in text
    assert "3 of 3 questions right; the pass mark is 80%" in text
    assert Completion.objects.get().completed_on == timezone.localdate()


def test_a_failed_result_shows_what_was_wrong_but_not_the_right_answers(
    learner: Client, attempt: Attempt
):
    response = learner.post(
        url(attempt), {**answers(attempt, right=False), "submit": "1"}, follow=True
    )
    text = response.content.decode()
    assert "0 of 3 questions right" in text
    assert text.count("Wrong</span>") == 3
    assert "shown once you have passed" in text
    assert "right, not chosen" not in text
    assert not Completion.objects.exists()


def test_a_missing_answer_is_named_and_the_others_are_kept(learner: Client, attempt: Attempt):
    partly = answers(attempt)
    missing = partly.pop(sorted(partly)[0])
    assert missing
    response = learner.post(url(attempt), {**partly, "submit": "1"})
    text = response.content.decode()
    assert "1 question needs an answer" in text
    assert "Question 1 has no answer yet." in text
    assert checked(text) == 3
    attempt.refresh_from_db()
    assert attempt.is_open
    assert checked(learner.get(url(attempt)).content.decode()) == 3


def test_keeping_for_later_leads_back_and_going_on_finds_the_answers(
    learner: Client, attempt: Attempt
):
    partly = dict(list(answers(attempt).items())[:1])
    response = learner.post(url(attempt), {**partly, "save": "1"}, follow=True)
    text = response.content.decode()
    assert response.redirect_chain == [("/training/calls/", 302)]
    assert "Your answers are kept" in text
    assert "Go on with the assessment" in text
    assert learner.post("/training/calls/start/").url == url(attempt)
    assert checked(learner.get(url(attempt)).content.decode()) == 1


def test_handing_in_twice_is_harmless(learner: Client, attempt: Attempt):
    learner.post(url(attempt), {**answers(attempt), "submit": "1"})
    again = learner.post(url(attempt), {**answers(attempt, right=False), "submit": "1"})
    assert (again.status_code, again.url) == (302, url(attempt))
    attempt.refresh_from_db()
    assert attempt.score == 100
    assert Completion.objects.count() == 1


def test_a_choice_that_was_never_offered_is_refused(learner: Client, attempt: Attempt):
    forged = answers(attempt)
    first = sorted(forged)[0]
    response = learner.post(url(attempt), {**forged, first: ["999999"], "submit": "1"})
    assert response.status_code == 200
    attempt.refresh_from_db()
    assert attempt.is_open


def test_when_a_new_version_came_meanwhile_nothing_is_scored_and_the_page_says_so(
    learner: Client, attempt: Attempt, version: ModuleVersion
):
    ModuleVersionFactory(module=version.module, number=2, questions=1)
    response = learner.post(url(attempt), {**answers(attempt), "submit": "1"}, follow=True)
    text = response.content.decode()
    assert response.redirect_chain == [("/training/calls/", 302)]
    assert "not the version that is taught now" in text
    assert "Start the assessment" in text or "Take it again" in text
    assert not Completion.objects.exists()


def test_with_only_the_first_attempt_counting_no_second_is_offered(
    learner: Client, attempt: Attempt, version: ModuleVersion
):
    ModuleVersion.objects.update(score_rule="first")
    learner.post(url(attempt), {**answers(attempt, right=False), "submit": "1"})
    text = learner.get("/training/calls/").content.decode()
    assert "Only the first attempt counts here" in text
    response = learner.post("/training/calls/start/", follow=True)
    assert "Only the first attempt counts" in response.content.decode()
    assert Attempt.objects.count() == 1


def test_nobody_else_opens_or_answers_an_open_attempt(
    attempt: Attempt, ben: Staff, dora: Staff, lee: Staff, ada: object
):
    for who in (ben, dora, lee, ada):
        other = signed_in(who)
        assert other.get(url(attempt)).status_code == 404
        assert other.post(url(attempt), {**answers(attempt), "submit": "1"}).status_code == 404
    attempt.refresh_from_db()
    assert attempt.is_open
    assert not any(answer.chosen_ids for answer in attempt.answers.all())


def test_a_result_is_for_those_who_answer_for_the_person(
    learner: Client, attempt: Attempt, ben: Staff, dora: Staff, lee: Staff, ada: object
):
    learner.post(url(attempt), {**answers(attempt, right=False), "submit": "1"})
    for who in (dora, lee, ada):
        text = signed_in(who).get(url(attempt)).content.decode()
        assert "Ana" in text
        assert "right, not chosen" in text
    assert signed_in(ben).get(url(attempt)).status_code == 404
    assert signed_in(ben).post(url(attempt), {"submit": "1"}).status_code == 404
    assert Client().get(url(attempt)).status_code == 302


def test_who_has_left_takes_nothing(version: ModuleVersion, ana: Staff, learner: Client):
    ana.ended_on = timezone.localdate()
    ana.save()
    assert learner.post("/training/calls/start/").status_code == 404


def test_taking_asks_a_bounded_number_of_queries(
    learner: Client, attempt: Attempt, django_assert_max_num_queries: Any
):
    with django_assert_max_num_queries(10):
        learner.get(url(attempt))
    with django_assert_max_num_queries(30):
        learner.post(url(attempt), {**answers(attempt), "submit": "1"})
    with django_assert_max_num_queries(10):
        learner.get(url(attempt))
