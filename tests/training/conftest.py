"""One cast for the pages: who learns, who answers for them, and who must see nothing.

ana     a designer in the studio
ben     an account manager in media
dora    the account director of the studio
lee     leads the agency
ada     an administrator without a staff row
"""

from typing import Any

import pytest
from django.test import Client

from clients.models import Department, Staff
from godview.access import DIRECTORS, Role
from tests.factories.clients import DepartmentFactory, StaffFactory, UserFactory


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Nobody types a password here, so none has to be expensive to guess."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def studio() -> Department:
    return DepartmentFactory(name="Studio", slug="studio")


@pytest.fixture
def media() -> Department:
    return DepartmentFactory(name="Media", slug="media")


@pytest.fixture
def ana(studio: Department) -> Staff:
    return _person("Ana", Role.DESIGNER, studio)


@pytest.fixture
def ben(media: Department) -> Staff:
    return _person("Ben", Role.ACCOUNT_MANAGER, media)


@pytest.fixture
def dora(studio: Department) -> Staff:
    return _person("Dora", Role.ACCOUNT_DIRECTOR, studio)


@pytest.fixture
def lee() -> Staff:
    return _person("Lee", Role.LEADERSHIP, None)


@pytest.fixture
def ada() -> Any:
    return UserFactory(email="ada@agency.example", is_staff=True, is_superuser=True)


@pytest.fixture
def everybody(ana: Staff, ben: Staff, dora: Staff, lee: Staff) -> list[Staff]:
    return [ana, ben, dora, lee]


def _person(name: str, role: str, department: Department | None) -> Staff:
    return StaffFactory(
        name=name,
        slug=name.lower(),
        role=role,
        department=department,
        signs_in=True,
        user__is_staff=role in DIRECTORS,
    )


def signed_in(who: Any) -> Client:
    """A browser in which that person (staff or user) is signed in."""
    client = Client()
    client.force_login(
        getattr(who, "user", who), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client
