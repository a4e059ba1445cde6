"""Tokens that end: OAuth's grants and refreshes, and what becomes of a token in mid-run."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.asana_double.errors import ApiError
from tests.asana_double.records import Grant

if TYPE_CHECKING:
    from tests.asana_double.clock import Clock
    from tests.asana_double.state import State

LIFE_SECONDS = 3600
Answer = tuple[int, dict[str, Any], dict[str, str]]
BEARER = {"WWW-Authenticate": 'Bearer realm="asana", error="invalid_token"'}


@dataclass
class Access:
    grant: Grant
    ends_at: datetime
    dead: bool = False


class Refusal(Exception):
    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.status = error, status


class OAuth:
    def __init__(self, state: "State", clock: "Clock") -> None:
        self.state, self.clock = state, clock
        self.apps: dict[str, str] = {"double-app": "double-app-secret"}
        self.single = False  # a refresh kills the access token before it, at once
        self.life_seconds = LIFE_SECONDS
        # code -> grant, where it was sent, and the challenge that its verifier must meet
        self.codes: dict[str, tuple[Grant, str, str]] = {}
        self.access: dict[str, Access] = {}
        self.spent: dict[str, int] = {}  # token -> requests it may still make
        self.expired: set[str] = set()  # tokens that a test let expire
        self.refreshes = 0

    def clear(self) -> None:
        self.__init__(self.state, self.clock)  # type: ignore[misc]

    def grant(self, user: str | None = None) -> Grant:
        """As if a person had pressed Allow."""
        grant = Grant(self._new("2/refresh"), user)
        self.state.grants[grant.gid] = grant
        self.state.changes += 1
        return grant

    def user_of(self, token: str, tokens: dict[str, str | None]) -> str | None:
        """Whose request it is; 401 when the token is unknown, over, or taken back."""
        left = self.spent.get(token)
        if left is not None:
            if left <= 0:
                raise ApiError(401, "Not Authorized", BEARER)
            self.spent[token] = left - 1
        if token in self.expired:
            raise ApiError(401, "The bearer token has expired.", BEARER)
        if token in tokens:
            return tokens[token]
        access = self.access.get(token)
        if access is None or access.dead or access.grant.revoked:
            raise ApiError(401, "Not Authorized", BEARER)
        if self.clock.now() >= access.ends_at:
            raise ApiError(401, "The bearer token has expired.", BEARER)
        return access.grant.user

    def answer(self, path: str, query: dict[str, str], body: bytes) -> Answer:
        form = dict(parse_qsl(body.decode(), keep_blank_values=True)) if body else {}
        try:
            if path == "/-/oauth_authorize":
                return self._authorize(query)
            self._app(form)
            if path == "/-/oauth_token":
                return 200, self._token(form), {}
            if path == "/-/oauth_revoke":
                return 200, self._revoke(form), {}
        except Refusal as refusal:
            wrong = {"error": refusal.error, "error_description": str(refusal)}
            return refusal.status, wrong, {}
        return 404, {"error": "not_found"}, {}

    def _authorize(self, query: dict[str, str]) -> Answer:
        """A person is sent here, allows it, and goes back with a code."""
        if query.get("client_id") not in self.apps or not query.get("redirect_uri"):
            raise Refusal("invalid_request", "The app or its redirect is unknown.")
        code = self._new("code")
        user = query.get("login_hint") or next(iter(self.state.users), None)
        if query.get("code_challenge_method", "S256") != "S256":
            raise Refusal("invalid_request", "The challenge's method must be S256.")
        challenge = query.get("code_challenge", "")
        self.codes[code] = (self.grant(user), query["redirect_uri"], challenge)
        joined = "&" if urlsplit(query["redirect_uri"]).query else "?"
        back = urlencode({"code": code, "state": query.get("state", "")})
        return 302, {}, {"Location": f"{query['redirect_uri']}{joined}{back}"}

    def _app(self, form: dict[str, str]) -> None:
        secret = self.apps.get(form.get("client_id", ""))
        if secret is None or secret != form.get("client_secret"):
            raise Refusal("invalid_client", "The client is unknown or its secret is wrong.", 401)

    def _token(self, form: dict[str, str]) -> dict[str, Any]:
        if form.get("grant_type") == "authorization_code":
            code = form.get("code", "")
            grant, redirect, challenge = self.codes.pop(code, (None, "", ""))
            met = not challenge or _challenge(form.get("code_verifier", "")) == challenge
            if grant is None or form.get("redirect_uri") != redirect or not met:
                raise Refusal("invalid_grant", "The code is invalid or was used before.")
            return {**self._fresh(grant), "refresh_token": grant.gid}
        if form.get("grant_type") != "refresh_token":
            raise Refusal("unsupported_grant_type", "Use authorization_code or refresh_token.")
        known = self.state.grants.get(form.get("refresh_token", ""))
        if known is None or known.revoked:
            raise Refusal("invalid_grant", "The refresh token is invalid or was revoked.")
        self.refreshes += 1
        if self.single:
            for access in self.access.values():
                access.dead = access.dead or access.grant is known
        return self._fresh(known)

    def _fresh(self, grant: Grant) -> dict[str, Any]:
        token = self._new("1/access")
        ends_at = self.clock.now() + timedelta(seconds=self.life_seconds)
        self.access[token] = Access(grant, ends_at)
        user = self.state.users.get(grant.user or next(iter(self.state.users), ""))
        fresh = {"access_token": token, "token_type": "bearer", "expires_in": self.life_seconds}
        if user is None:
            return fresh
        data = {"id": user.gid, "gid": user.gid, "name": user.name, "email": user.email}
        return {**fresh, "data": data}

    def _revoke(self, form: dict[str, str]) -> dict[str, Any]:
        """Asana takes back what the refresh token stands for: every access token of it."""
        grant = self.state.grants.get(form.get("token", ""))
        if grant is not None:
            grant.revoked = True
            self.state.changes += 1
        return {}

    def _new(self, kind: str) -> str:
        text = f"{kind}/{self.state.new_gid()}"
        return f"{kind}/{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
