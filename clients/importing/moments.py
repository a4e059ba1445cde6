"""Cells that hold a day or a moment."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.importing.cells import Cell


class DateCell(Cell):
    says = gettext_lazy("A date, year first: 2026-11-19.")
    checked = True

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Any, date] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        known = self._known.get(value)
        if known is not None:
            return known
        if isinstance(value, datetime):
            day: date | None = _only_day(value)
        elif isinstance(value, date):
            day = value
        else:
            day = super().clean(value)
        if day is not None:
            self._known[value] = day
        return day

    def meaning(self, text: str) -> date:
        try:
            if len(text) == 10:
                return date.fromisoformat(text)
            return _only_day(datetime.fromisoformat(text))
        except ValueError:
            sentence = _("“%(text)s” is not a date. Write the year first: 2026-11-19.")
            raise ValueError(sentence % {"text": text}) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value.isoformat())


class MondayCell(DateCell):
    says = gettext_lazy("A Monday, year first: 2026-11-16.")
    checked = False  # the field knows which day it must be


def _only_day(moment: datetime) -> date:
    if moment.time() != time.min or moment.tzinfo is not None:
        raise ValueError(_("Here goes a date without an hour: 2026-11-19."))
    return moment.date()


class MomentCell(Cell):
    says = gettext_lazy(
        "A moment: 2026-11-19 14:30, on the agency's clock unless it ends in a zone such as Z or "
        "+02:00. A date alone is the start of that day."
    )
    checked = True

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> datetime | None:
        if isinstance(value, datetime):
            return _on_the_agency_clock(value)
        if isinstance(value, date):
            return _on_the_agency_clock(datetime.combine(value, time.min))
        moment: datetime | None = super().clean(value)
        return moment

    def meaning(self, text: str) -> datetime:
        try:
            return _on_the_agency_clock(datetime.fromisoformat(text))
        except (ValueError, OverflowError):
            sentence = _("“%(text)s” is not a moment. Write it like 2026-11-19 14:30.")
            raise ValueError(sentence % {"text": text}) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(timezone.localtime(value).isoformat())


def _on_the_agency_clock(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.get_default_timezone())
    moment.utctimetuple()  # raises OverflowError outside the years that a database can hold
    return moment
