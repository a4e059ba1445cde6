"""Tokens: how they are got, refreshed and taken back, and what a run meets when one ends."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3

from tests.asana_double import AsanaDouble, snapshot
from tests.asana_double.conftest import Call
from tests.asana_double.server import TOKEN
from tests.asana_double.state import State

APP = {"client_id": "double-app", "client_secret": "double-app-secret"}


@pytest.fixture
def post(double: AsanaDouble) -> Callable[..., Any]:
    def post(path: str, **form: str) -> Any:
        url = f"{double.root}/-/{path}"
        answer = urllib3.PoolManager().request("POST", url, fields=form, encode_multipart=False)
        return answer.status, answer.json()

    return post


@pytest.fixture
def refresh(double: AsanaDouble, post: Callable[..., Any]) -> Callable[[], Any]:
    ada = double.state.add_user("Ada", "ada@agency.test")
    grant = double.oauth.grant(ada.gid)

    def refresh() -> Any:
        token = grant.gid
        return post("oauth_token", grant_type="refresh_token", refresh_token=token, **APP)

    return refresh


def test_a_person_allows_the_app_and_comes_back_with_a_code(
    double: AsanaDouble, call: Call, post: Callable[..., Any]
) -> None:
    double.state.add_user("Ada", "ada@agency.test")
    back = "http://127.0.0.1:1/back"
    asked = {"client_id": "double-app", "redirect_uri": back, "state": "s1"}
    url = f"{double.root}/-/oauth_authorize"
    answer = urllib3.request("GET", url, fields=asked, redirect=False)
    sent = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (answer.status, sent["state"]) == (302, ["s1"])
    form = {"grant_type": "authorization_code", "code": sent["code"][0], "redirect_uri": back}
    status, got = post("oauth_token", **form, **APP)
    assert (status, got["expires_in"], got["data"]["name"]) == (200, 3600, "Ada")
    assert got["refresh_token"]
    assert call("GET", "/users/me", token=got["access_token"]).data["name"] == "Ada"
    assert post("oauth_token", **form, **APP)[1]["error"] == "invalid_grant"


@pytest.mark.parametrize("verifier", ["the right one, long enough", "another", ""])
def test_a_code_with_a_challenge_is_good_only_with_its_verifier(
    double: AsanaDouble, post: Callable[..., Any], verifier: str
) -> None:
    double.state.add_user("Ada", "ada@agency.test")
    asked = {
        "client_id": "double-app",
        "redirect_uri": "http://127.0.0.1:1/back",
        "code_challenge": "LsV2DPZS8KWVXHUxRug8IuGA2lOgEigkt-RR1QfM82s",
        "code_challenge_method": "S256",
    }
    url = f"{double.root}/-/oauth_authorize"
    answer = urllib3.request("GET", url, fields=asked, redirect=False)
    code = parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]
    form = {"code": code, "redirect_uri": asked["redirect_uri"], "code_verifier": verifier}
    status, got = post("oauth_token", grant_type="authorization_code", **form, **APP)
    is_right = verifier.startswith("the right one")
    assert (status, "access_token" in got) == ((200, True) if is_right else (400, False))


@pytest.mark.parametrize("minutes", [59, 61])
def test_an_access_token_lives_an_hour(
    double: AsanaDouble, call: Call, refresh: Callable[[], Any], minutes: int
) -> None:
    token = refresh()[1]["access_token"]
    double.clock.advance(minutes * 60)
    assert call("GET", "/users/me", token=token).status == (200 if minutes < 60 else 401)
    assert call("GET", "/users/me", token=refresh()[1]["access_token"]).status == 200


def test_a_refresh_may_kill_the_token_before_it_at_once(
    double: AsanaDouble, call: Call, control: Callable[..., Any], refresh: Callable[[], Any]
) -> None:
    first, second = refresh()[1]["access_token"], refresh()[1]["access_token"]
    assert call("GET", "/users/me", token=first).status == 200
    control("oauth", single=True)
    third = refresh()[1]["access_token"]
    seen = [call("GET", "/users/me", token=token).status for token in (first, second, third)]
    assert seen == [401, 401, 200]
    assert control("oauth")["refreshes"] == 3
    assert len(double.requests("/-/oauth_token", "POST")) == 3


def test_what_was_revoked_cannot_be_refreshed(
    double: AsanaDouble, call: Call, post: Callable[..., Any], refresh: Callable[[], Any]
) -> None:
    token = refresh()[1]["access_token"]
    (grant,) = double.state.grants
    assert post("oauth_revoke", token=grant, **APP) == (200, {})
    assert call("GET", "/users/me", token=token).status == 401
    assert refresh() == (
        400,
        {
            "error": "invalid_grant",
            "error_description": "The refresh token is invalid or was revoked.",
        },
    )


def test_a_stranger_gets_no_token(post: Callable[..., Any]) -> None:
    form = {"client_id": "double-app", "client_secret": "wrong", "grant_type": "refresh_token"}
    assert post("oauth_token", **form)[0] == 401


def test_a_token_may_end_in_mid_run_and_be_good_again(
    call: Call, control: Callable[..., Any]
) -> None:
    control("tokens", spend=TOKEN, requests=2)
    assert [call("GET", "/workspaces").status for _ in range(4)] == [200, 200, 401, 401]
    control("tokens", add=TOKEN)
    assert call("GET", "/workspaces").status == 200
    control("tokens", expire=TOKEN)
    refused = call("GET", "/workspaces")
    assert refused.body["errors"][0]["message"] == "The bearer token has expired."
    control("tokens", revoke=TOKEN, add="another")
    assert call("GET", "/workspaces").status == 401
    assert call("GET", "/workspaces", token="another").status == 200


def test_what_was_allowed_survives_a_restart(
    double: AsanaDouble, refresh: Callable[[], Any], tmp_path: Path
) -> None:
    assert refresh()[0] == 200
    snapshot.save(double.state, tmp_path / "state.json")
    after = State()
    snapshot.restore(after, tmp_path / "state.json")
    assert after.grants == double.state.grants
