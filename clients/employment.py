"""The last day of a member of staff."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Staff
from clients.sign_ins import follow_employment
from godview.templatetags.display import day as in_words


@transaction.atomic
def end_employment(*, staff: Staff, on: date, today: date) -> Staff:
    """`on` is the first day no longer with us; their pods and their sign-in end with it.

    Their clients stay assigned to them until somebody hands them over.
    """
    if staff.ended_on is not None and staff.ended_on <= on:
        raise ValidationError(
            _("%(staff)s left on %(staff_ended_on)s already.")
            % {"staff": staff, "staff_ended_on": in_words(staff.ended_on)}
        )
    staff.ended_on = on
    staff.full_clean()
    staff.save()
    for membership in staff.pod_memberships.filter(ended_on=None):
        if membership.started_on is None or membership.started_on < on:
            membership.ended_on = on
            membership.full_clean()
            membership.save()
    follow_employment(staff=staff, today=today)
    return staff
