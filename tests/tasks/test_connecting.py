import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tasks.connect_steps import SetUp
from tasks.connecting import connect
from tasks.models import AsanaConnection
from tests.asana_double import AsanaDouble, shapes
from tests.asana_double.server import TOKEN
from tests.factories.asana import AsanaConnectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asana(double: AsanaDouble, settings) -> AsanaDouble:  # type: ignore[no-untyped-def]
    settings.ASANA_BASE_URL = double.url
    settings.ASANA_RETRY_SECONDS = 0.01
    double.state.add_user("Ada", "ada@agency.test")
    return double


def test_a_good_token_ties_the_workspace_it_reaches(asana: AsanaDouble) -> None:
    connection = connect(token=f" {TOKEN}\n", now=timezone.now, requests_per_minute=150)
    assert connection.workspace_gid == asana.state.workspace.gid
    assert (connection.workspace_name, connection.acts_as) == ("Demo agency", "Ada")
    assert connection.token.reveal() == TOKEN
    assert connection.requests_per_minute == 150


def test_a_new_token_revives_a_stopped_connection(asana: AsanaDouble) -> None:
    first = connect(token=TOKEN, now=timezone.now)
    first.stop("refused")
    asana.tokens["0/another-token"] = None
    again = connect(token="0/another-token", now=timezone.now)
    assert again.pk == first.pk
    assert again.is_working
    assert again.token.reveal() == "0/another-token"


@pytest.mark.parametrize("token", ["", "  ", "0/wrong"])
def test_a_bad_token_is_refused_and_nothing_is_kept(asana: AsanaDouble, token: str) -> None:
    with pytest.raises(ValidationError):
        connect(token=token, now=timezone.now)
    assert not AsanaConnection.objects.exists()


def test_of_several_workspaces_one_must_be_named(
    asana: AsanaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = asana.state.add_workspace("Other")
    both = list(asana.state.workspaces.values())
    monkeypatch.setitem(shapes.COMPUTED["user"], "workspaces", lambda state, user: both)
    with pytest.raises(ValidationError, match=f"Other \\({other.gid}\\)"):
        connect(token=TOKEN, now=timezone.now)
    chosen = connect(token=TOKEN, now=timezone.now, workspace_gid=other.gid)
    assert chosen.workspace_name == "Other"


def test_another_workspace_never_hides_the_one_that_is_read(
    asana: AsanaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = connect(token=TOKEN, now=timezone.now)
    other = asana.state.add_workspace("Other")
    monkeypatch.setitem(shapes.COMPUTED["user"], "workspaces", lambda state, user: [other])
    with pytest.raises(ValidationError, match="Demo agency: disconnect that one first"):
        connect(token=TOKEN, now=timezone.now)
    assert AsanaConnection.objects.get() == first
    first.stop("Disconnected.")
    second = connect(token=TOKEN, now=timezone.now)
    assert SetUp().connection == second
    second.stop("Disconnected.")
    AsanaConnectionFactory(workspace_name="A new one", status="stopped")
    assert SetUp().connection.is_new  # type: ignore[union-attr]
    first.status, first.status_reason = "working", ""
    first.save()
    assert SetUp().connection == first


def test_asana_down_is_said_and_nothing_is_kept(asana: AsanaDouble) -> None:
    asana.faults.add("503")
    with pytest.raises(ValidationError, match="Try again later"):
        connect(token=TOKEN, now=timezone.now)
    assert not AsanaConnection.objects.exists()
