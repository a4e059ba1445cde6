"""Webhooks are asked for, and looked after: Asana deletes those that it could not reach for a day.

Each gets an address of its own that nobody can guess. Without PUBLIC_URL there are none, and the
clock alone decides when a project is read.
"""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.urls import reverse

from godview.encryption import no_secret
from tasks.asana.client import AsanaClient
from tasks.asana.errors import AsanaError, AsanaUnavailable, NotFoundError
from tasks.models import AsanaConnection, DeadLetter, Project, Webhook, WebhookDelivery
from tasks.sync import letters
from tasks.sync.nudging import nudge
from tasks.sync.problems import raise_if_fatal
from tasks.sync.run import Means
from tasks.webhooks import is_same

log = structlog.get_logger(__name__)

PENDING_FOR = timedelta(minutes=2)
# What could not be set up is tried again after this long.
TRY_AGAIN_AFTER = timedelta(hours=1)
# Each registration waits for our own answer: a round is kept to a minute or two.
MOST_IN_A_ROUND = 100
DELIVERIES_KEPT = timedelta(days=2)


def address_of(webhook: Webhook) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse("tasks:webhook", args=[webhook.key])


def watch(connection: AsanaConnection, client: AsanaClient, means: Means) -> int:
    """Compare ours with Asana's, and set up what is missing. Answers how many were set up."""
    if not settings.PUBLIC_URL:
        return 0
    now = means.now()
    listed = {
        str(one.get("gid")): one
        for answer in client.webhooks(connection.workspace_gid)
        for one in answer.data
        if isinstance(one, dict)
    }
    _compare(connection, client, listed, now)
    WebhookDelivery.objects.filter(received_at__lt=now - DELIVERIES_KEPT).delete()
    made = 0
    for project in _without(connection, now)[:MOST_IN_A_ROUND]:
        try:
            made += register(project, client, now)
        except (AsanaError, AsanaUnavailable) as error:
            raise_if_fatal(error)
    return made


def register(project: Project, client: AsanaClient, now: datetime) -> bool:
    """Ask Asana for calls about this project. Asana shakes hands before it answers."""
    webhook, _ = Webhook.objects.update_or_create(
        project=project,
        defaults={
            "key": secrets.token_urlsafe(32),
            "gid": "",
            "secret": no_secret(),
            "state": Webhook.State.PENDING,
            "reason": "",
            "created_at": now,
            "pending_until": now + PENDING_FOR,
        },
    )
    try:
        made = client.create_webhook(project.gid, address_of(webhook))
    except (AsanaError, AsanaUnavailable) as error:
        _end(webhook, str(error))
        kind = DeadLetter.Kind.WEBHOOK
        letters.write(project.connection, kind, project.gid, error, now, project)
        raise
    webhook.refresh_from_db()
    if not is_same(webhook.secret, made.secret):
        log.warning("webhook_secret_differs", project=project.gid)
        _end(webhook, "The secret that was left here is not the one that Asana gave us")
        with suppress(NotFoundError):
            client.delete_webhook(made.gid)
        return False
    Webhook.objects.filter(pk=webhook.pk).update(
        state=Webhook.State.ACTIVE, gid=made.gid, pending_until=None, checked_at=now
    )
    letters.settle(project.connection, DeadLetter.Kind.WEBHOOK, project.gid, now)
    nudge(project.pk, now)  # what happened while nobody told us
    return True


def _compare(
    connection: AsanaConnection, client: AsanaClient, listed: dict[str, Any], now: datetime
) -> None:
    ours = Webhook.objects.filter(project__connection=connection).select_related("project")
    kept = set()
    for webhook in ours.exclude(state=Webhook.State.PENDING, pending_until__gt=now):
        there = listed.get(webhook.gid)
        if there is not None and there.get("target") == address_of(webhook):
            kept.add(webhook.pk)
        elif webhook.state != Webhook.State.GONE:
            log.warning("webhook_gone", project=webhook.project.gid)
            # Older than the patience, so that it is set up anew at once.
            _end(webhook, "Asana no longer has it", created_at=now - TRY_AGAIN_AFTER)
    Webhook.objects.filter(pk__in=kept).update(checked_at=now)
    current = {address_of(webhook) for webhook in ours.exclude(state=Webhook.State.GONE)}
    for gid, there in listed.items():
        target = str(there.get("target") or "")
        if "/hooks/asana/" in target and _is_ours(target) and target not in current:
            with suppress(NotFoundError):
                client.delete_webhook(gid)


def _is_ours(target: str) -> bool:
    return target.startswith(settings.PUBLIC_URL.rstrip("/") + "/")


def _without(connection: AsanaConnection, now: datetime) -> list[Project]:
    projects = connection.projects.to_read().filter(archived=False, unit__listed_at__isnull=False)
    lately = Webhook.objects.filter(created_at__gt=now - TRY_AGAIN_AFTER)
    settled = Webhook.objects.filter(state=Webhook.State.ACTIVE) | lately
    return list(projects.exclude(webhook__in=settled).select_related("connection").order_by("pk"))


def _end(webhook: Webhook, reason: str, **more: Any) -> None:
    Webhook.objects.filter(pk=webhook.pk).update(
        state=Webhook.State.GONE, reason=reason[:500], pending_until=None, **more
    )
