from datetime import date

import pytest

from clients.models.pod import composition_warning
from godview.access import Role
from tests.factories.clients import PodFactory, PodMembershipFactory, StaffFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


def pod_of(*roles):
    pod = PodFactory()
    for role in roles:
        PodMembershipFactory(pod=pod, staff=StaffFactory(role=role))
    return pod


def test_two_account_managers_and_a_designer_are_a_pod():
    pod = pod_of(Role.ACCOUNT_MANAGER, Role.ACCOUNT_MANAGER, Role.DESIGNER)
    assert pod.composition_warning(TODAY) is None


def test_anything_else_is_told_in_words():
    pod = pod_of(Role.ACCOUNT_MANAGER)
    assert pod.composition_warning(TODAY) == (
        "1 account manager and 0 designers; a pod is two account managers and one designer."
    )
    assert composition_warning(3, 1).startswith("3 account managers and 1 designer;")


def test_only_those_in_the_pod_on_that_day_count():
    pod = pod_of(Role.ACCOUNT_MANAGER, Role.ACCOUNT_MANAGER)
    designer = StaffFactory(role=Role.DESIGNER)
    PodMembershipFactory(pod=pod, staff=designer, started_on=TODAY)
    PodMembershipFactory(pod=pod, staff=StaffFactory(), ended_on=TODAY)
    assert pod.composition_warning(TODAY) is None
    assert pod.composition_warning(date(2026, 11, 18)).startswith("3 account managers and 0")
