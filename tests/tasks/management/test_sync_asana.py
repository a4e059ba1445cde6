"""`manage.py connect_asana` and `manage.py sync_asana`."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tasks.models import AsanaConnection, SyncRun
from tests.asana_double import AsanaDouble
from tests.asana_double.server import TOKEN
from tests.tasks.sync.world import fill, in_asana, mirrored

pytestmark = pytest.mark.django_db


@pytest.fixture
def asana(double: AsanaDouble, settings: Any, monkeypatch: pytest.MonkeyPatch) -> AsanaDouble:
    settings.ASANA_BASE_URL = double.url
    settings.ASANA_RETRY_SECONDS = 0.01
    settings.ASANA_REQUESTS_PER_MINUTE = 0
    fill(double)
    return double


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASANA_ACCESS_TOKEN", TOKEN)


def run(name: str, *arguments: str) -> str:
    said = io.StringIO()
    call_command(name, *arguments, stdout=said)
    return said.getvalue()


def test_a_token_in_the_environment_connects_and_reads(asana: AsanaDouble, token: None) -> None:
    said = run("sync_asana")
    assert "done; 21 tasks seen, 21 written" in said
    assert mirrored() == in_asana(asana)


def test_the_progress_bar_names_the_phase(
    asana: AsanaDouble, token: None, capsys: pytest.CaptureFixture[str]
) -> None:
    run("sync_asana", "--full")
    assert "people and projects" in capsys.readouterr().err.lower()


def test_a_second_read_writes_nothing(asana: AsanaDouble, token: None) -> None:
    run("sync_asana")
    assert " 0 written" in run("sync_asana", "--full")


def test_without_a_connection_it_says_what_to_do(asana: AsanaDouble) -> None:
    with pytest.raises(CommandError, match="connect_asana"):
        run("sync_asana")
    with pytest.raises(CommandError, match="no such connection"):
        run("sync_asana", "--connection", "99")


def test_a_project_that_could_not_be_read_ends_with_two(asana: AsanaDouble, token: None) -> None:
    asana.faults.add("403", path="/projects/.*/tasks", nth=1)
    with pytest.raises(CommandError) as failed:
        run("sync_asana")
    assert failed.value.returncode == 2
    assert SyncRun.objects.get().state == SyncRun.State.PARTLY


def test_a_refused_token_ends_with_one(asana: AsanaDouble, token: None) -> None:
    run("sync_asana")
    asana.tokens.clear()
    with pytest.raises(CommandError) as failed:
        run("sync_asana")
    assert failed.value.returncode == 1


def test_the_token_can_come_through_the_standard_input(
    asana: AsanaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{TOKEN}\n"))
    said = run("connect_asana", "--requests-per-minute", "150")
    assert "Connected to Demo agency as Person 0" in said
    assert TOKEN not in said
    assert AsanaConnection.objects.get().requests_per_minute == 150


def test_a_wrong_token_is_refused_on_the_command_line(
    asana: AsanaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("nonsense\n"))
    with pytest.raises(CommandError, match="Asana refused this token"):
        run("connect_asana")
