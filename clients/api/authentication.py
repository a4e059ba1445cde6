import re

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.crypto import hash_token
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from clients.models import ApiToken, User

KEYWORDS = (b"token", b"bearer")
SHAPE = re.compile(rb"[A-Za-z0-9_]{20,200}")


class ApiTokenAuthentication(BaseAuthentication):
    """`Authorization: Token gv_…` (or Bearer). A token for reading refuses every other method."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() not in KEYWORDS:
            return None
        token = _token_of(words[1:])
        if request.method not in SAFE_METHODS and token.scope != ApiToken.Scope.WRITE:
            raise PermissionDenied("This token is for reading only.")
        token.used(timezone.now())
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Token"


def _token_of(words: list[bytes]) -> ApiToken:
    if len(words) == 1 and SHAPE.fullmatch(words[0]):
        known = ApiToken.objects.valid_at(timezone.now()).select_related("user__staff")
        token: ApiToken | None = known.filter(
            digest=hash_token(words[0].decode()), user__is_active=True
        ).first()
        if token is not None:
            return token
    raise AuthenticationFailed("This token is unknown, revoked or expired.")


class ApiTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = ApiTokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Write `Token ` before the token, with the space.",
        }
