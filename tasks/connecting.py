"""Tie the agency to an Asana workspace, or give an existing tie a new token.

What a person has done is kept after each step: permission whose workspace nobody has chosen yet
stands in a connection without a workspace, of which there is one at most. A new connection is
listed, and not read before the person begins.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from godview.encryption import Secret, no_secret
from godview.translating.later import later
from tasks.asana import oauth
from tasks.asana.errors import AsanaError, AsanaUnavailable, UnauthorizedError
from tasks.models import AsanaConnection
from tasks.retold import retold
from tasks.sync import tokens
from tasks.sync.start import client_for

WHERE = later(
    "In Asana click your photo at the top right, Settings, Apps, View developer console, and "
    "under Personal access tokens Create new token"
)
EVERYBODYS = "Personal Projects"  # the workspace that Asana gives each user for themselves
Clock = Callable[[], datetime]
Status = AsanaConnection.Status


@dataclass(frozen=True, slots=True)
class Pass:
    """What Asana lets us in with: a personal token, or one that a grant renews."""

    token: str
    grant: oauth.Grant | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """Whose token it is, and the workspaces that it reaches: the likeliest is our guess."""

    name: str
    workspaces: list[dict[str, Any]]
    guess: str


def connect(
    *,
    token: str,
    now: Clock,
    workspace_gid: str = "",
    requests_per_minute: int | None = None,
) -> AsanaConnection:
    """Tie a workspace and let it be read at once. Nothing is kept when Asana refuses the token.

    Raises ValidationError with what to do: a refused token, no answer, or several workspaces.
    """
    key = Pass(_clean(token))
    reached = _reached(key.token, now)
    connection = _tie(key, reached, _named(reached, workspace_gid))
    begin(connection, requests_per_minute)
    return connection


def enter(key: Pass, now: Clock) -> AsanaConnection:
    """Tied to the workspace when there is only one; otherwise kept until one is chosen."""
    key = Pass(_clean(key.token), key.grant, key.ends_at)
    reached = _reached(key.token, now)
    if len(reached.workspaces) == 1:
        return _tie(key, reached, reached.workspaces[0])
    draft = AsanaConnection.objects.filter(workspace_gid="").first() or AsanaConnection()
    draft.workspace_name, draft.status = "Not chosen yet", Status.STOPPED
    return _let_in(draft, key, reached.name)


def ask_permission(grant: oauth.Grant) -> None:
    """Keep the app that a person is about to allow in Asana."""
    draft = AsanaConnection.objects.filter(workspace_gid="").first() or AsanaConnection()
    draft.workspace_name, draft.status = "Not allowed yet", Status.STOPPED
    draft.token, draft.token_hint, draft.token_expires_at = no_secret(), "", None
    draft.refresh_token = Secret.of(grant.text())
    draft.save()


def take_permission(
    draft: AsanaConnection, code: str, question: oauth.Question, back: str, now: Clock
) -> AsanaConnection:
    """The person has allowed the app: get its tokens."""
    grant = oauth.Grant.read(draft.refresh_token.reveal())
    try:
        got = oauth.exchanged(grant, code, question, back, now())
    except (AsanaError, AsanaUnavailable) as error:
        raise ValidationError(_("%(error)s. Try again.") % {"error": error}) from error
    return enter(Pass(got.access_token, grant.renewed(got.refresh_token), got.expires_at), now)


def reached_by(draft: AsanaConnection, now: Clock) -> Reached:
    """Ask Asana again which workspaces there are. Looking renews no token."""
    if tokens.ends_soon(draft, now()):
        raise ValidationError(_("Asana let us in for an hour, which is over: ask it again."))
    return _reached(draft.token.reveal(), now)


def renew(draft: AsanaConnection, now: Clock) -> None:
    """A token with which the workspaces can be looked at."""
    _token_of(draft, now)


def choose(draft: AsanaConnection, workspace_gid: str, now: Clock) -> AsanaConnection:
    # What the person saw may be old.
    reached = _reached(_token_of(draft, now), now)
    grant = oauth.Grant.read(draft.refresh_token.reveal()) if draft.refresh_token else None
    key = Pass(draft.token.reveal(), grant, draft.token_expires_at)
    return _tie(key, reached, _named(reached, workspace_gid))


def begin(connection: AsanaConnection, requests_per_minute: int | None = None) -> None:
    """From now on it is read."""
    if requests_per_minute is not None:
        connection.requests_per_minute = requests_per_minute
    connection.status, connection.status_reason = Status.WORKING, ""
    connection.save()


def _tie(key: Pass, reached: Reached, workspace: dict[str, Any]) -> AsanaConnection:
    others = AsanaConnection.objects.working().exclude(workspace_gid=workspace["gid"])
    if other := others.first():
        raise ValidationError(
            _(
                "God View reads the workspace %(other)s: disconnect that one first, on the "
                "Asana page. Or give a token that reaches %(other)s."
            )
            % {"other": other}
        )
    with transaction.atomic():
        found = AsanaConnection.objects.filter(workspace_gid=workspace["gid"]).first()
        connection = found or AsanaConnection(workspace_gid=workspace["gid"], status=Status.STOPPED)
        connection.workspace_name = str(workspace.get("name") or "")[:300]
        if connection.read_at:
            connection.status = Status.WORKING
        connection.status_reason = ""
        AsanaConnection.objects.filter(workspace_gid="").delete()
        return _let_in(connection, key, reached.name)


def _let_in(connection: AsanaConnection, key: Pass, name: str) -> AsanaConnection:
    connection.acts_as = name[:300]
    connection.set_token(key.token)
    connection.refresh_token = Secret.of(key.grant.text()) if key.grant else no_secret()
    connection.token_expires_at = key.ends_at
    connection.save()
    return connection


def _clean(token: str) -> str:
    token = token.strip()
    if not token:
        raise ValidationError(_("Enter a token. %(where)s.") % {"where": WHERE})
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise ValidationError(
            _("This is no token: it has a space or a strange letter. %(where)s.") % {"where": WHERE}
        )
    return token


def _token_of(draft: AsanaConnection, now: Clock) -> str:
    try:
        return tokens.current(draft, now())
    except (AsanaError, AsanaUnavailable) as error:
        raise ValidationError(_("%(error)s.") % {"error": error}) from error


def _reached(token: str, now: Clock) -> Reached:
    try:
        me = client_for(token, None, now).me()
    except UnauthorizedError:
        raise ValidationError(
            _(
                "Asana refused this token: it was not copied whole, or it was revoked. "
                "%(where)s; it is shown only once."
            )
            % {"where": WHERE}
        ) from None
    except (AsanaError, AsanaUnavailable) as error:
        raise ValidationError(
            _("Asana could not be asked: %(error)s. Try again later.")
            % {"error": retold(str(error))}
        ) from error
    found = [one for one in me.get("workspaces") or [] if isinstance(one, dict) and one.get("gid")]
    if not found:
        raise ValidationError(
            _(
                "This token reaches no workspace. Somebody who is in it must invite its owner: in "
                "Asana, Invite at the bottom left."
            )
        )
    known = set(AsanaConnection.objects.values_list("workspace_gid", flat=True))
    guess = min(found, key=lambda one: (one["gid"] not in known, one.get("name") == EVERYBODYS))
    return Reached(str(me.get("name") or ""), found, guess["gid"])


def _named(reached: Reached, gid: str) -> dict[str, Any]:
    found = [one for one in reached.workspaces if not gid or one["gid"] == gid]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{one.get('name')} ({one['gid']})" for one in reached.workspaces)
    raise ValidationError(_("Say which workspace to read: %(names)s.") % {"names": names})
