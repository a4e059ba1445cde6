"""The official SDK, set up so that it neither hides errors nor waits on its own.

Its own retries sleep inside the worker and lose the status; it has no time limit; it turns broken
JSON into bytes and a raw no-break space into a plain one. All four are undone here.
"""

import json
from typing import Any

import asana
import orjson
import urllib3
from asana.rest import ApiException

from tasks.asana.errors import (
    AsanaError,
    AsanaUnavailable,
    ExpiredOffsetError,
    ForbiddenError,
    NotFoundError,
    RateLimited,
    TokenLostError,
    TooLargeError,
    UnauthorizedError,
)
from tasks.asana.patience import watch_over


class UndecodableError(ValueError):
    """An answer that announces success but is not JSON."""


class Api(asana.ApiClient):
    def deserialize(self, response: Any, response_type: Any) -> Any:
        try:
            return orjson.loads(response.data)
        except ValueError:
            return _leniently(response.data)


def connect(base_url: str, token: str, connections: int) -> Api:
    configuration = asana.Configuration()
    configuration.host = base_url.rstrip("/")
    configuration.access_token = token
    configuration.retry_strategy = False
    configuration.connection_pool_maxsize = connections
    api = Api(configuration)
    # The SDK starts threads for calls that we never make, and never ends them.
    api.pool.terminate()
    watch_over(api.rest_client.pool_manager)
    api.set_default_header("Accept-Encoding", "gzip")
    return api


def as_our_error(error: Exception) -> AsanaError | AsanaUnavailable:
    """Everything that a call may raise, as one of our two kinds."""
    if isinstance(error, ApiException):
        ours = _by_status(error)
        ours.phrase, ours.body = _phrase(error.body), _text(error.body)
        return ours
    refused = urllib3.exceptions.NewConnectionError
    if isinstance(error, urllib3.exceptions.TimeoutError) and not isinstance(error, refused):
        return AsanaUnavailable("Asana did not answer in time")
    if isinstance(error, urllib3.exceptions.HTTPError | OSError):
        return AsanaUnavailable(f"No connection to Asana ({type(error).__name__})")
    return AsanaUnavailable(f"Asana's answer could not be read ({type(error).__name__})")


RAISED = (ApiException, urllib3.exceptions.HTTPError, OSError, UndecodableError)


def _leniently(data: bytes) -> Any:
    """Python's own reader takes half a surrogate pair, which Asana can send and orjson refuses."""
    try:
        return json.loads(data)
    except ValueError as error:
        raise UndecodableError("not JSON") from error


def _by_status(error: ApiException) -> AsanaError | AsanaUnavailable:
    status = error.status or None
    said = _said(error.body)
    match status:
        case None:
            return AsanaUnavailable(f"No connection to Asana ({error.reason})")
        case 429:
            return RateLimited(_retry_after(error.headers))
        case 400:
            return _bad_request(said)
        case 401:
            return UnauthorizedError("Asana refused the token (401): enter a new one", status)
        case 402:
            return ForbiddenError("The workspace's Asana plan does not include this (402)", status)
        case 403 | 451:
            return ForbiddenError(f"The token's user has no access to it ({status})", status)
        case 404:
            return NotFoundError("Asana does not know it (404)", status)
        case 412:
            return TokenLostError(_fresh_token(error.body))
        case _ if status >= 500:
            return AsanaUnavailable(f"Asana answered {status}: {said}", status)
    return AsanaError(f"Asana answered {status}: {said}", status)


def _bad_request(said: str) -> AsanaError:
    """Three things that Asana answers alike, and tells apart in words only."""
    words = said.lower()
    if "offset" in words or "pagination token" in words:
        return ExpiredOffsetError(f"Asana: {said}", 400)
    if "too large" in words or "truncated" in words:
        return TooLargeError(f"Asana: {said}", 400)
    return AsanaError(f"Asana answered 400: {said}", 400)


def _text(body: bytes | None) -> str:
    return (body or b"").decode("utf-8", "replace").replace("\x00", "")[:2048]


def _fresh_token(body: bytes | None) -> str:
    try:
        return str(orjson.loads(body or b"")["sync"])
    except (ValueError, KeyError, TypeError):
        return ""


def _phrase(body: bytes | None) -> str:
    try:
        return str(orjson.loads(body or b"")["errors"][0].get("phrase") or "")[:300]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return ""


def _said(body: bytes | None) -> str:
    """The message, and the phrase that Asana's support asks for, of an error."""
    try:
        first = orjson.loads(body or b"")["errors"][0]
        phrase = f" (phrase: {first['phrase']})" if first.get("phrase") else ""
        return f"{first.get('message', '')}{phrase}"[:400]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return "no readable message"


def _retry_after(headers: Any) -> float | None:
    try:
        return max(0.0, float(headers.get("Retry-After")))
    except (AttributeError, TypeError, ValueError):
        return None
