"""OAuth: a person allows an app of their own in Asana once; from then on the app renews its token.

Asana sends the person back with a code, which is good once and only for who knows the verifier.
"""

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlencode

import orjson
import urllib3
from django.conf import settings

from tasks.asana.errors import AsanaError, AsanaUnavailable, UnauthorizedError

LIFE_SECONDS = 3600.0
TIMEOUT = urllib3.Timeout(connect=5, read=20)
TAKEN_BACK = (
    "Asana no longer accepts this connection: the permission was taken back. Connect it again"
)
NO_APP = "ASANA_CLIENT_ID is not set: a token under OAuth cannot be renewed"


@dataclass(frozen=True, slots=True)
class Grant:
    """What renews a token: the app that was allowed, and its refresh token."""

    client_id: str
    client_secret: str
    refresh_token: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """As it was stored; a bare refresh token belongs to the installation's own app."""
        if text.startswith("{"):
            return cls(**orjson.loads(text))
        return cls(settings.ASANA_CLIENT_ID, settings.ASANA_CLIENT_SECRET, text)

    def text(self) -> str:
        if self.client_id == settings.ASANA_CLIENT_ID:
            return self.refresh_token
        return orjson.dumps(asdict(self)).decode()

    def renewed(self, refresh_token: str) -> Self:
        return replace(self, refresh_token=refresh_token)


@dataclass(frozen=True, slots=True)
class Tokens:
    access_token: str
    refresh_token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """What we remember of a person whom we sent to Asana, until they come back."""

    state: str
    verifier: str

    @classmethod
    def new(cls) -> Self:
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(64))

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def origin() -> str:
    """Where Asana's own pages are: beside the API's address, not below it."""
    return settings.ASANA_BASE_URL.rstrip("/").removesuffix("/api/1.0")


def page_of(client_id: str, question: Question, back: str) -> str:
    """Asana's page on which a person allows the app."""
    asked = {
        "client_id": client_id,
        "redirect_uri": back,
        "response_type": "code",
        "state": question.state,
        "code_challenge": question.challenge,
        "code_challenge_method": "S256",
    }
    return f"{origin()}/-/oauth_authorize?{urlencode(asked)}"


def exchanged(grant: Grant, code: str, question: Question, back: str, now: datetime) -> Tokens:
    """The first tokens, for the code that the person came back with."""
    asked = {"code": code, "redirect_uri": back, "code_verifier": question.verifier}
    document, status = _asked(grant, "oauth_token", grant_type="authorization_code", **asked)
    if document.get("error") == "invalid_grant":
        raise AsanaError(
            "Asana no longer takes this permission: it is good once, for a few minutes"
        )
    found = _tokens(grant, document, status, now)
    if not found.refresh_token:
        raise AsanaError("Asana gave no refresh token, so the connection would end in an hour")
    return found


def refreshed(grant: Grant, now: datetime) -> Tokens:
    """Raises UnauthorizedError when the permission is gone, AsanaUnavailable when nobody knows."""
    if not grant.client_id:
        raise AsanaError(NO_APP)
    token = grant.refresh_token
    document, status = _asked(grant, "oauth_token", grant_type="refresh_token", refresh_token=token)
    if document.get("error") == "invalid_grant":
        raise UnauthorizedError(TAKEN_BACK, status)
    return _tokens(grant, document, status, now)


def revoke(grant: Grant) -> None:
    """Tell Asana that nothing of this permission may work any more."""
    _asked(grant, "oauth_revoke", token=grant.refresh_token)


def _asked(grant: Grant, deed: str, **more: str) -> tuple[dict[str, Any], int]:
    app = {"client_id": grant.client_id, "client_secret": grant.client_secret}
    try:
        with urllib3.PoolManager(timeout=TIMEOUT, retries=False) as http:
            answer = http.request_encode_body(
                "POST", f"{origin()}/-/{deed}", fields={**app, **more}, encode_multipart=False
            )
        document = orjson.loads(answer.data)
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        kind = type(error).__name__
        raise AsanaUnavailable(f"Asana gave no new token ({kind})") from error
    if not isinstance(document, dict):
        raise AsanaUnavailable("Asana gave no new token (not an object)", answer.status)
    return document, answer.status


def _tokens(grant: Grant, document: dict[str, Any], status: int, now: datetime) -> Tokens:
    if status in (400, 401):
        is_ours = grant.client_id == settings.ASANA_CLIENT_ID
        what = "ASANA_CLIENT_ID and ASANA_CLIENT_SECRET" if is_ours else "the app's ID and secret"
        raise AsanaError(f"Asana refused {what}: correct them", status)
    token = document.get("access_token")
    if status != 200 or not isinstance(token, str) or not token:
        raise AsanaUnavailable("Asana gave no new token", status)
    fresh = str(document.get("refresh_token") or grant.refresh_token)
    return Tokens(token, fresh, now + _life(document))


def _life(document: dict[str, object]) -> timedelta:
    seconds = document.get("expires_in")
    return timedelta(seconds=seconds if isinstance(seconds, int | float) else LIFE_SECONDS)
