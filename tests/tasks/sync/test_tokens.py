"""Tokens under OAuth: renewed before they end, once for all workers; taken back, they stop us."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from godview.encryption import Secret
from tasks.asana.errors import UnauthorizedError
from tasks.models import AsanaConnection, SyncRun
from tasks.sync import start, tokens
from tasks.sync.asking import ask_for_run
from tasks.sync.following import follow
from tasks.sync.run import work_on
from tests.asana_double import AsanaDouble
from tests.asana_double.records import Grant
from tests.tasks.sync.world import connect, fill, in_asana, mirrored, still

pytestmark = pytest.mark.django_db


@pytest.fixture
def grant(double: AsanaDouble, settings) -> Grant:
    settings.ASANA_BASE_URL = double.url
    settings.ASANA_CLIENT_ID, settings.ASANA_CLIENT_SECRET = "double-app", "double-app-secret"
    settings.ASANA_TRIES, settings.ASANA_RETRY_SECONDS = 2, 0.01
    return double.oauth.grant(double.state.add_user("Ada", "ada@agency.test").gid)


@pytest.fixture
def connection(double: AsanaDouble, grant: Grant) -> AsanaConnection:
    connection = connect(double, "a token of long ago")
    connection.refresh_token = Secret.of(grant.gid)
    connection.save()
    return connection


def read(double: AsanaDouble, connection: AsanaConnection) -> SyncRun:
    run = ask_for_run(connection, double.clock.now())
    work_on(run.pk, start.usual_means(double.clock.now))
    run.refresh_from_db()
    connection.refresh_from_db()
    return run


def test_a_token_is_renewed_at_four_fifths_of_its_life(
    double: AsanaDouble, connection: AsanaConnection
) -> None:
    first = tokens.current(connection, double.clock.now())
    double.clock.advance(47 * 60)
    assert tokens.current(connection, double.clock.now()) == first
    double.clock.advance(2 * 60)
    assert tokens.current(connection, double.clock.now()) != first
    assert double.oauth.refreshes == 2
    stored = AsanaConnection.objects.get()
    assert stored.token_expires_at is not None
    assert stored.token_expires_at - double.clock.now() > timedelta(minutes=59)


def test_a_run_works_with_a_token_that_was_renewed(
    double: AsanaDouble, connection: AsanaConnection
) -> None:
    fill(double)
    assert read(double, connection).state == "done"
    assert mirrored() == in_asana(double)


@pytest.mark.django_db(transaction=True)
def test_a_token_that_dies_in_mid_run_is_renewed_once(
    double: AsanaDouble, connection: AsanaConnection
) -> None:
    fill(double, projects=8)
    token = tokens.current(connection, double.clock.now())
    double.oauth.spent[token] = 6
    assert read(double, connection).state == "done"
    assert double.oauth.refreshes == 2
    assert mirrored() == in_asana(double)


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_stops_the_connection_with_a_plain_reason(
    double: AsanaDouble, connection: AsanaConnection, grant: Grant
) -> None:
    fill(double)
    read(double, connection)
    grant.revoked = True
    assert read(double, connection).state == "failed"
    assert connection.status == "stopped"
    assert "the permission was taken back" in connection.status_reason
    project = connection.projects.all()[0]
    before = still(double)
    follow(project.pk, start.quick_means(double.clock.now))
    assert len(double.log) == before


def test_a_wrong_secret_of_our_own_stops_nothing_for_good(
    double: AsanaDouble, connection: AsanaConnection, settings
) -> None:
    settings.ASANA_CLIENT_SECRET = "mistyped"
    run = read(double, connection)
    assert run.state == "failed"
    assert "ASANA_CLIENT_SECRET" in run.reason
    assert connection.status == "working"


@pytest.mark.fault(14)
@pytest.mark.django_db(transaction=True)
def test_eight_workers_renew_once_even_when_the_old_token_dies_at_once(
    double: AsanaDouble, connection: AsanaConnection
) -> None:
    double.oauth.single = True

    def work(_: int) -> str:
        try:
            mine = AsanaConnection.objects.get(pk=connection.pk)
            return tokens.current(mine, double.clock.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        got = set(pool.map(work, range(8)))
    assert len(got) == 1
    assert double.oauth.refreshes == 1


def test_a_personal_token_is_never_renewed(double: AsanaDouble, settings) -> None:
    settings.ASANA_BASE_URL = double.url
    settings.ASANA_RETRY_SECONDS = 0.01
    connection = connect(double, "not a token")
    assert tokens.current(connection, double.clock.now()) == "not a token"
    with pytest.raises(UnauthorizedError):
        start.quick_means().client(connection).me()
    assert double.oauth.refreshes == 0
