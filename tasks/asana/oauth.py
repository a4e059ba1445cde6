"""New access tokens under OAuth. A person allowed it once; from then on the refresh token asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
import urllib3
from django.conf import settings

from tasks.asana.errors import AsanaError, AsanaUnavailable, UnauthorizedError

LIFE_SECONDS = 3600.0
TIMEOUT = urllib3.Timeout(connect=5, read=20)
TAKEN_BACK = (
    "Asana no longer accepts this connection: the permission was taken back. Connect it again"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    access_token: str
    refresh_token: str
    expires_at: datetime


def token_url() -> str:
    """Beside the API's own address, not below it."""
    root = settings.ASANA_BASE_URL.rstrip("/").removesuffix("/api/1.0")
    return f"{root}/-/oauth_token"


def refreshed(refresh_token: str, now: datetime) -> Tokens:
    """Raises UnauthorizedError when the permission is gone, AsanaUnavailable when nobody knows."""
    if not settings.ASANA_CLIENT_ID:
        raise AsanaError("ASANA_CLIENT_ID is not set: a token under OAuth cannot be renewed")
    form = {
        "grant_type": "refresh_token",
        "client_id": settings.ASANA_CLIENT_ID,
        "client_secret": settings.ASANA_CLIENT_SECRET,
        "refresh_token": refresh_token,
    }
    try:
        with urllib3.PoolManager(timeout=TIMEOUT, retries=False) as http:
            answer = http.request_encode_body(
                "POST", token_url(), fields=form, encode_multipart=False
            )
        document = orjson.loads(answer.data)
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        kind = type(error).__name__
        raise AsanaUnavailable(f"Asana gave no new token ({kind})") from error
    if not isinstance(document, dict):
        raise AsanaUnavailable("Asana gave no new token (not an object)", answer.status)
    if document.get("error") == "invalid_grant":
        raise UnauthorizedError(TAKEN_BACK, answer.status)
    if answer.status in (400, 401):
        raise AsanaError(
            "Asana refused ASANA_CLIENT_ID and ASANA_CLIENT_SECRET: correct them", answer.status
        )
    token = document.get("access_token")
    if answer.status != 200 or not isinstance(token, str) or not token:
        raise AsanaUnavailable("Asana gave no new token", answer.status)
    return Tokens(token, str(document.get("refresh_token") or refresh_token), now + _life(document))


def _life(document: dict[str, object]) -> timedelta:
    seconds = document.get("expires_in")
    return timedelta(seconds=seconds if isinstance(seconds, int | float) else LIFE_SECONDS)
