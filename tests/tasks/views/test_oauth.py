"""A person allows our app in Asana and comes back: against the double's own pages."""

from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3
from django.contrib.admin.models import LogEntry
from django.core import serializers
from django.urls import reverse
from django.utils import timezone

from godview.api import router
from tasks.asana.errors import AsanaError, AsanaUnavailable
from tasks.models import AsanaConnection
from tasks.sync import tokens
from tests.asana_double import shapes
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db
APP = {"client_id": "double-app", "client_secret": "double-app-secret"}
CALLBACK = "https://god.example/connect/asana/callback/"


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def leader(cast, client):
    client.force_login(cast.leader)
    return client


@pytest.fixture
def asana(double, settings):
    settings.ASANA_BASE_URL, settings.PUBLIC_URL = double.url, "https://god.example/"
    settings.ASANA_RETRY_SECONDS = 0.01
    double.state.add_user("Ada", "ada@agency.test")
    return double


def allow(address):
    """What a browser does on Asana's page: the query with which it comes back to us."""
    answer = urllib3.request("GET", address, redirect=False)
    back = urlsplit(answer.headers["Location"])
    assert back.geturl().startswith(f"{CALLBACK}?")
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def come_back(leader, query):
    return leader.get(reverse("tasks:connect_callback"), query, follow=True)


def test_an_app_is_allowed_and_its_tokens_are_kept_encrypted(leader, asana, settings):
    page = leader.get(reverse("tasks:connect_token"))
    assert CALLBACK in page.content.decode()
    assert f"form-action 'self' {asana.root};" in page.headers["Content-Security-Policy"] + ";"
    asked = leader.post(reverse("tasks:connect_ask"), APP)
    sent = parse_qs(urlsplit(asked.url).query)
    assert sent["code_challenge_method"] == ["S256"]
    assert "double-app-secret" not in asked.url
    answer = come_back(leader, allow(asked.url))
    connection = AsanaConnection.objects.get()
    assert "Connected to Demo agency, as Ada" in answer.content.decode()
    assert connection.is_new
    asana.clock.advance(3600)
    token = tokens.current(connection, timezone.now())
    for secret in (token, connection.refresh_token.reveal(), "double-app-secret"):
        assert secret not in answer.content.decode()
    connection.token_expires_at = timezone.now()
    connection.save()
    assert tokens.current(connection, timezone.now()) != token
    assert asana.oauth.refreshes == 1


def test_the_installations_own_app_needs_no_typing(leader, asana, settings):
    settings.ASANA_CLIENT_ID, settings.ASANA_CLIENT_SECRET = APP.values()
    assert "Client secret" not in leader.get(reverse("tasks:connect_token")).content.decode()
    come_back(leader, allow(leader.post(reverse("tasks:connect_ask")).url))
    connection = AsanaConnection.objects.get()
    assert "double-app-secret" not in connection.refresh_token.reveal()
    settings.ASANA_CLIENT_SECRET = "changed"  # it is read where it is set, not kept
    connection.token_expires_at = timezone.now()
    connection.save()
    with pytest.raises(AsanaError, match="ASANA_CLIENT_SECRET"):
        tokens.current(connection, timezone.now())


@pytest.mark.parametrize(
    "change",
    [{"state": "another"}, {"state": ""}, {"code": "used before"}, {"code": ""}],
    ids=str,
)
def test_an_answer_to_another_question_is_refused(leader, asana, change):
    asked = leader.post(reverse("tasks:connect_ask"), APP)
    page = come_back(leader, {**allow(asked.url), **change})
    assert page.redirect_chain[-1][0] == reverse("tasks:connect_token")
    assert not AsanaConnection.objects.tied().exists()
    assert not asana.oauth.access


def test_an_answer_is_good_once_and_only_in_the_session_that_asked(leader, cast, asana):
    query = allow(leader.post(reverse("tasks:connect_ask"), APP).url)
    session = dict(leader.session)
    leader.logout()
    leader.force_login(cast.admin)
    assert "another question" in come_back(leader, query).content.decode()
    restored = leader.session
    restored.update({"asana_question": session["asana_question"]})
    restored.save()
    assert "Connected to" in come_back(leader, query).content.decode()
    assert "another question" in come_back(leader, query).content.decode()


