"""Puts the demo's work into the Asana double, and connects the agency with it."""

import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from tasks.models import AsanaConnection

TOKEN = "double-token"  # noqa: S105 - what the double lets in; it opens nothing else
REAL = "asana.com"
WHAT_TO_DO = (
    "The demo's work goes into the Asana double, which does not answer at {address}. bin/up starts "
    "one by itself. By hand: python -m tests.asana_double --port 8500, then set "
    "ASANA_BASE_URL=http://127.0.0.1:8500/api/1.0; or leave the work out with --without-asana."
)


class NoDoubleError(Exception):
    """There is no Asana double where the settings say that Asana is."""


class Double:
    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self.root = f"{parts.scheme}://{parts.netloc}/_double"
        self.is_real = (parts.hostname or "").endswith(REAL)
        # No proxy: the double is on this machine or beside it.
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open

    def health(self) -> dict[str, Any]:
        """Raises NoDoubleError; Asana itself is never asked."""
        if self.is_real:
            raise NoDoubleError
        try:
            answer: dict[str, Any] = self._ask("GET", "health")
        except (OSError, ValueError) as error:
            raise NoDoubleError from error
        if not answer.get("ok") or "workspace" not in answer:
            raise NoDoubleError
        return answer

    def load(self, document: dict[str, Any]) -> dict[str, Any]:
        """Replaces what an interrupted start may have left there."""
        if self.health()["projects"]:
            self._ask("POST", "reset", {})
        answer: dict[str, Any] = self._ask("POST", "load", document)
        self._ask("POST", "save", {})
        return answer

    def tell(self, name: str, body: dict[str, Any]) -> Any:
        """Let somebody do something there: `act` and `scene` of its control."""
        return self._ask("POST", name, body)

    def _ask(self, method: str, name: str, body: Any = None) -> Any:
        request = urllib.request.Request(  # noqa: S310 - http, to where the settings say
            f"{self.root}/{name}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with self._open(request, timeout=60) as answer:
            found = json.loads(answer.read())
        if isinstance(found, dict) and "error" in found:
            raise ValueError(found["error"])
        return found


def find_double() -> Double:
    double = Double(settings.ASANA_BASE_URL)
    double.health()
    return double


def connect(double: Double) -> AsanaConnection:
    """The first sync of the worker reads everything through this."""
    connection = AsanaConnection(
        workspace_gid=double.health()["workspace"],
        workspace_name="Larkfield Agency",
        acts_as="Jo Dahl",
        requests_per_minute=0,
    )
    connection.set_token(TOKEN)
    connection.save()
    return connection
