"""When we changed how we work."""

from datetime import date

from clients.models import ProcessChange


def changes_between(first: date, last: date) -> list[ProcessChange]:
    """The earliest first; both days included."""
    rows = ProcessChange.objects.filter(happened_on__gte=first, happened_on__lte=last)
    return list(rows.order_by("happened_on", "title"))
