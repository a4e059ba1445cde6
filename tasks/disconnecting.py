"""Untie the agency from Asana: no token is kept and nothing is asked any more; the facts stay."""

from datetime import datetime

import structlog
from django.db import transaction

from godview.encryption import no_secret
from godview.templatetags.display import day
from tasks.asana import oauth
from tasks.asana.errors import AsanaError, AsanaUnavailable
from tasks.models import AsanaConnection, SyncRun, TaskWrite, Webhook

log = structlog.get_logger(__name__)
UNSENT = "Asana was disconnected before this was sent."


def disconnect(connection: AsanaConnection, *, by: str, now: datetime) -> None:
    """Asana hears of it where it can; whether it answers changes nothing here."""
    _tell_asana(connection)
    reason = f"Disconnected by {by} on {day(now)}."
    with transaction.atomic():
        connection.token, connection.token_hint = no_secret(), ""
        connection.refresh_token, connection.token_expires_at = no_secret(), None
        connection.status, connection.status_reason = AsanaConnection.Status.STOPPED, reason
        connection.save()
        # The next call to one is answered 410, and Asana deletes it.
        webhooks = Webhook.objects.filter(project__connection=connection)
        webhooks.update(state=Webhook.State.GONE, reason=reason, pending_until=None)
        writes = TaskWrite.objects.filter(project__connection=connection, state="pending")
        writes.update(state=TaskWrite.State.FAILED, reason=UNSENT)
        for run in SyncRun.objects.unfinished().filter(connection=connection):
            run.finish(SyncRun.State.FAILED, now, reason)


def _tell_asana(connection: AsanaConnection) -> None:
    if not connection.refresh_token:
        return  # a personal token is revoked by its owner, in Asana
    try:
        oauth.revoke(oauth.Grant.read(connection.refresh_token.reveal()))
    except (AsanaError, AsanaUnavailable) as error:
        log.warning("asana_permission_not_revoked", connection=connection.pk, reason=str(error))
