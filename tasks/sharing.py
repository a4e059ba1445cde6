"""A client reads its own weekly goals by a link: made, taken back, and with proof of when.

The link is shown once. What is kept is its SHA-256, so a copy of the database opens nothing.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client, Staff
from godview.periods import WEEK
from tasks.models import SharedWeek, ShareLink, WeeklyGoal
from tasks.weeks import last_locked_week

TOKEN_BYTES = 32
OPEN_LINKS = 10


@transaction.atomic
def create_link(*, client: Client, by: Staff | None, now: datetime) -> tuple[ShareLink, str]:
    """A new link and its token, shown this once. The week that is promised is shared at once."""
    if by is None:
        raise ValidationError(_("Your account belongs to no member of staff: ask one to do it."))
    if ShareLink.objects.filter(client=client).open_at(now).count() >= OPEN_LINKS:
        raise ValidationError(
            _("%(client)s has %(open_links)s links: revoke one that is not needed.")
            % {"client": client, "open_links": OPEN_LINKS}
        )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = ShareLink.objects.create(
        client=client,
        token_hash=hash_of(token),
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=settings.SHARE_LINK_DAYS),
    )
    share_locked_week(now, [link])
    return link, token


@transaction.atomic
def revoke(*, link: ShareLink, now: datetime) -> ShareLink:
    """From now on it opens nothing. What was shared by it, and when, stays known."""
    row = ShareLink.objects.select_for_update().get(pk=link.pk)
    if row.revoked_at is None:
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
    return row


def link_of(token: str, now: datetime) -> ShareLink | None:
    """The link that a token opens now. Unknown, expired and revoked ones are all nothing.

    It is looked up by its hash: how long that takes tells nothing about the token.
    """
    links = ShareLink.objects.open_at(now).select_related("client")
    return links.filter(token_hash=hash_of(token)).first()


def share_locked_week(now: datetime, links: Iterable[ShareLink] | None = None) -> int:
    """Write down that the week locked last can be read by each open link: how many are new."""
    monday = last_locked_week(now)
    if links is None:
        links = ShareLink.objects.open_at(now).exclude(weeks__week_starts_on=monday)
    links = list(links)
    clients = [link.client_id for link in links]
    promised = WeeklyGoal.objects.of_week(monday).filter(client__in=clients).order_by()
    with_goals = set(promised.values_list("client", flat=True))
    rows = [
        SharedWeek(link=link, week_starts_on=monday, shared_at=now)
        for link in links
        if link.client_id in with_goals
    ]
    return len(SharedWeek.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500))


def opened(link: ShareLink, weeks: Iterable[SharedWeek], now: datetime) -> None:
    """The client has them before its eyes: written once, and never again."""
    unread = [week.pk for week in weeks if week.first_opened_at is None]
    if unread:
        rows = SharedWeek.objects.filter(link=link, pk__in=unread, first_opened_at=None)
        rows.update(first_opened_at=now)


def weeks_of(link: ShareLink, now: datetime, count: int = 5) -> list[SharedWeek]:
    """The last weeks that were shared by this link, the newest first."""
    since = last_locked_week(now) - count * WEEK
    return list(link.weeks.filter(week_starts_on__gt=since).order_by("-week_starts_on"))


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
