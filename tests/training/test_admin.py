from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clients.models import Staff
from tests.factories.training import (
    AttemptFactory,
    ChoiceFactory,
    CompletionFactory,
    ModuleVersionFactory,
    QuestionFactory,
    TrainingModuleFactory,
)
from tests.training.conftest import signed_in
from training.models import Attempt, Completion, ModuleVersion, Question, TrainingModule

pytestmark = pytest.mark.django_db


def at(name: str, *args: Any) -> str:
    return reverse(f"admin:training_{name}", args=args)


def management(prefix: str, total: int = 0, initial: int = 0) -> dict[str, Any]:
    return {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": initial}


def chosen(version: ModuleVersion, action: str) -> dict[str, Any]:
    return {"action": action, "_selected_action": [version.pk]}


def question_form(version: ModuleVersion, kind: str, rights: list[bool]) -> dict[str, Any]:
    data = {
        "version": version.pk, "position": 1, "kind": kind, "text": "Who calls?", "weight": 1,
        **management("choices", len(rights)),
    }  # fmt: skip
    for number, right in enumerate(rights):
        data |= {f"choices-{number}-position": number + 1, f"choices-{number}-text": f"C{number}"}
        data |= {f"choices-{number}-is_right": "on"} if right else {}
    return data


@pytest.fixture
def leader(lee: Staff) -> Client:
    return signed_in(lee)


@pytest.fixture
def draft() -> ModuleVersion:
    return ModuleVersionFactory(published_on=None, questions=1, body="Call back.")


@pytest.fixture
def published() -> ModuleVersion:
    return ModuleVersionFactory(questions=1, body="Call back.")


def version_form(version: ModuleVersion, **changes: Any) -> dict[str, Any]:
    return {
        "module": version.module_id, "number": version.number, "body": version.body,
        "pass_mark": version.pass_mark, "score_rule": version.score_rule,
        **management("questions"), **changes,
    }  # fmt: skip


def test_a_leader_writes_a_module_with_a_requirement_and_a_draft(leader: Client):
    data = {
        "title": "Calls", "slug": "calls", "summary": "How we call.",
        **management("requirements", 1), **management("versions", 1),
        "requirements-0-role": "designer", "requirements-0-due_within_days": 30,
        "requirements-0-retake_within_days": 14, "requirements-0-starts_on": "2026-01-01",
        "versions-0-number": 1, "versions-0-pass_mark": 80, "versions-0-score_rule": "best",
    }  # fmt: skip
    response = leader.post(at("trainingmodule_add"), data)
    assert response.status_code == 302, response.content.decode()
    module = TrainingModule.objects.get(slug="calls")
    assert module.requirements.get().for_whom == "Designer"
    assert module.versions.get().published_on is None
    assert module.history.get().history_user is not None


def test_the_address_of_another_page_is_refused(leader: Client):
    data = {
        "title": "M", "slug": "matrix", **management("requirements"), **management("versions"),
    }  # fmt: skip
    response = leader.post(at("trainingmodule_add"), data)
    assert "address of another page" in response.content.decode()


def test_a_requirement_is_due_in_one_way(leader: Client):
    data = {
        "module": TrainingModuleFactory().pk, "retake_within_days": 14, "starts_on": "2026-01-01",
        "due_within_days": 30, "due_on": "2026-02-01",
    }  # fmt: skip
    response = leader.post(at("requirement_add"), data)
    assert "either a number of days or a date" in response.content.decode()


def test_a_draft_is_edited_and_published_with_its_date(leader: Client, draft: ModuleVersion):
    today = timezone.localdate()
    url = at("moduleversion_change", draft.pk)
    question = draft.questions.get()
    data = version_form(
        draft, body="Call back today.", published_on=today.isoformat(),
        **management("questions", 1, 1), **{
            "questions-0-id": question.pk, "questions-0-version": draft.pk,
            "questions-0-position": 1, "questions-0-kind": "single",
            "questions-0-text": "Who?", "questions-0-weight": 2,
        },
    )  # fmt: skip
    response = leader.post(url, data)
    assert response.status_code == 302, response.content.decode()
    draft.refresh_from_db()
    assert (draft.body, draft.published_on) == ("Call back today.", today)
    assert draft.questions.get().weight == 2


def test_a_draft_without_a_complete_question_is_not_published(leader: Client, draft: ModuleVersion):
    draft.questions.get().choices.update(is_right=False)
    url = at("moduleversion_change", draft.pk)
    response = leader.post(url, version_form(draft, published_on="2026-03-02"))
    assert "at least one right choice" in response.content.decode()
    draft.refresh_from_db()
    assert draft.published_on is None


def test_a_published_version_is_shown_and_not_edited(leader: Client, published: ModuleVersion):
    url = at("moduleversion_change", published.pk)
    page = leader.get(url).content.decode()
    assert "Call back." in page
    assert 'name="body"' not in page
    assert 'name="questions-0-text"' not in page
    assert leader.post(url, version_form(published, body="Changed")).status_code == 403
    published.refresh_from_db()
    assert published.body == "Call back."


def test_the_questions_of_a_published_version_are_shown_and_not_edited(
    leader: Client, published: ModuleVersion
):
    question = published.questions.get()
    url = at("question_change", question.pk)
    assert 'name="text"' not in leader.get(url).content.decode()
    assert leader.post(url, question_form(published, "single", [True, False])).status_code == 403
    assert leader.post(at("question_delete", question.pk), {"post": "yes"}).status_code == 403
    response = leader.post(at("question_add"), question_form(published, "single", [True, False]))
    assert "Select a valid choice" in response.content.decode()


def test_a_published_version_is_not_deleted_not_even_with_its_module(
    leader: Client, published: ModuleVersion
):
    assert leader.post(
        at("moduleversion_delete", published.pk), {"post": "yes"}
    ).status_code == 403  # fmt: skip
    leader.post(at("trainingmodule_delete", published.module_id), {"post": "yes"})
    assert ModuleVersion.objects.filter(pk=published.pk).exists()


@pytest.mark.parametrize(
    ("kind", "rights", "sentence"),
    [
        ("single", [False, False], "at least one right choice"),
        ("single", [True, True], "Only one choice may be right"),
        ("single", [True], "at least two choices"),
        ("true_false", [True, False, False], "exactly two choices"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_with_what_to_do(
    leader: Client, draft: ModuleVersion, kind: str, rights: list[bool], sentence: str
):
    response = leader.post(at("question_add"), question_form(draft, kind, rights))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Question.objects.count() == 1


def test_a_complete_question_is_added_to_a_draft(leader: Client, draft: ModuleVersion):
    response = leader.post(at("question_add"), question_form(draft, "multiple", [True, True]))
    assert response.status_code == 302, response.content.decode()
    assert draft.questions.count() == 2


def test_the_version_page_says_which_question_is_not_finished(leader: Client, draft: ModuleVersion):
    ChoiceFactory(question=QuestionFactory(version=draft, position=2))
    page = leader.get(at("moduleversion_change", draft.pk)).content.decode()
    assert "2 choices, 1 right" in page
    assert "1 choices, 0 right. A question needs at least two choices" in page


def test_the_list_publishes_starts_the_next_version_and_withdraws(
    leader: Client, draft: ModuleVersion, published: ModuleVersion
):
    url = at("moduleversion_changelist")
    leader.post(url, chosen(draft, "publish_today"))
    draft.refresh_from_db()
    assert draft.published_on == timezone.localdate()

    response = leader.post(url, chosen(published, "start_the_next_version"), follow=True)
    assert "version 2 is ready as a draft" in response.content.decode()

    response = leader.post(url, chosen(published, "withdraw_publication"), follow=True)
    assert "nothing to withdraw" in response.content.decode()


def test_an_incomplete_draft_is_refused_in_the_list_too(leader: Client, draft: ModuleVersion):
    draft.questions.all().delete()
    url = at("moduleversion_changelist")
    response = leader.post(url, chosen(draft, "publish_today"), follow=True)
    assert "add at least one question" in response.content.decode()


def test_a_director_reads_modules_and_sees_no_right_answers(
    dora: Staff, draft: ModuleVersion, published: ModuleVersion
):
    director = signed_in(dora)
    assert director.get(at("question_changelist")).status_code == 403
    assert director.get(at("question_change", published.questions.get().pk)).status_code == 403
    page = director.get(at("moduleversion_change", published.pk))
    assert page.status_code == 200
    assert "Question 1?" not in page.content.decode()
    url = at("moduleversion_change", draft.pk)
    assert director.get(url).status_code == 404  # A draft is not there for a director.
    director.post(at("moduleversion_changelist"), chosen(published, "start_the_next_version"))
    assert published.module.versions.count() == 1


@pytest.mark.parametrize("name", ["attempt", "completion"])
def test_results_in_the_admin_follow_whose_training_one_may_see(
    name: str, ana: Staff, ben: Staff, dora: Staff, lee: Staff
):
    made = {"attempt": AttemptFactory, "completion": CompletionFactory}[name]
    anas, bens = made(staff=ana), made(staff=ben)
    director = signed_in(dora)
    page = director.get(at(f"{name}_changelist")).content.decode()
    assert "Ana" in page
    assert "Ben" not in page
    assert director.get(at(f"{name}_change", anas.pk)).status_code == 200
    assert director.get(at(f"{name}_change", bens.pk)).status_code == 404
    assert "Ben" in signed_in(lee).get(at(f"{name}_changelist")).content.decode()
    assert signed_in(ben).get(at(f"{name}_changelist")).status_code == 302


def test_an_attempt_is_never_written_in_the_admin(ada: Any):
    attempt = AttemptFactory()
    admin = signed_in(ada)
    assert admin.get(at("attempt_add")).status_code == 403
    assert admin.post(at("attempt_change", attempt.pk), {"score": 100}).status_code == 403
    assert admin.post(at("attempt_delete", attempt.pk), {"post": "yes"}).status_code == 403
    assert Attempt.objects.get().score is None


def test_a_director_records_a_certificate_for_the_department_only(
    dora: Staff, ana: Staff, ben: Staff
):
    version = ModuleVersionFactory(months_valid=12)
    director = signed_in(dora)
    data = {"version": version.pk, "completed_on": "2026-03-02", "evidence": "Certificate 42"}
    refused = director.post(at("completion_add"), {**data, "staff": ben.pk})
    assert "Select a valid choice" in refused.content.decode()
    refused = director.post(at("completion_add"), {**data, "staff": ana.pk, "evidence": ""})
    assert "Say how we know" in refused.content.decode()
    assert director.post(at("completion_add"), {**data, "staff": ana.pk}).status_code == 302
    completion = Completion.objects.get()
    assert (completion.staff, str(completion.expires_on)) == (ana, "2027-03-02")


def test_an_export_holds_only_the_rows_one_may_see(dora: Staff, ana: Staff, ben: Staff):
    for person in (ana, ben):
        CompletionFactory(staff=person, evidence=f"={person.name}")
    response = signed_in(dora).post(at("completion_export"), {"format": "0", "resource": ""})
    assert response.status_code == 200
    text = response.content.decode()
    assert "Ana" in text
    assert "=Ana" not in text
    assert "Ben" not in text


@pytest.mark.parametrize(
    "name",
    ["trainingmodule", "moduleversion", "question", "requirement", "attempt", "completion"],
)
def test_every_list_opens_and_is_searched_by_an_administrator(name: str, ada: Any):
    AttemptFactory(), CompletionFactory(), QuestionFactory()
    response = signed_in(ada).get(at(f"{name}_changelist"), {"q": "a"})
    assert response.status_code == 200
