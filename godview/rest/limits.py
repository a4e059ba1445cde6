"""What no honest request asks for."""

from datetime import date

from django.core.exceptions import ValidationError

LARGEST_ID = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1900, 2199


def sane_year(moment: date) -> None:
    """Outside these years a calendar overflows, or counts business days for minutes."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValidationError(f"Give a year from {FIRST_YEAR} to {LAST_YEAR}.")
