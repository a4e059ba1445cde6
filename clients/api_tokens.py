"""Keys for programs: made once, shown once, kept as a fingerprint."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import ApiToken, User

LONGEST_DAYS = 366
MOST_TOKENS = 50


@transaction.atomic
def make_token(*, user: User, name: str, scope: str, days: int) -> tuple[ApiToken, str]:
    """A new key for `user`, good for so many days, and its words, which nobody sees again."""
    if not 1 <= days <= LONGEST_DAYS:
        raise ValidationError(
            _("A token lives from 1 to %(longest_days)s days: choose fewer.")
            % {"longest_days": LONGEST_DAYS}
        )
    if ApiToken.objects.filter(user=user).count() >= MOST_TOKENS:
        raise ValidationError(_("You have fifty tokens. Revoke those that nothing uses any more."))
    token, words = ApiToken.objects.create(
        user=user, expiry=timedelta(days=days), name=name.strip(), scope=scope
    )
    return token, words
