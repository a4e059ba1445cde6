"""Cells that hold a number."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.importing.cells import Cell


class NumberCell(Cell):
    says = gettext_lazy("A number with a point before the decimals: 1234.50.")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        if isinstance(value, bool):
            raise ValueError(_("Here goes a number, not true or false."))
        if isinstance(value, int | float | Decimal):
            return self.meaning(repr(value) if isinstance(value, float) else str(value))
        number: Decimal | None = super().clean(value)
        return number

    def meaning(self, text: str) -> Decimal:
        try:
            number = Decimal(text.replace("−", "-"))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number.adjusted() > 20 or number.adjusted() < -20:
            sentence = _(
                "“%(text)s” is not a number. Write it like 1234.50: a point before the decimals, "
                "nothing between the thousands."
            )
            raise ValueError(sentence % {"text": text})
        return number + 0  # without the minus of a minus zero

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else f"{value:f}"


class CountCell(NumberCell):
    says = gettext_lazy("A whole number.")

    def meaning(self, text: str) -> Any:
        number = super().meaning(text)
        if number != int(number):
            raise ValueError(_("“%(text)s” is not a whole number.") % {"text": text})
        return int(number)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)
