"""Secrets at rest: encrypted in the database, never printed, readable only by asking for them."""

import base64
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


class UnreadableSecretError(Exception):
    """The key that encrypted this secret is no longer known."""


class Secret:
    """A text that is kept encrypted: shown anywhere by accident, it shows dots."""

    __slots__ = ("ciphertext",)

    def __init__(self, ciphertext: str) -> None:
        self.ciphertext = ciphertext

    @classmethod
    def of(cls, text: str) -> Self:
        return cls(_keys().encrypt(text.encode()).decode())

    def reveal(self) -> str:
        try:
            return _keys().decrypt(self.ciphertext.encode()).decode()
        except InvalidToken:
            raise UnreadableSecretError(
                "A stored secret cannot be read: the key that encrypted it is not in "
                "ENCRYPTION_KEYS (or SECRET_KEY has changed). Put the old key back, or enter "
                "the secret again."
            ) from None

    def rotated(self) -> "Secret":
        """The same text, encrypted with the newest key."""
        return Secret.of(self.reveal())

    def __str__(self) -> str:
        return "••••"

    __repr__ = __str__

    def __bool__(self) -> bool:
        return bool(self.ciphertext)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.ciphertext == self.ciphertext

    def __hash__(self) -> int:
        return hash(self.ciphertext)


def no_secret() -> Secret:
    return Secret("")


if TYPE_CHECKING:
    _TextField = models.TextField[Secret, Secret]
else:
    _TextField = models.TextField


class EncryptedTextField(_TextField):
    """A column that only ever holds ciphertext; its value in Python is a `Secret`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *args: Any) -> Secret | None:
        return None if value is None else Secret(value)

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, Secret) else Secret(str(value))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Secret):
            return None if value is None else value.ciphertext
        raise TypeError("An encrypted column takes a Secret: write Secret.of(text).")

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj).ciphertext)


def _keys() -> MultiFernet:
    return _keys_of(tuple(settings.ENCRYPTION_KEYS), settings.SECRET_KEY)


@lru_cache(maxsize=4)
def _keys_of(keys: tuple[str, ...], secret_key: str) -> MultiFernet:
    """The first key encrypts, all decrypt; the one derived from SECRET_KEY always comes last.

    So an installation that begins without ENCRYPTION_KEYS can be given some later.
    """
    derived = HKDF(hashes.SHA256(), length=32, salt=None, info=b"godview secrets at rest")
    last = base64.urlsafe_b64encode(derived.derive(secret_key.encode()))
    return MultiFernet([*(Fernet(key) for key in keys), Fernet(last)])
