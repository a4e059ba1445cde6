"""When the demo agency changed how it works: the marks on its trends."""

from collections.abc import Iterator
from datetime import date

from simple_history.utils import bulk_create_with_history

from clients.models import ProcessChange
from godview.periods import add_months

CHANGES = (
    (15, "Weekly goals are locked on Monday", "Nobody adds a goal on Friday any more."),
    (11, "One business day, then we proceed", "Agreed in the second version of the terms."),
    (6, "Reports go out with a call", ""),
)


def tell_changes(today: date) -> int:
    """Everything is written with its history, as if typed in."""
    return len(bulk_create_with_history(list(_changes(today)), ProcessChange))


def _changes(today: date) -> Iterator[ProcessChange]:
    for months, title, note in CHANGES:
        day = add_months(today, -months).replace(day=8)
        yield ProcessChange(happened_on=day, title=title, note=note)
