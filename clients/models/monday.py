from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def a_monday(day: date) -> None:
    if day.weekday() != 0:
        monday = day - timedelta(days=day.weekday())
        raise ValidationError(
            _("A week starts on a Monday: write %(monday_isoformat)s.")
            % {"monday_isoformat": monday.isoformat()}
        )
