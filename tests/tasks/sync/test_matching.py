"""Which client a project serves, and who an Asana user is: certain, proposed, or left open."""

import pytest

from tasks.models import AsanaConnection, MatchedBy
from tasks.sync.matching import match_all, proposal
from tests.factories.asana import AsanaConnectionFactory, AsanaUserFactory, ProjectFactory
from tests.factories.clients import ClientFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection() -> AsanaConnection:
    return AsanaConnectionFactory()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "name",
    ["Acme Ltd.", "ACME", "Acme: paid search", "Acme — SEO", "acme ltd / landing pages", "Ácme"],
)
def test_a_project_that_begins_with_the_clients_name_is_matched(
    connection: AsanaConnection, name: str
) -> None:
    acme = ClientFactory(name="Acme Ltd")
    project = ProjectFactory(connection=connection, name=name)
    match_all(connection)
    project.refresh_from_db()
    assert (project.client, project.matched_by) == (acme, MatchedBy.NAME)
    assert project.history.filter(client=acme).exists()


@pytest.mark.parametrize("name", ["Acmeville", "Internal", "", "Team: Acme"])
def test_a_project_that_only_resembles_is_left_open(connection: AsanaConnection, name: str) -> None:
    ClientFactory(name="Acme")
    project = ProjectFactory(connection=connection, name=name)
    match_all(connection)
    project.refresh_from_db()
    assert (project.client, project.matched_by) == (None, MatchedBy.NOBODY)


def test_two_clients_of_one_name_leave_a_doubt(connection: AsanaConnection) -> None:
    ClientFactory(name="Acme Ltd")
    ClientFactory(name="Acme GmbH")
    project = ProjectFactory(connection=connection, name="Acme")
    match_all(connection)
    project.refresh_from_db()
    assert project.client is None


def test_the_longer_name_wins(connection: AsanaConnection) -> None:
    ClientFactory(name="Acme")
    north = ClientFactory(name="Acme North")
    project = ProjectFactory(connection=connection, name="Acme North: ads")
    match_all(connection)
    project.refresh_from_db()
    assert project.client == north


def test_what_a_person_decided_is_left_alone(connection: AsanaConnection) -> None:
    ClientFactory(name="Acme")
    project = ProjectFactory(connection=connection, name="Acme", matched_by=MatchedBy.PERSON)
    match_all(connection)
    project.refresh_from_db()
    assert project.client is None


def test_people_are_matched_by_e_mail_and_else_by_name(connection: AsanaConnection) -> None:
    ada, ben = StaffFactory(name="Ada L", email="ada@agency.test"), StaffFactory(name="Ben B")
    by_email = AsanaUserFactory(connection=connection, name="A.", email="ADA@agency.test")
    by_name = AsanaUserFactory(connection=connection, name="ben b")
    other = AsanaUserFactory(connection=connection, name="Ben B", email="ben@elsewhere.test")
    match_all(connection)
    for user, staff, how in (
        (by_email, ada, MatchedBy.EMAIL),
        (by_name, ben, MatchedBy.NAME),
        (other, None, MatchedBy.NOBODY),
    ):
        user.refresh_from_db()
        assert (user.staff, user.matched_by) == (staff, how)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Team: Acme", "Acme"), ("Haldn Dental ads", "Halden Dental"), ("Internal", None), ("", None)],
)
def test_the_most_similar_name_is_proposed(name: str, expected: str | None) -> None:
    assert proposal(name, ["Acme", "Halden Dental"]) == expected
