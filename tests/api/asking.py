"""Talking to the API as one of the cast, in JSON."""

import json
from typing import Any

from django.test import Client as Browser

from clients.models import User


class Asking:
    """`Asking(user).post("fees", client=3, ...)` is a POST to /api/v1/fees/ with these fields."""

    def __init__(self, user: User | None = None, token: str = "") -> None:
        self.browser = Browser(headers={"Authorization": f"Token {token}"} if token else None)
        if user is not None:
            self.browser.force_login(user)

    def get(self, noun: str, pk: Any = None, **query: Any) -> Any:
        return self.browser.get(address(noun, pk), query)

    def post(self, noun: str, pk: Any = None, **fields: Any) -> Any:
        return self._send("post", address(noun, pk), fields)

    def put(self, noun: str, pk: Any, **fields: Any) -> Any:
        return self._send("put", address(noun, pk), fields)

    def patch(self, noun: str, pk: Any, **fields: Any) -> Any:
        return self._send("patch", address(noun, pk), fields)

    def delete(self, noun: str, pk: Any) -> Any:
        return self.browser.delete(address(noun, pk))

    def _send(self, method: str, url: str, fields: dict[str, Any]) -> Any:
        body = json.dumps(fields, default=str)
        return getattr(self.browser, method)(url, body, content_type="application/json")


def address(noun: str, pk: Any = None) -> str:
    return f"/api/v1/{noun}/" if pk is None else f"/api/v1/{noun}/{pk}/"