def test_a_code_is_worth_nothing_without_its_verifier(leader, asana):
    query = allow(leader.post(reverse("tasks:connect_ask"), APP).url)
    session = leader.session
    session["asana_question"] = [query["state"], "another verifier"]
    session.save()
    page = come_back(leader, query).content.decode()
    assert "no longer takes this permission" in page


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("access_denied", "You did not allow it in Asana"),
        ("invalid_request", "redirect URL"),
        ("<script>", "Asana refused."),
    ],
)
def test_a_refusal_is_told_in_words(leader, asana, error, words):
    query = allow(leader.post(reverse("tasks:connect_ask"), APP).url)
    page = come_back(leader, {"state": query["state"], "error": error}).content.decode()
    assert words in page
    assert "<script>alert" not in page


def test_a_wrong_secret_is_told_and_can_be_corrected(leader, asana):
    asked = leader.post(reverse("tasks:connect_ask"), {**APP, "client_secret": "mistyped"})
    page = come_back(leader, allow(asked.url)).content.decode()
    assert "the app&#x27;s ID and secret: correct them" in page
    assert "mistyped" not in page
    assert (
        "Connected"
        in come_back(
            leader, allow(leader.post(reverse("tasks:connect_ask"), APP).url)
        ).content.decode()
    )


def test_looking_at_the_workspaces_renews_no_token(leader, asana, monkeypatch):
    both = [*asana.state.workspaces.values(), asana.state.add_workspace("Other")]
    monkeypatch.setitem(shapes.COMPUTED["user"], "workspaces", lambda state, user: both)
    come_back(leader, allow(leader.post(reverse("tasks:connect_ask"), APP).url))
    address = reverse("tasks:connect_workspace")
    assert "Other" in leader.get(address).content.decode()
    AsanaConnection.objects.update(token_expires_at=timezone.now())
    asana.clock.advance(7200)
    before = AsanaConnection.objects.values().get()
    page = leader.get(address).content.decode()
    assert "an hour, which is over" in page
    assert 'name="again"' in page
    assert (AsanaConnection.objects.values().get(), asana.oauth.refreshes) == (before, 0)
    assert "Other" in leader.post(address, {"again": "1"}, follow=True).content.decode()
    assert asana.oauth.refreshes == 1


def test_an_app_s_id_and_secret_are_shown_nowhere(leader, cast, asana, caplog):
    caplog.set_level("DEBUG")
    wrong = {**APP, "client_secret": "mistyped-secret"}
    come_back(leader, allow(leader.post(reverse("tasks:connect_ask"), wrong).url))
    come_back(leader, allow(leader.post(reverse("tasks:connect_ask"), APP).url))
    connection = AsanaConnection.objects.get()
    for secret in APP.values():
        assert secret in connection.refresh_token.reveal()
    asana.faults.add("503", path="oauth")
    connection.token_expires_at = timezone.now()
    connection.save()
    with suppress(AsanaError, AsanaUnavailable):
        tokens.current(connection, timezone.now())
    leader.force_login(cast.admin)
    admin = [
        reverse("admin:tasks_asanaconnection_changelist"),
        reverse("admin:tasks_asanaconnection_change", args=[connection.pk]),
        reverse("admin:tasks_asanaconnection_history", args=[connection.pk]),
    ]
    pages = [leader.get(one, follow=True) for one in (*admin, reverse("tasks:asana"))]
    assert [page.status_code for page in pages] == [200] * 4
    told = [page.content.decode() for page in pages]
    told += [repr(list(connection.history.values())), repr(list(LogEntry.objects.values()))]
    told += [serializers.serialize("json", [connection]), caplog.text]
    for secret in (*APP.values(), "mistyped-secret"):
        assert not [text for text in told if secret in text]
    assert caplog.text
    served = {view.queryset.model for _, view, _ in router.registry if view.queryset is not None}
    assert served
    assert AsanaConnection not in served


def test_disconnecting_takes_the_permission_back_in_asana(leader, asana):
    come_back(leader, allow(leader.post(reverse("tasks:connect_ask"), APP).url))
    connection = AsanaConnection.objects.get()
    leader.post(reverse("tasks:disconnect", args=[connection.pk]))
    connection.refresh_from_db()
    assert not connection.refresh_token
    assert all(grant.revoked for grant in asana.state.grants.values())
