"""The token that a connection works with now: a personal one as it is, one under OAuth renewed.

One worker renews for all: a second refresh could kill the token that the first has just got.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connections

from godview.encryption import Secret
from tasks.asana import oauth
from tasks.asana.errors import AsanaUnavailable
from tasks.models import AsanaConnection
from tasks.sync.alone import alone

# Of an hour, a fifth: longer than any job works on.
RENEW_BEFORE = timedelta(minutes=12)
LOCK_SECONDS = 40.0
PATIENCE_SECONDS = 30.0


def current(connection: AsanaConnection, now: datetime) -> str:
    """A token that will last; raises what Asana raises when it cannot be renewed."""
    if not ends_soon(connection, now):
        return connection.token.reveal()
    with _alone(connection):
        connection.refresh_from_db()
        if ends_soon(connection, now):
            _renew(connection, now)
    return connection.token.reveal()


def renewer(connection: AsanaConnection, now: Callable[[], datetime]) -> Callable[[str], str]:
    """For a client whose token was refused in the middle of its work, in a thread of its own."""
    worker = threading.current_thread()

    def instead_of(refused: str) -> str:
        if not connection.refresh_token:
            return refused
        try:
            with _alone(connection):
                stored = AsanaConnection.objects.get(pk=connection.pk)
                if stored.token.reveal() == refused:
                    _renew(stored, now())
            return stored.token.reveal()
        finally:
            if threading.current_thread() is not worker:
                connections.close_all()  # nobody else would, when the thread ends

    return instead_of


def ends_soon(connection: AsanaConnection, now: datetime) -> bool:
    """Whether it must be renewed; a personal token lasts until it is revoked."""
    if not connection.refresh_token:
        return False
    ends = connection.token_expires_at
    return ends is None or ends - now <= RENEW_BEFORE


def _renew(connection: AsanaConnection, now: datetime) -> None:
    grant = oauth.Grant.read(connection.refresh_token.reveal())
    fresh = oauth.refreshed(grant, now)
    connection.set_token(fresh.access_token)
    connection.refresh_token = Secret.of(grant.renewed(fresh.refresh_token).text())
    connection.token_expires_at = fresh.expires_at
    # Not through save(): a token that is renewed each hour is no change worth a history.
    AsanaConnection.objects.filter(pk=connection.pk).update(
        token=connection.token,
        token_hint=connection.token_hint,
        refresh_token=connection.refresh_token,
        token_expires_at=connection.token_expires_at,
    )


@contextmanager
def _alone(connection: AsanaConnection) -> Iterator[None]:
    name = f"renewing:{connection.pk}"
    with alone(name, seconds=LOCK_SECONDS, patience=PATIENCE_SECONDS) as held:
        if not held:
            raise AsanaUnavailable("Another worker is renewing the token")
        yield
