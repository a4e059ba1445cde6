"""One cast of characters: two departments, two pods, two clients, and everybody who may look.

Manager, designer and director answer for pod A. Pod B is foreign to them.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from clients.models import Client, Department, Pod, User
from godview.access import Role
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    DepartmentFactory,
    EngagementFactory,
    PodFactory,
    PodMembershipFactory,
    StaffFactory,
    UserFactory,
)

PEOPLE = (
    "leader",
    "admin",
    "director",
    "manager",
    "designer",
    "manager_b",
    "salesperson",
    "marketing",
    "accounting",
    "left",
    "stranger",
)


@dataclass
class Cast:
    department_a: Department
    department_b: Department
    pod_a: Pod
    pod_b: Pod
    client_a: Client
    client_b: Client
    leader: User
    admin: User
    director: User
    manager: User
    designer: User
    manager_b: User
    salesperson: User
    marketing: User
    accounting: User
    left: User
    stranger: User

    def person(self, name: str) -> User:
        """Loaded again, as every request does: what a user may see is worked out once for it."""
        return User.objects.get(pk=getattr(self, name).pk)


def make_cast() -> Cast:
    a, b = DepartmentFactory(name="Search"), DepartmentFactory(name="Social")
    pod_a = PodFactory(name="Amber", slug="amber", department=a)
    pod_b = PodFactory(name="Basalt", slug="basalt", department=b)
    client_a = ClientFactory(name="Acme", slug="acme")
    client_b = ClientFactory(name="Boreal", slug="boreal")
    people = _people(a, b)
    for pod, names in ((pod_a, ("manager", "designer", "left")), (pod_b, ("manager_b",))):
        for name in names:
            PodMembershipFactory(pod=pod, staff=people[name].staff)
    AssignmentFactory(client=client_a, pod=pod_a, account_manager=people["manager"].staff)
    AssignmentFactory(client=client_b, pod=pod_b, account_manager=people["manager_b"].staff)
    for client in (client_a, client_b):
        EngagementFactory(client=client)
    return Cast(
        department_a=a,
        department_b=b,
        pod_a=pod_a,
        pod_b=pod_b,
        client_a=client_a,
        client_b=client_b,
        **people,
    )


def _people(a: Department, b: Department) -> dict[str, Any]:
    def staff(name: str, role: str, **more: Any) -> User:
        more |= {"signs_in": True, "user__password": None}  # to hash one takes half a second
        return StaffFactory(name=name, slug=name.lower(), role=role, **more).user

    yesterday = timezone.localdate() - timedelta(days=1)
    return {
        "leader": staff("Leader", Role.LEADERSHIP),
        "admin": UserFactory(
            email="admin@agency.example", password=None, is_staff=True, is_superuser=True
        ),
        "director": staff("Director", Role.ACCOUNT_DIRECTOR, department=a),
        "manager": staff("Manager", Role.ACCOUNT_MANAGER, department=a),
        "designer": staff("Designer", Role.DESIGNER),
        "manager_b": staff("Other", Role.ACCOUNT_MANAGER, department=b),
        "salesperson": staff("Salesperson", Role.SALESPERSON),
        "marketing": staff("Marketing", Role.MARKETING),
        "accounting": staff("Accounting", Role.ACCOUNTING),
        "left": staff("Left", Role.ACCOUNT_MANAGER, ended_on=yesterday),
        "stranger": UserFactory(email="stranger@agency.example", password=None),
    }
