import pytest
from django.contrib.auth.models import AnonymousUser

from clients.models import Department, Staff
from godview.access import Role
from tests.factories.clients import StaffFactory, UserFactory
from tests.factories.training import AttemptFactory, CompletionFactory, ModuleVersionFactory
from training.access import staff_trained_under
from training.models import Attempt, Completion, ModuleVersion

pytestmark = pytest.mark.django_db


def names(user: object) -> list[str]:
    return [staff.name for staff in staff_trained_under(user).order_by("name")]


@pytest.mark.usefixtures("everybody")
def test_a_leader_and_an_administrator_see_everybodys_training(lee: Staff, ada: object):
    assert names(lee.user) == names(ada) == ["Ana", "Ben", "Dora", "Lee"]


@pytest.mark.usefixtures("everybody")
def test_a_director_sees_the_department_and_nobody_else(dora: Staff):
    assert names(dora.user) == ["Ana", "Dora"]


@pytest.mark.usefixtures("everybody")
def test_a_director_sees_a_department_that_they_direct_without_belonging_to_it(
    dora: Staff, media: Department
):
    media.director = dora
    media.save()
    assert names(dora.user) == ["Ana", "Ben", "Dora"]


@pytest.mark.usefixtures("everybody")
def test_a_designer_and_a_manager_see_only_themselves(ana: Staff, ben: Staff):
    assert (names(ana.user), names(ben.user)) == (["Ana"], ["Ben"])


@pytest.mark.usefixtures("everybody")
def test_a_colleague_in_the_same_department_is_not_seen(studio: Department):
    colleague = StaffFactory(role=Role.SALESPERSON, department=studio, name="Cy", signs_in=True)
    assert names(colleague.user) == ["Cy"]


@pytest.mark.usefixtures("everybody")
def test_a_stranger_sees_nobody():
    assert names(AnonymousUser()) == names(UserFactory()) == []


def test_attempts_answers_and_completions_follow_the_same_rule(ana: Staff, ben: Staff, dora: Staff):
    for person in (ana, ben):
        AttemptFactory(staff=person)
        CompletionFactory(staff=person)
    for rows in (Attempt.objects, Completion.objects):
        assert [row.staff for row in rows.visible_to(dora.user)] == [ana]
        assert [row.staff for row in rows.visible_to(ben.user)] == [ben]
        assert not rows.visible_to(UserFactory()).exists()


def test_drafts_are_for_leaders(ana: Staff, lee: Staff):
    taught, draft = ModuleVersionFactory(), ModuleVersionFactory(published_on=None)
    assert set(ModuleVersion.objects.visible_to(ana.user)) == {taught}
    assert set(ModuleVersion.objects.visible_to(lee.user)) == {taught, draft}
    assert not ModuleVersion.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [
        ("training.view_trainingmodule", "ana dora lee"),
        ("training.change_trainingmodule", "lee"),
        ("training.view_question", "lee"),
        ("training.view_choice", "lee"),
        ("training.add_completion", "dora lee"),
        ("training.change_attempt", ""),
        ("training.add_attempt", ""),
    ],
)
def test_deeds_follow_the_role(permission: str, allowed: str, ana: Staff, dora: Staff, lee: Staff):
    people = {"ana": ana, "dora": dora, "lee": lee}
    found = [name for name, staff in people.items() if staff.user.has_perm(permission)]
    assert found == allowed.split()
