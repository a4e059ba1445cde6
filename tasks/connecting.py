"""Tie the agency to an Asana workspace, or give an existing tie a new token."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tasks.asana.errors import AsanaError, AsanaUnavailable, UnauthorizedError
from tasks.models import AsanaConnection
from tasks.sync.start import client_for


def connect(
    *,
    token: str,
    now: Callable[[], datetime],
    workspace_gid: str = "",
    requests_per_minute: int | None = None,
) -> AsanaConnection:
    """Ask Asana whose token it is, and keep it encrypted. Nothing is kept when Asana refuses it.

    Raises ValidationError with what to do: a refused token, no answer, or several workspaces.
    """
    token = token.strip()
    if not token:
        raise ValidationError("Enter a token. Asana makes one under Settings, Apps, Developer.")
    me = _ask_who(token, now)
    workspace = _choose([w for w in me.get("workspaces", []) if w.get("gid")], workspace_gid)
    with transaction.atomic():
        connection = AsanaConnection.objects.filter(workspace_gid=workspace["gid"]).first()
        connection = connection or AsanaConnection(workspace_gid=workspace["gid"])
        connection.workspace_name = str(workspace.get("name") or "")[:300]
        connection.acts_as = str(me.get("name") or "")[:300]
        connection.set_token(token)
        connection.status, connection.status_reason = AsanaConnection.Status.WORKING, ""
        if requests_per_minute is not None:
            connection.requests_per_minute = requests_per_minute
        connection.save()
    return connection


def _ask_who(token: str, now: Callable[[], datetime]) -> dict[str, Any]:
    try:
        return client_for(token, None, now).me()
    except UnauthorizedError:
        raise ValidationError(
            "Asana refused this token. Copy it again, or make a new one in Asana under "
            "Settings, Apps, Developer apps."
        ) from None
    except (AsanaError, AsanaUnavailable) as error:
        raise ValidationError(f"Asana could not be asked: {error}. Try again later.") from error


def _choose(workspaces: list[dict[str, Any]], gid: str) -> dict[str, Any]:
    found = [one for one in workspaces if not gid or one["gid"] == gid]
    if len(found) == 1:
        return found[0]
    if not workspaces:
        raise ValidationError("This token reaches no workspace: ask for access in Asana.")
    names = ", ".join(f"{one.get('name')} ({one['gid']})" for one in workspaces)
    raise ValidationError(f"Say which workspace to read: {names}.")
