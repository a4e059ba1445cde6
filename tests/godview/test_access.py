from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from clients.models import Assignment, Client, Engagement, Pod, PodMembership, User
from godview.access import (
    Role,
    get_visible_or_404,
    is_leader,
    may_open_admin,
    reach_of,
    role_of,
    sees,
    staff_of,
)
from tests.factories.cast import PEOPLE, Cast, make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    PodFactory,
    PodMembershipFactory,
    TouchpointFactory,
)

pytestmark = pytest.mark.django_db

BOTH, ONE, OTHER, NONE = {"Acme", "Boreal"}, {"Acme"}, {"Boreal"}, set[str]()
SEES_CLIENTS = {
    "leader": BOTH,
    "admin": BOTH,
    "director": ONE,
    "manager": ONE,
    "designer": ONE,
    "manager_b": OTHER,
    "salesperson": NONE,
    "marketing": NONE,
    "accounting": BOTH,
    "left": NONE,
    "stranger": NONE,
}
SEES_PODS = {
    name: {{"Acme": "Amber", "Boreal": "Basalt"}[client] for client in clients}
    for name, clients in SEES_CLIENTS.items()
}
OPENS_ADMIN = {"leader", "admin", "director", "accounting"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def clients_of(user: object) -> set[str]:
    return set(Client.objects.visible_to(user).values_list("name", flat=True))


def pods_of(user: object) -> set[str]:
    return set(Pod.objects.visible_to(user).values_list("name", flat=True))


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_sees_the_clients_in_their_reach_and_no_other(cast: Cast, name: str):
    assert clients_of(cast.person(name)) == SEES_CLIENTS[name]


@pytest.mark.parametrize("name", PEOPLE)
def test_rows_of_a_client_follow_the_client(cast: Cast, name: str):
    seen = Engagement.objects.visible_to(cast.person(name))
    assert set(seen.values_list("client__name", flat=True)) == SEES_CLIENTS[name]


@pytest.mark.parametrize("name", PEOPLE)
def test_pods_and_their_members_follow_the_same_reach(cast: Cast, name: str):
    person = cast.person(name)
    assert pods_of(person) == SEES_PODS[name]
    members = PodMembership.objects.visible_to(person)
    assert set(members.values_list("pod__name", flat=True)) == SEES_PODS[name]


@pytest.mark.parametrize("name", PEOPLE)
def test_the_admin_is_for_those_who_run_the_agency(cast: Cast, name: str):
    assert may_open_admin(cast.person(name)) is (name in OPENS_ADMIN)


def test_a_signed_out_person_sees_nothing(cast: Cast):
    nobody = AnonymousUser()
    AssignmentFactory(account_manager=None, pod=None)
    assert reach_of(nobody).nothing
    assert clients_of(nobody) == NONE
    assert pods_of(nobody) == NONE
    assert not may_open_admin(nobody)
    assert not sees(nobody, cast.client_a)
    assert not nobody.has_perm("clients.view_client")


def test_nobody_inherits_what_nobody_manages(cast: Cast):
    """Without a staff row, "managed by me" must not turn into "managed by nobody"."""
    orphan = PodFactory(name="Orphan")
    AssignmentFactory(client=ClientFactory(), pod=orphan, account_manager=None)
    stranger = cast.person("stranger")
    assert pods_of(stranger) == NONE
    assert not Assignment.objects.filter(reach_of(stranger).assignments()).exists()


def test_an_inactive_user_sees_nothing(cast: Cast):
    User.objects.filter(pk=cast.leader.pk).update(is_active=False)
    leader = cast.person("leader")
    assert clients_of(leader) == NONE
    assert not may_open_admin(leader)
    assert not leader.has_perm("clients.view_client")


def test_a_director_also_answers_for_the_departments_they_direct(cast: Cast):
    cast.department_b.director = cast.director.staff
    cast.department_b.save()
    assert clients_of(cast.person("director")) == BOTH


def test_a_client_of_a_pod_without_department_follows_the_managers_department(cast: Cast):
    client = ClientFactory(name="Cedar")
    AssignmentFactory(client=client, pod=PodFactory(), account_manager=cast.manager.staff)
    assert clients_of(cast.person("director")) == {"Acme", "Cedar"}


def test_a_client_is_seen_by_whoever_it_is_assigned_to_without_a_pod(cast: Cast):
    client = ClientFactory(name="Cedar")
    AssignmentFactory(client=client, pod=None, account_manager=cast.designer.staff)
    assert clients_of(cast.person("designer")) == {"Acme", "Cedar"}


def test_who_moved_to_another_pod_sees_only_the_new_ones_clients(cast: Cast):
    yesterday = timezone.localdate() - timedelta(days=1)
    PodMembership.objects.filter(staff=cast.designer.staff).update(ended_on=yesterday)
    PodMembershipFactory(pod=cast.pod_b, staff=cast.designer.staff, started_on=yesterday)
    assert clients_of(cast.person("designer")) == OTHER
    assert pods_of(cast.person("designer")) == {"Basalt"}


def test_a_client_handed_over_is_gone_for_the_pod_that_gave_it(cast: Cast):
    today = timezone.localdate()
    Assignment.objects.filter(client=cast.client_a).update(ended_on=today)
    AssignmentFactory(
        client=cast.client_a,
        pod=cast.pod_b,
        account_manager=cast.manager_b.staff,
        started_on=today,
    )
    assert clients_of(cast.person("designer")) == NONE
    assert clients_of(cast.person("manager")) == NONE
    assert clients_of(cast.person("manager_b")) == BOTH


def test_a_pod_whose_client_i_managed_once_is_no_longer_mine_to_see(cast: Cast):
    yesterday = timezone.localdate() - timedelta(days=1)
    AssignmentFactory(
        client=ClientFactory(),
        pod=cast.pod_b,
        account_manager=cast.manager.staff,
        ended_on=yesterday,
    )
    assert pods_of(cast.person("manager")) == {"Amber"}


def test_a_foreign_row_and_an_absent_row_are_the_same_404(cast: Cast):
    manager = cast.person("manager")
    assert get_visible_or_404(Client.objects.all(), manager, slug="acme") == cast.client_a
    for slug in ("boreal", "never-was"):
        with pytest.raises(Http404) as refusal:
            get_visible_or_404(Client.objects.all(), manager, slug=slug)
        assert not refusal.value.args


def test_staff_are_known_to_every_colleague(cast: Cast):
    assert sees(cast.person("manager"), cast.manager_b.staff)


def test_roles_end_with_employment(cast: Cast):
    assert role_of(cast.person("manager")) == Role.ACCOUNT_MANAGER
    assert role_of(cast.person("left")) is None
    assert staff_of(cast.person("left")) is None
    assert role_of(cast.person("stranger")) is None
    assert is_leader(cast.person("admin"))
    assert is_leader(cast.person("leader"))
    assert not is_leader(cast.person("director"))


DEEDS = {
    "clients.view_client": {*PEOPLE} - {"left", "stranger"},
    "clients.add_client": {"leader", "admin"},
    "clients.change_client": {"leader", "admin", "director"},
    "clients.delete_client": {"admin"},
    "clients.add_fee": {"leader", "admin", "director", "accounting"},
    "clients.delete_fee": {"leader", "admin", "accounting"},
    "clients.change_exchangerate": {"leader", "admin", "accounting"},
    "clients.add_touchpoint": {"leader", "admin", "director", "manager", "manager_b", "designer"},
    "clients.add_obligation": {"leader", "admin", "director", "manager", "manager_b"},
    "clients.change_signedagreement": {"admin"},
    "clients.add_staff": {"leader", "admin"},
    "clients.change_user": {"admin"},
    "tasks.add_weeklygoal": {"leader", "admin", "director", "manager", "manager_b"},
    "tasks.add_tactic": {"leader", "admin", "director", "manager", "manager_b", "designer"},
    "tasks.change_task": {"admin"},
    "tasks.view_syncrun": {"leader", "admin"},
    "training.view_trainingmodule": {*PEOPLE} - {"left", "stranger"},
    "training.view_question": {"leader", "admin"},
}


@pytest.mark.parametrize("permission", DEEDS)
def test_who_may_do_what_follows_the_role(cast: Cast, permission: str):
    able = {name for name in PEOPLE if cast.person(name).has_perm(permission)}
    assert able == DEEDS[permission]


def test_an_ability_ends_at_the_edge_of_the_reach(cast: Cast):
    mine = TouchpointFactory(client=cast.client_a)
    foreign = TouchpointFactory(client=cast.client_b)
    manager = cast.person("manager")
    assert manager.has_perm("clients.change_touchpoint", mine)
    assert not manager.has_perm("clients.change_touchpoint", foreign)
    assert cast.person("leader").has_perm("clients.change_touchpoint", foreign)


def test_accounting_keeps_the_books_of_every_client_and_nothing_else(cast: Cast):
    person = cast.person("accounting")
    touchpoint = TouchpointFactory(client=cast.client_b)
    assert person.has_perm("clients.add_fee")
    assert not person.has_perm("clients.change_touchpoint", touchpoint)
    assert not is_leader(person)
    assert not reach_of(person).everything
