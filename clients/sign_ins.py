"""How a member of staff comes to sign in, and how that ends."""

from datetime import date
from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.models import Staff, User
from godview.templatetags.display import day as in_words


@transaction.atomic
def invite(*, staff: Staff, site: str, today: date) -> User:
    """Open a sign-in for somebody who works here, and mail them the link to choose a password.

    `site` is the address of this God View, such as https://view.agency.example/. Sent again to
    somebody who has a sign-in, it lets them choose another password.
    """
    if not staff.email:
        raise ValidationError(
            _("%(staff)s has no e-mail address to be invited at: fill it in first.")
            % {"staff": staff}
        )
    if staff.ended_on and staff.ended_on <= today:
        raise ValidationError(
            _("%(staff)s left on %(staff_ended_on)s: nobody who left signs in.")
            % {"staff": staff, "staff_ended_on": in_words(staff.ended_on)}
        )
    user = staff.user or _new_user(staff)
    if not user.is_active:
        user.is_active = True
        user.save()
    context = {"staff": staff, "agency": settings.AGENCY_NAME, "link": _link(user, site)}
    words = render_to_string("clients/invitation.txt", context)
    subject = _("Your sign-in to God View at %(settings_agency_name)s") % {
        "settings_agency_name": settings.AGENCY_NAME
    }
    transaction.on_commit(lambda: _send(subject, words, user.email))
    return user


@transaction.atomic
def follow_employment(*, staff: Staff, today: date) -> bool:
    """Close the sign-in of somebody who has left: sessions and API tokens are dead at once.

    Whether one was closed. Administrators keep theirs: they may be no members of staff at all.
    """
    user = staff.user
    left = staff.ended_on is not None and staff.ended_on <= today
    if user is None or not left or not user.is_active or user.is_superuser:
        return False
    user.is_active = False
    user.save()
    return True


def close_sign_ins_of_the_departed(today: date) -> int:
    """For those whose last day was written down before it came; how many were closed."""
    gone = Staff.objects.filter(ended_on__lte=today, user__is_active=True).select_related("user")
    return sum(follow_employment(staff=staff, today=today) for staff in gone)


def _new_user(staff: Staff) -> User:
    email = (staff.email or "").lower()
    user = User.objects.filter(email__iexact=email).first()
    if user is not None and Staff.objects.filter(user=user).exclude(pk=staff.pk).exists():
        raise ValidationError(
            _("Somebody else signs in as %(email)s: give %(staff)s another address.")
            % {"email": email, "staff": staff}
        )
    if user is None:
        first, _space, last = staff.name.partition(" ")
        user = User(email=email, first_name=first[:150], last_name=last[:150])
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save()
    staff.user = user
    staff.save()
    return user


def _link(user: User, site: str) -> str:
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return urljoin(site, reverse("account_reset_password_from_key", kwargs=key))


def _send(subject: str, words: str, address: str) -> None:
    send_mail(subject, words, settings.DEFAULT_FROM_EMAIL, [address])
