"""A screen on the wall shows the numbers by a link: made, taken back. Only a hash of it is kept."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clients.models import Staff
from metrics.models import WallLink
from metrics.queries.scopes import UnknownScopeError, find_scope

TOKEN_BYTES = 32
OPEN_LINKS = 50
SEEN_EVERY_SECONDS = 300


def create_link(
    *, title: str, scope: str, names: str, rotates: bool, by: Staff | None, now: datetime
) -> tuple[WallLink, str]:
    """A new link and its token, shown this once. It works until it is revoked."""
    if by is None:
        raise ValidationError(_("Your account belongs to no member of staff: ask one to do it."))
    if WallLink.objects.open().count() >= OPEN_LINKS:
        raise ValidationError(_("There are fifty links: revoke those that hang nowhere any more."))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = WallLink(
        title=title.strip(),
        token_hash=hash_of(token),
        scope=checked_scope(scope),
        names=names,
        rotates=rotates,
        created_by=by,
        created_at=now,
    )
    link.full_clean()
    link.save()
    return link, token


def checked_scope(text: str) -> str:
    """The agency, or a pod that there is."""
    try:
        scope = find_scope(text or "agency")
    except UnknownScopeError as error:
        raise ValidationError({"scope": str(error)}) from error
    if scope.kind not in ("agency", "pod"):
        raise ValidationError(
            {"scope": _("A wall shows the agency or a pod: write agency, or pod:NAME.")}
        )
    return str(scope)


def revoke(*, link: WallLink, now: datetime) -> None:
    """From now on it opens nothing; the screen says so."""
    WallLink.objects.open().filter(pk=link.pk).update(revoked_at=now)


def link_of(token: str) -> WallLink | None:
    """The link that a token opens. Looked up by its hash: the time it takes tells nothing."""
    return WallLink.objects.open().filter(token_hash=hash_of(token)).first()


def seen(link: WallLink, now: datetime) -> None:
    """Written down every few minutes, so that a screen that went dark is noticed."""
    if link.seen_at is None or (now - link.seen_at).total_seconds() >= SEEN_EVERY_SECONDS:
        WallLink.objects.filter(pk=link.pk).update(seen_at=now)


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
