from datetime import date, timedelta

from django.core.exceptions import ValidationError


def a_monday(day: date) -> None:
    if day.weekday() != 0:
        monday = day - timedelta(days=day.weekday())
        raise ValidationError(f"A week starts on a Monday: write {monday.isoformat()}.")
